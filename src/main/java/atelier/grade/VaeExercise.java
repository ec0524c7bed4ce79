package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;

import atelier.definition.GaussianKl;
import atelier.definition.Nested;
import atelier.definition.Reparameterization;
import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The tasks of exercises/09-vae: what a code costs, and a sample that lets a gradient through. */
final class VaeExercise {

    private VaeExercise() {}

    static Exercise exercise() {
        return new Exercise(
                "09-vae",
                List.of(
                        byHand(),
                        divergence(),
                        sample(),
                        encoderGradient(),
                        VaeLosses.batch(),
                        VaeLosses.pixelGradient(),
                        VaeLosses.first()));
    }

    // ---- with a pencil ----

    private static Task byHand() {
        return new Task(
                "vae-by-hand",
                "double[] vaeByHand()",
                2,
                1,
                Draw.nothing(),
                in -> byHand(VaeExercise::fee),
                List.of(
                        new Mistake("The ½ in front is missing.", in -> byHand((mu, l) -> 2 * fee(mu, l))),
                        new Mistake(
                                "The −1 is missing: a code with μ = 0 and σ = 1 costs nothing.",
                                in -> byHand((mu, l) -> fee(mu, l) + 0.5)),
                        new Mistake(
                                "ℓ is the logarithm of the variance σ², which is twice that of σ.",
                                in -> byHand((mu, l) -> fee(mu, l) + l / 4)),
                        new Mistake(
                                "The variance σ² stands in (V4), not the deviation σ.",
                                in -> byHand((mu, l) -> fee(mu, l) + (Math.exp(l / 2) - Math.exp(l)) / 2)),
                        new Mistake(
                                "ℓ is taken away: a narrow code, with ℓ below 0, is dear.",
                                in -> byHand((mu, l) -> fee(mu, l) + l)),
                        new Mistake(
                                "That is the divergence the other way round, of N(0, 1) from the code's Gaussian.",
                                in -> byHand(VaeExercise::reversed)),
                        new Mistake(
                                "The sign is turned around: a code costs something.",
                                in -> byHand((mu, l) -> -fee(mu, l))),
                        new Mistake(
                                "Those are bits. The natural logarithm counts nats.",
                                in -> byHand((mu, l) -> fee(mu, l) / Math.log(2)))));
    }

    /** Three latents, with σ = 1, e and 1/e. */
    private static double[] byHand(DoubleBinaryOperator fee) {
        return Nested.map(new double[] {2, 0, 0}, new double[] {0, 2, -2}, fee);
    }

    // ---- (V4) ----

    private static Task divergence() {
        return new Task(
                "vae-kl",
                "double kl(double[][] mu, double[][] logVariance)",
                3,
                5,
                (number, random) -> {
                    Inputs code = code(number, random);
                    return Inputs.of(code.at(0), code.<double[][]>at(1));
                },
                in -> GaussianKl.divergence(in.at(0), in.at(1)),
                List.of(
                        new Mistake(
                                "That is the sum over the batch: divide by the number of images.",
                                in -> mean(in, VaeExercise::fee) * images(in)),
                        new Mistake(
                                "Divided by the number of latents, too. A code costs the sum of what its numbers cost.",
                                in -> mean(in, VaeExercise::fee) / latents(in)),
                        new Mistake("The ½ in front is missing.", in -> 2 * mean(in, VaeExercise::fee)),
                        new Mistake(
                                "The sign is turned around: a divergence is never below 0.",
                                in -> -mean(in, VaeExercise::fee)),
                        new Mistake(
                                "The −1 is missing, once for each latent: a code with μ = 0 and σ = 1 costs nothing.",
                                in -> mean(in, (mu, l) -> fee(mu, l) + 0.5)),
                        new Mistake(
                                "The −1 belongs to each latent, not to the image: it stands inside the sum.",
                                in -> mean(in, (mu, l) -> fee(mu, l) + 0.5) - 0.5),
                        new Mistake(
                                "You read logVariance as ln σ. It is ln σ², so its exponential is the variance already.",
                                in -> mean(in, (mu, l) -> fee(mu, 2 * l))),
                        new Mistake(
                                "exp(½ ℓ) is the deviation σ. The variance stands in (V4).",
                                in -> mean(in, (mu, l) -> fee(mu, l) + (Math.exp(l / 2) - Math.exp(l)) / 2)),
                        new Mistake(
                                "logVariance is a logarithm already: take its exponential, not another logarithm.",
                                in -> mean(in, (mu, l) -> 0.5 * (mu * mu + l - 1 - Math.log(l)))),
                        new Mistake("Between whole numbers 1 / 2 is 0.", in -> 0.0),
                        new Mistake(
                                "ℓ is taken away, not added: a narrow code is dear.",
                                in -> mean(in, (mu, l) -> fee(mu, l) + l)),
                        new Mistake(
                                "That is the divergence the other way round, of N(0, 1) from the code's Gaussian.",
                                in -> mean(in, VaeExercise::reversed))));
    }

    /** (V4) of a single latent. */
    static double fee(double mu, double l) {
        return GaussianKl.divergence(new double[][] {{mu}}, new double[][] {{l}});
    }

    /** KL(N(0, 1) ‖ N(μ, exp ℓ)). */
    private static double reversed(double mu, double l) {
        return 0.5 * ((1 + mu * mu) * Math.exp(-l) - 1 + l);
    }

    /** Each pair of numbers of the first two arguments costs something: summed over a row, averaged over the batch. */
    static double mean(Inputs in, DoubleBinaryOperator fee) {
        double[][] fees = Nested.map(in.at(0), in.<double[][]>at(1), fee);
        return Arrays.stream(Nested.flat(fees)).sum() / fees.length;
    }

    // ---- (V2) ----

