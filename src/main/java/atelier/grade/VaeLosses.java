package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;
import static atelier.grade.VaeExercise.code;
import static atelier.grade.VaeExercise.fee;
import static atelier.grade.VaeExercise.images;
import static atelier.grade.VaeExercise.mean;

import atelier.definition.BinaryCrossEntropy;
import atelier.definition.GaussianKl;
import atelier.definition.Nested;
import atelier.definition.Sigmoid;
import atelier.definition.SquaredError;
import atelier.tensor.RandomStream;
import java.util.List;

/** The tasks of exercises/09-vae about the loss: of a batch, its gradient in the pixels, and before any training. */
final class VaeLosses {

    private VaeLosses() {}

    // ---- (V6) ----

    static Task batch() {
        return new Task(
                "vae-loss",
                "double vaeLoss(double[][] y, double[][] x, double[][] mu, double[][] logVariance)",
                4,
                5,
                VaeLosses::drawn,
                in -> pixels(in) + price(in),
                List.of(
                        new Mistake(
                                "A pixel costs infinitely much: a sigmoid was rounded to 0 or 1 before its logarithm was"
                                        + " taken, or a power of e grew too large.",
                                in -> careless(in, 0) + price(in)),
                        new Mistake(
                                "A power of e has become infinite, and 0 · ∞ is no number: let it be small for either sign of y.",
                                in -> mean(
                                                in,
                                                (y, x) -> x * Math.log1p(Math.exp(-y))
                                                        + (1 - x) * (y + Math.log1p(Math.exp(-y))))
                                        + price(in)),
                        new Mistake(
                                "The probabilities are clipped, so the worst pixels cost too little: bring the logarithm and the"
                                        + " sigmoid together instead.",
                                in -> careless(in, 1e-7) + price(in)),
                        new Mistake(
                                "The pixels are averaged, the latents added up. Add up both: otherwise the code is too dear.",
                                in -> pixels(in) / in.<double[][]>at(0)[0].length + price(in)),
                        new Mistake(
                                "The latents are averaged. The code costs the sum of what its numbers cost.",
                                in -> pixels(in) + price(in) / in.<double[][]>at(2)[0].length),
                        new Mistake(
                                "That is the sum over the batch: divide by the number of images.",
                                in -> (pixels(in) + price(in)) * images(in)),
                        new Mistake(
                                "The price is taken away. In the bound it is; the loss is the bound's negative.",
                                in -> pixels(in) - price(in)),
                        new Mistake(
                                "That is the bound itself. The loss is its negative.", in -> -pixels(in) - price(in)),
                        new Mistake("The price of the code is missing.", in -> pixels(in)),
                        new Mistake(
                                "Only white pixels are paid for. A black one costs −ln(1 − σ(y)).",
                                in -> whites(in) + price(in))));
    }

    private static double pixels(Inputs in) {
        return BinaryCrossEntropy.loss(in.at(0), in.at(1));
    }

    private static double price(Inputs in) {
        return GaussianKl.divergence(in.at(2), in.at(3));
    }

    private static double careless(Inputs in, double least) {
        return mean(in, (y, x) -> {
            double p = Math.min(Math.max(Sigmoid.forward(y), least), 1 - least);
            return -x * Math.log(p) - (1 - x) * Math.log(1 - p);
        });
    }

    /** −x ln σ(y), without its other half. */
    private static double whites(Inputs in) {
        return mean(in, (y, x) -> x * BinaryCrossEntropy.loss(new double[][] {{y}}, new double[][] {{1}}));
    }

    // ---- (S5) ----

    static Task pixelGradient() {
        return new Task(
                "vae-pixel-gradient",
                "double[][] pixelGradient(double[][] y, double[][] x)",
                3,
                4,
                (number, random) -> {
                    Inputs batch = drawn(number, random);
                    return Inputs.of(batch.at(0), batch.<double[][]>at(1));
                },
                in -> dY(in, 1),
                List.of(
                        new Mistake(
                                "The pixels are averaged. What does that do to their weight against the code's price?",
                                in -> dY(in, 1.0 / in.<double[][]>at(0)[0].length)),
                        new Mistake(
                                "Nothing is divided. The loss is a mean over the images, its gradient as well.",
                                in -> dY(in, images(in))),
                        new Mistake(
                                "Divided by the pixels and not by the images. It should be the other way round.",
                                in -> dY(in, (double) images(in) / in.<double[][]>at(0)[0].length)),
                        new Mistake(
                                "The sign is turned around: a pixel that is too white has a positive gradient.",
                                in -> dY(in, -1)),
                        new Mistake(
                                "The sigmoid's slope does not belong here: behind the logarithm it cancels.",
                                in -> Nested.map(dY(in, 1), Nested.map(in.at(0), Sigmoid::forward), Sigmoid::dX)),
                        new Mistake("A 2 belongs to squares. There are none here.", in -> dY(in, 2)),
                        new Mistake(
                                "The sigmoid is missing: y is a logit, not a probability.",
                                in -> scaled(SquaredError.dY(in.at(0), in.at(1)), 0.5))));
    }

    private static double[][] dY(Inputs in, double factor) {
        return scaled(BinaryCrossEntropy.dY(in.at(0), in.at(1)), factor);
    }

    // ---- what to expect ----

    static Task first() {
        double untrained = 784 * Math.log(2);
        double fee = 20 * fee(0, -Math.log(4));
        return new Task(
                "vae-first-loss",
                "double[] firstLoss()",
                2,
                1,
                Draw.nothing(),
                in -> new double[] {untrained, fee},
                List.of(
                        wrote("That is the loss of one pixel: add up all of them.", Math.log(2), fee),
                        wrote("Those are bits. A fair coin costs ln 2 nats.", 784, fee),
                        wrote("A pixel costs −ln ½, not ½.", 392, fee),
                        wrote("Surprise is −ln ½, and that is above 0.", -untrained, fee),
                        wrote("A code with μ = 0 and σ = 1 costs nothing. Is a −1 missing?", untrained + 10, fee),
                        wrote("That is the price of one latent. There are 20.", untrained, fee / 20),
                        wrote("The variance counts as well, not only its logarithm.", untrained, 20 * Math.log(2)),
                        wrote("Half of σ is a quarter of the variance.", untrained, 20 * fee(0, -Math.log(2))),
                        wrote("The ½ in front of the price is missing.", untrained, 2 * fee),
                        wrote("A code that says more is dearer: the loss grows.", untrained, -fee)));
    }

    private static Mistake wrote(String hint, double... answer) {
        return new Mistake(hint, in -> answer);
    }

    // ---- small tools ----

    /** y, x, μ, ℓ; first a decoder that knows nothing, last one that is sure of itself and wrong. */
    private static Inputs drawn(int number, RandomStream random) {
        Inputs code = code(number, random);
        double[][] y = new double[images(code)][number == 0 ? 3 : whole(random, 5, 7)];
        double[][] x = Nested.map(y, v -> number % 2 == 0 ? random.below(2) : random.uniform());
        y = scaled(numbers(number, random, y), number == 0 ? 0 : 3);
        x[0][0] = 1;
        x[0][1] = 0;
        if (number > 2) {
            y[0][0] = -800;
            y[0][1] = 800;
        }
        return Inputs.of(y, x, code.at(0), code.at(1));
    }
}
