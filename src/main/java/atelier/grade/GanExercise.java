package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;

import atelier.definition.GaussianGan;
import atelier.definition.GeneratorLoss;
import atelier.definition.Minimax;
import atelier.definition.Nested;
import atelier.definition.NonSaturating;
import atelier.definition.OptimalDiscriminator;
import atelier.definition.Sgd;
import atelier.definition.Sigmoid;
import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The tasks of exercises/13-gan: equations (H4), (J2) and (H7), and whose step it is, (H6) and (H8). */
final class GanExercise {

    private static final double[] DATA = {0.6, 0.3, 0.1, 0};
    private static final double[] FAKES = {0.2, 0.3, 0.3, 0.2};
    private static final double[] NONE = {};
    private static final DoubleUnaryOperator PRACTICE = GeneratorLoss::nonSaturatingSlope;
    private static final DoubleUnaryOperator MINIMAX = GeneratorLoss::saturatingSlope;
    private static final double[] HELD_D = new double[3]; // a player who is held has no gradient
    private static final double[] HELD_G = new double[2];

    private GanExercise() {}

    static Exercise exercise() {
        return new Exercise(
                "13-gan",
                List.of(byHand(), firstLosses(), losses(), generatorSlopes(), discriminatorStep(), generatorStep()));
    }

    // ---- (H4), with a pencil ----

    private static Task byHand() {
        return new Task(
                "best-judge-by-hand",
                "double[] bestJudgeByHand()",
                2,
                1,
                Draw.nothing(),
                in -> best(),
                List.of(
                        new Mistake(
                                "That is the share of the fakes. D says how probable it is that something is real.",
                                in -> places((p, q) -> q / (p + q))),
                        new Mistake(
                                "p to q, the odds, can be above 1. Of all that is found at a place, which share is real?",
                                in -> places((p, q) -> p / q)),
                        new Mistake(
                                "These are the logits. D is a probability: put them through the sigmoid.",
                                in -> places((p, q) -> Math.log(p / q))),
                        new Mistake(
                                "That is how often the data come by. Fakes come by, too, and count below the line.",
                                in -> places((p, q) -> p)),
                        new Mistake(
                                "Those are verdicts. Where both come by, the best D leaves room for doubt.",
                                in -> places((p, q) -> (1 + Math.signum(p - q)) / 2)),
                        new Mistake("That is the mixture of both, halved.", in -> places((p, q) -> (p + q) / 2)),
                        new Mistake(
                                "These sum to 1, and need not: D answers at each place for itself.",
                                in -> scaled(best(), 1 / Arrays.stream(best()).sum()))));
    }

    private static double[] best() {
        return Nested.map(OptimalDiscriminator.logits(DATA, FAKES), Sigmoid::forward);
    }

    private static double[] places(DoubleBinaryOperator answer) {
        return Nested.map(DATA, FAKES, answer);
    }

    // ---- what to expect ----

    private static Task firstLosses() {
        double ln2 = Math.log(2);
        return new Task(
                "gan-first-losses",
                "double[] ganFirstLosses()",
                2,
                1,
                Draw.nothing(),
                in -> new double[] {
                    NonSaturating.discriminator(new double[1], new double[1]), NonSaturating.generator(new double[1])
                },
                List.of(
                        new Mistake("D pays twice: for real images and for fakes. (J2) adds the two means.", in ->
                                new double[] {ln2, ln2}),
                        new Mistake("The first is V, the score of the game. D's loss is −V.", in ->
                                new double[] {-2 * ln2, ln2}),
                        new Mistake(
                                "The second is the minimax loss. (J2) is paid for fakes that are called real, −ln D.",
                                in -> new double[] {2 * ln2, -ln2}),
                        new Mistake(
                                "Nobody is ever at 0 here: who doubts, pays −ln ½ for each kind of image.",
                                in -> new double[2]),
                        new Mistake("Those are bits: take the natural logarithm.", in -> new double[] {2, 1}),
                        new Mistake(
                                "Those are probabilities. The loss is −ln of them.", in -> new double[] {0.5, 0.5})));
    }

    // ---- (J2) ----