    private static Task sample() {
        return new Task(
                "vae-sample",
                "double[][] sample(double[][] mu, double[][] logVariance, double[][] epsilon)",
                2,
                4,
                VaeExercise::code,
                in -> Reparameterization.forward(in.at(0), in.at(1), in.at(2)),
                List.of(
                        new Mistake(
                                "The noise is as wide as the variance. It should be as wide as its root, the deviation σ.",
                                in -> sample(in, l -> 2 * l, 1, 1)),
                        new Mistake("ℓ itself is taken for σ: it is a logarithm.", in -> {
                            double[][] noise = Nested.map(in.at(1), in.<double[][]>at(2), (l, e) -> l * e);
                            return Nested.map(in.at(0), noise, Double::sum);
                        }),
                        new Mistake(
                                "A wide code has become narrow: check the sign in the exponent.",
                                in -> sample(in, l -> -l, 1, 1)),
                        new Mistake("That is the mean. The noise is missing.", in -> sample(in, l -> l, 1, 0)),
                        new Mistake("μ is missing: the noise is added to it.", in -> sample(in, l -> l, 0, 1)),
                        new Mistake(
                                "The noise is taken away. As good a sample, but not the one of this ε.",
                                in -> sample(in, l -> l, 1, -1)),
                        new Mistake("ε is not used: you went up by a whole σ.", in -> {
                            double[][] ones = Nested.map(in.<double[][]>at(2), e -> 1);
                            return Reparameterization.forward(in.at(0), in.at(1), ones);
                        })));
    }

    private static double[][] sample(Inputs in, DoubleUnaryOperator read, double mean, double noise) {
        return Reparameterization.forward(scaled(in.at(0), mean), Nested.map(in.at(1), read), scaled(in.at(2), noise));
    }

    // ---- (V3), (V5) ----

    private static Task encoderGradient() {
        return new Task(
                "vae-encoder-gradient",
                "double[][][] encoderGradient(double[][] dZ, double[][] mu, double[][] logVariance, double[][] epsilon)",
                5,
                5,
                (number, random) -> {
                    Inputs code = code(number, random);
                    double[][] dZ = numbers(number, random, code.<double[][]>at(0));
                    return Inputs.of(dZ, code.at(0), code.at(1), code.at(2));
                },
                in -> gradient(in, 1, 1),
                List.of(
                        new Mistake(
                                "Only the sample's part is there. The code's price depends on μ and ℓ, too.",
                                in -> gradient(in, 1, 0)),
                        new Mistake(
                                "Only the price's part is there. The pixels speak through dZ.",
                                in -> gradient(in, 0, 1)),
                        new Mistake(
                                "The price is a mean over the batch, so its gradient is divided by N.",
                                in -> gradient(in, 1, images(in))),
                        new Mistake(
                                "dZ has been divided by N already: do it for the price alone.",
                                in -> gradient(in, 1.0 / images(in), 1)),
                        new Mistake(
                                "The price is taken away. It is part of the loss: add it.", in -> gradient(in, 1, -1)),
                        new Mistake(
                                "A ½ is missing in the sample's dℓ: how does exp(½ ℓ) change when ℓ does?",
                                in -> gradient(in, (l, e) -> Math.exp(l / 2) * e)),
                        new Mistake(
                                "In the sample's dℓ stands σ, the root of the variance, and not the variance.",
                                in -> gradient(in, (l, e) -> Math.exp(l) / 2 * e)),
                        new Mistake(
                                "The noise is missing in the sample's dℓ: a wider σ moves z by ε times as much.",
                                in -> gradient(in, (l, e) -> Math.exp(l / 2) / 2)),
                        new Mistake(
                                "That is the derivative by σ. ℓ is the number that the encoder gives.",
                                in -> gradient(in, (l, e) -> e)),
                        new Mistake(
                                "The price pulls the variance to 1, not to 0: something is taken away from exp ℓ.",
                                in -> {
                                    double[][][] d = gradient(in, 1, 1);
                                    d[1] = Nested.map(d[1], v -> v + 0.5 / images(in));
                                    return d;
                                })));
    }

    /** {dμ, dℓ}: the sample's part (V3) and the price's (V5), each times its share. */
    private static double[][][] gradient(Inputs in, double sample, double price) {
        double[][][] d = {
            scaled(Reparameterization.dMean(in.at(0)), sample),
            scaled(Reparameterization.dLogVariance(in.at(0), in.at(2), in.at(3)), sample)
        };
        return Nested.map(
                d, new double[][][] {GaussianKl.dMu(in.at(1)), GaussianKl.dL(in.at(2))}, (a, b) -> a + price * b);
    }

    /** The same with another ∂z/∂ℓ. */
    private static double[][][] gradient(Inputs in, DoubleBinaryOperator slope) {
        double[][][] d = gradient(in, 1, 1);
        double[][] dL = Nested.map(in.at(0), Nested.map(in.at(2), in.<double[][]>at(3), slope), (dz, s) -> dz * s);
        d[1] = Nested.map(dL, GaussianKl.dL(in.at(2)), Double::sum);
        return d;
    }

    // ---- small tools ----

    /** μ, ℓ, ε; first with σ = 1 and whole numbers. */
    static Inputs code(int number, RandomStream random) {
        boolean small = number == 0;
        double[][] mu =
                numbers(number, random, new double[small ? 2 : whole(random, 3, 5)][small ? 2 : whole(random, 3, 4)]);
        double[][] l = scaled(numbers(number, random, mu), small ? 0 : 2);
        return Inputs.of(mu, l, numbers(number, random, mu));
    }

    static int images(Inputs in) {
        return in.<double[][]>at(0).length;
    }

    private static int latents(Inputs in) {
        return in.<double[][]>at(0)[0].length;
    }
}