    private static Inputs logits(int number, RandomStream random) {
        double[] real = numbers(number, random, new double[whole(random, 2, 4)]);
        double[] fake = numbers(number, random, new double[real.length + whole(random, 1, 3)]);
        double far = number == 3 ? 40 : number == 4 ? -800 : 0;
        real[0] += far;
        fake[0] += far;
        return Inputs.of(real, fake);
    }

    private static Task losses() {
        return new Task(
                "gan-losses",
                "double[] ganLosses(double[] real, double[] fake)",
                4,
                5,
                GanExercise::logits,
                in -> pair(ofD(in), ofG(in)),
                List.of(
                        new Mistake(
                                "D's labels have changed places: real images have the label 1, fakes the label 0.",
                                in -> pair(NonSaturating.discriminator(in.at(1), in.at(0)), ofG(in))),
                        new Mistake(
                                "That is one mean over all images. (J2) takes a mean over the real ones and a mean over the fakes.",
                                in -> pair(together(in), ofG(in))),
                        new Mistake(
                                "Those are sums. (J2) takes means: real ones are divided by N, fakes by M.",
                                GanExercise::sums),
                        new Mistake(
                                "L_D is the sum of its two means: nothing is halved.",
                                in -> pair(ofD(in) / 2, ofG(in))),
                        new Mistake(
                                "The second is the minimax loss, ln(1 − D). In (J2) G minimises −ln D of its fakes.",
                                in -> pair(ofD(in), Minimax.generator(in.at(1)))),
                        new Mistake(
                                "The second is what D pays for the fakes. G wants them to be called real.",
                                in -> pair(ofD(in), -Minimax.generator(in.at(1)))),
                        new Mistake(
                                "The first is V, the score. A loss is to fall: L_D = −V.",
                                in -> pair(-ofD(in), ofG(in))),
                        new Mistake(
                                "A sure D is rounded to 0 or 1, and ln 0 is infinite. Compute from the logit, without the sigmoid.",
                                GanExercise::careless),
                        new Mistake(
                                "exp(800) is more than a double holds. The larger of d and 0 can be taken out of the logarithm.",
                                in -> pair(
                                        mean(in.at(0), d -> Math.log(1 + Math.exp(-d)))
                                                + mean(in.at(1), d -> Math.log(1 + Math.exp(d))),
                                        mean(in.at(1), d -> Math.log(1 + Math.exp(-d)))))));
    }

    private static double ofD(Inputs in) {
        return NonSaturating.discriminator(in.at(0), in.at(1));
    }

    private static double ofG(Inputs in) {
        return NonSaturating.generator(in.at(1));
    }

    private static double[] pair(double ofD, double ofG) {
        return new double[] {ofD, ofG};
    }

    private static double[] careless(Inputs in) {
        double[] real = Nested.map(in.<double[]>at(0), Sigmoid::forward);
        double[] fake = Nested.map(in.<double[]>at(1), Sigmoid::forward);
        return pair(mean(real, p -> -Math.log(p)) + mean(fake, p -> -Math.log(1 - p)), mean(fake, p -> -Math.log(p)));
    }

    private static double together(Inputs in) {
        return sums(in)[0] / (in.<double[]>at(0).length + in.<double[]>at(1).length);
    }

    private static double[] sums(Inputs in) {
        int M = in.<double[]>at(1).length;
        double ofReal = in.<double[]>at(0).length * NonSaturating.generator(in.at(0));
        return pair(ofReal - M * Minimax.generator(in.at(1)), M * ofG(in));
    }

    private static double mean(double[] d, DoubleUnaryOperator f) {
        return Arrays.stream(d).map(f).sum() / d.length;
    }

    // ---- (H7) ----

    private static Task generatorSlopes() {
        return new Task(
                "generator-slopes",
                "double[][] generatorSlopes(double[] fake)",
                3,
                5,
                (number, random) -> Inputs.of(logits(number, random).<double[]>at(1)),
                in -> slopes(in, PRACTICE, MINIMAX),
                List.of(
                        new Mistake(
                                "The rows have changed places: the first is the loss of practice, −ln D.",
                                in -> slopes(in, MINIMAX, PRACTICE)),
                        new Mistake(
                                "The losses are means over the fakes, so their gradients are divided by M.",
                                in -> scaled(slopes(in, PRACTICE, MINIMAX), in.<double[]>at(0).length)),
                        new Mistake(
                                "The sign is turned around. Both losses fall when a logit rises.",
                                in -> slopes(in, d -> Sigmoid.forward(-d), Sigmoid::forward)),
                        new Mistake(
                                "The sign of the second row is turned around: G minimises ln(1 − D), D minimises −ln(1 − D).",
                                in -> slopes(in, PRACTICE, Sigmoid::forward)),
                        new Mistake(
                                "That is the slope in D. The logit comes before it: the sigmoid's own slope D(1 − D) is missing.",
                                in -> slopes(in, d -> -1 / Sigmoid.forward(d), d -> -1 / (1 - Sigmoid.forward(d)))),
                        new Mistake(
                                "1/D times D is ∞ times 0 where D was rounded to 0, and so is 1/(1 − D). Cancel first, then compute.",
                                in -> slopes(
                                        in,
                                        d -> -1 / Sigmoid.forward(d) * Sigmoid.dX(1, Sigmoid.forward(d)),
                                        d -> -1 / (1 - Sigmoid.forward(d)) * Sigmoid.dX(1, Sigmoid.forward(d))))));
    }

    private static double[][] slopes(Inputs in, DoubleUnaryOperator practice, DoubleUnaryOperator minimax) {
        double[] fake = in.at(0);
        return new double[][] {
            Nested.map(fake, d -> practice.applyAsDouble(d) / fake.length),
            Nested.map(fake, d -> minimax.applyAsDouble(d) / fake.length)
        };
    }

    // ---- (H6): D moves ----

    /** d, g, z, real, η. In the first case every logit is 0, so D is ½. */
    private static Inputs turn(int number, RandomStream random) {
        double[] real = numbers(number, random, new double[number == 0 ? 1 : whole(random, 2, 4)]);
        double[] z = numbers(number, random, new double[number == 0 ? 2 : real.length + whole(random, 1, 2)]);
        return number == 0
                ? Inputs.of(
                        new double[] {-2, 1, 1},
                        new double[] {1, 3},
                        Nested.map(z, x -> x > 0 ? 0 : -1),
                        Nested.map(real, x -> x > 0 ? 1 : -2),
                        1.0)
                : Inputs.of(
                        numbers(number, random, new double[3]),
                        numbers(number, random, new double[2]),
                        z,
                        real,
                        0.1 * whole(random, 1, 9));
    }

    private static Task discriminatorStep() {
        return new Task(
                "discriminator-step",
                "double[] discriminatorStep(double[] d, double[] g, double[] z, double[] real, double eta)",
                3,
                5,
                GanExercise::turn,
                in -> moveD(in, in.at(3), fakes(in)),
                List.of(
                        new Mistake(
                                "G has moved, and so as to be found out more easily. In D's step it only draws.",
                                in -> moved(in, dD(in, in.at(3), fakes(in)), dG(in, Sigmoid::forward))),
                        new Mistake(
                                "Both have moved. It is D's turn: G's comes afterwards, through the new D.",
                                in -> moved(in, dD(in, in.at(3), fakes(in)), dG(in, PRACTICE))),
                        new Mistake(
                                "The fakes have the label 1. To D they are fakes: their slope is σ(d) − 0.",
                                in -> moved(
                                        in,
                                        Nested.map(dD(in, in.at(3), NONE), dD(in, fakes(in), NONE), Double::sum),
                                        HELD_G)),
                        new Mistake(
                                "The labels have changed places: real images have 1, fakes have 0.",
                                in -> moveD(in, fakes(in), in.at(3))),
                        new Mistake(
                                "The step goes uphill: a gradient is taken away.",
                                in -> moved(in, scaled(dD(in, in.at(3), fakes(in)), -1), HELD_G)),
                        new Mistake(
                                "D has judged the noise. What it is shown is what G makes of the noise.",
                                in -> moveD(in, in.at(3), in.at(2))),
                        new Mistake(
                                "D has seen only fakes. It must see real ones, too.",
                                in -> moveD(in, NONE, fakes(in)))));
    }

    // ---- (H8): G moves ----

    private static Task generatorStep() {
        return new Task(
                "generator-step",
                "double[] generatorStep(double[] d, double[] g, double[] z, double eta)",
                5,
                5,
                (number, random) -> {
                    Inputs turn = turn(number, random);
                    return Inputs.of(turn.at(0), turn.at(1), turn.at(2), turn.at(4));
                },
                in -> moveG(in, PRACTICE),
                List.of(
                        new Mistake(
                                "D has moved, and so as to be fooled more easily. In G's step it is held.",
                                in -> moved(in, dD(in, fakes(in), NONE), dG(in, PRACTICE))),
                        new Mistake(
                                "That is the slope of the minimax loss. G minimises −ln D: −σ(−d).",
                                in -> moveG(in, MINIMAX)),
                        new Mistake(
                                "With this step G is found out more easily: its fakes have the label 0. It wants them to be called real.",
                                in -> moveG(in, Sigmoid::forward)),
                        new Mistake(
                                "The step goes uphill: a gradient is taken away.",
                                in -> moveG(in, d -> -GeneratorLoss.nonSaturatingSlope(d))),
                        new Mistake(
                                "The chain has a gap: from the logit to x̃ it goes through D, whose slope at x̃ is missing.",
                                in -> moved(in, HELD_D, chain(in, x -> 1))),
                        new Mistake(
                                "The slope of D's parabola has two terms: c·x² changes with x, too.",
                                in -> moved(in, HELD_D, chain(in, x -> in.<double[]>at(0)[1]))),
                        new Mistake(
                                "The slope of c·x² is not c·x.",
                                in -> moved(
                                        in, HELD_D, chain(in, x -> in.<double[]>at(0)[1] + in.<double[]>at(0)[2] * x))),
                        new Mistake(
                                "μ and s have got the same gradient. s stretches the noise: each z has a say in it.",
                                in -> {
                                    double[] dG = dG(in, PRACTICE);
                                    return moved(in, HELD_D, new double[] {dG[0], dG[0]});
                                }),
                        new Mistake(
                                "L_G is a mean over the fakes, so its gradient is divided by M.",
                                in -> moved(in, HELD_D, scaled(dG(in, PRACTICE), in.<double[]>at(2).length)))));
    }

    /** ∂L_G/∂μ and ∂L_G/∂s, with what is put for d′(x̃). */
    private static double[] chain(Inputs in, DoubleUnaryOperator through) {
        double[] d = in.at(0);
        double[] z = in.at(2);
        double[] x = fakes(in);
        double[] gradient = new double[2];
        for (int m = 0; m < z.length; m++) {
            double dLogit = PRACTICE.applyAsDouble(GaussianGan.logit(d, x[m])) / z.length;
            double dX = dLogit * through.applyAsDouble(x[m]);
            gradient[0] += dX;
            gradient[1] += dX * z[m];
        }
        return gradient;
    }

    // ---- the toy of chapter 12: d, g and z come first, η last ----

    /** a, b, c, μ and s after a step. */
    private static double[] moved(Inputs in, double[] dD, double[] dG) {
        double[] d = in.at(0);
        double[] g = in.at(1);
        double eta = in.at(in.count() - 1);
        Sgd.step(d, dD, eta);
        Sgd.step(g, dG, eta);
        return new double[] {d[0], d[1], d[2], g[0], g[1]};
    }

    private static double[] moveD(Inputs in, double[] real, double[] fake) {
        return moved(in, dD(in, real, fake), HELD_G);
    }

    private static double[] moveG(Inputs in, DoubleUnaryOperator slope) {
        return moved(in, HELD_D, dG(in, slope));
    }

    private static double[] dD(Inputs in, double[] real, double[] fake) {
        return GaussianGan.dDiscriminator(in.at(0), real, fake);
    }

    private static double[] dG(Inputs in, DoubleUnaryOperator slope) {
        return GaussianGan.dGenerator(in.at(1), in.at(0), in.at(2), slope);
    }

    private static double[] fakes(Inputs in) {
        return GaussianGan.generate(in.at(1), in.at(2));
    }
}
