package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;

import atelier.definition.Adam;
import atelier.definition.Nested;
import atelier.definition.SoftmaxCrossEntropy;
import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;

/** The tasks of exercises/05-convnet: from logits to a loss, its gradient, and a step of Adam. */
final class ConvNetExercise {

    private ConvNetExercise() {}

    static Exercise exercise() {
        return new Exercise(
                "05-convnet",
                List.of(softmax(), crossEntropy(), crossEntropyDx(), adamStep(), accuracy(), firstLoss()));
    }

    // ---- softmax ----

    private static Task softmax() {
        return new Task(
                "softmax",
                "double[] softmax(double[] x)",
                3,
                5,
                (number, random) -> {
                    double[] z = numbers(number, random, new double[number == 0 ? 3 : whole(random, 3, 6)]);
                    double shift = number == 4 ? 1000 : 0.5;
                    return Inputs.of((Object) Nested.map(z, a -> 2 * a + shift));
                },
                in -> probabilities(in.at(0)),
                List.of(
                        new Mistake(
                                "e to the power of a large number is infinite, and ∞/∞ is no number: take the largest logit away"
                                        + " from all of them first.",
                                in -> normalised(in.at(0), Math::exp)),
                        new Mistake(
                                "Divided by the sum of the logits, without an exponential.",
                                in -> normalised(in.at(0), v -> v)),
                        new Mistake(
                                "These are sigmoids, each for itself. The answers must sum to 1.",
                                in -> Nested.map(in.<double[]>at(0), v -> 1 / (1 + Math.exp(-v)))),
                        new Mistake(
                                "These are the logarithms of the answer.",
                                in -> Nested.map(probabilities(in.at(0)), Math::log)),
                        new Mistake("The sum is missing below the line.", in -> {
                            double[] z = in.at(0);
                            double most = Arrays.stream(z).max().orElseThrow();
                            return Nested.map(z, v -> Math.exp(v - most));
                        }),
                        new Mistake(
                                "The sign is turned around: the largest logit has the largest probability.",
                                in -> probabilities(scaled(in.at(0), -1)))));
    }

    private static double[] normalised(double[] z, DoubleUnaryOperator f) {
        double[] up = Nested.map(z, f);
        double sum = Arrays.stream(up).sum();
        return Nested.map(up, v -> v / sum);
    }

    private static double[] probabilities(double[] z) {
        return SoftmaxCrossEntropy.softmax(new double[][] {z})[0];
    }

    // ---- the loss and its gradient ----

    private static Inputs logits(int number, RandomStream random) {
        int classes = number == 0 ? 2 : whole(random, 3, 6);
        double[][] z = numbers(number, random, new double[number == 0 ? 2 : whole(random, 2, 5)][classes]);
        int[] labels = new int[z.length];
        for (int n = 0; n < z.length; n++) {
            labels[n] = n == 0 ? classes - 1 : random.below(classes);
            z[n][0] += 0.1 * (n + 1);
        }
        z[0][0] += number == 3 ? 800 : 0;
        return Inputs.of(z, labels);
    }

    private static Task crossEntropy() {
        return new Task(
                "cross-entropy",
                "double crossEntropy(double[][] x, int[] labels)",
                3,
                4,
                ConvNetExercise::logits,
                in -> SoftmaxCrossEntropy.loss(in.at(0), in.at(1)),
                List.of(
                        new Mistake(
                                "That is the sum over the batch: divide by N.",
                                in -> SoftmaxCrossEntropy.loss(in.at(0), in.at(1)) * in.<int[]>at(1).length),
                        new Mistake(
                                "The minus is missing: the logarithm of a probability is negative, a loss is not.",
                                in -> -SoftmaxCrossEntropy.loss(in.at(0), in.at(1))),
                        new Mistake(
                                "Those are bits: take the natural logarithm.",
                                in -> SoftmaxCrossEntropy.loss(in.at(0), in.at(1)) / Math.log(2)),
                        new Mistake(
                                "Divided by the number of classes, too: the loss of an image is one number.",
                                in -> SoftmaxCrossEntropy.loss(in.at(0), in.at(1)) / in.<double[][]>at(0)[0].length),
                        new Mistake(
                                "Only the first image counts.",
                                in -> SoftmaxCrossEntropy.loss(
                                        Arrays.copyOf(in.<double[][]>at(0), 1), Arrays.copyOf(in.<int[]>at(1), 1))),
                        new Mistake(
                                "A small probability becomes 0, and ln 0 is infinite. With m the largest logit,"
                                        + " ln p = x − m − ln Σ exp(x − m).",
                                ConvNetExercise::careless),
                        new Mistake(
                                "The probability of class 0, not of the label.",
                                in -> SoftmaxCrossEntropy.loss(in.at(0), new int[in.<int[]>at(1).length]))));
    }

    private static double careless(Inputs in) {
        double[][] z = in.at(0);
        int[] labels = in.at(1);
        double loss = 0;
        for (int n = 0; n < z.length; n++) {
            loss -= Math.log(probabilities(z[n])[labels[n]]) / z.length;
        }
        return loss;
    }

    private static Task crossEntropyDx() {
        return new Task(
                "cross-entropy-dx",
                "double[][] crossEntropyDx(double[][] x, int[] labels)",
                3,
                4,
                ConvNetExercise::logits,
                in -> SoftmaxCrossEntropy.dX(in.at(0), in.at(1)),
                List.of(
                        new Mistake(
                                "The loss is a mean over the batch, so its gradient is divided by N.",
                                in -> scaled(dz(in, label -> label, 1, 1), in.<int[]>at(1).length)),
                        new Mistake(
                                "The sign is turned around: p − 1 at the label.", in -> dz(in, label -> label, -1, -1)),
                        new Mistake(
                                "These are the probabilities alone: at the label 1 is taken away.",
                                in -> dz(in, label -> 0, 1, 0)),
                        new Mistake("The 1 belongs to the label, not to class 0.", in -> dz(in, label -> 0, 1, 1)),
                        new Mistake("Only the label's logit gets a gradient: the others pushed it down.", in -> {
                            double[][] dz = dz(in, label -> label, 1, 1);
                            int[] labels = in.at(1);
                            for (int n = 0; n < dz.length; n++) {
                                double own = dz[n][labels[n]];
                                Arrays.fill(dz[n], 0);
                                dz[n][labels[n]] = own;
                            }
                            return dz;
                        }),
                        new Mistake(
                                "1 is added at the label: it must be taken away.",
                                in -> dz(in, label -> label, 1, -1))));
    }

    /** (p·weight − one·[label]) / N. */
    private static double[][] dz(Inputs in, IntUnaryOperator label, double weight, double one) {
        double[][] z = in.at(0);
        int[] labels = in.at(1);
        double[][] dz = new double[z.length][];
        for (int n = 0; n < z.length; n++) {
            dz[n] = scaled(probabilities(z[n]), weight / z.length);
            dz[n][label.applyAsInt(labels[n])] -= one / z.length;
        }
        return dz;
    }

    // ---- Adam ----

    private static Task adamStep() {
        return new Task(
                "adam-step",
                "double[] adamStep(double[] w, double[] g, double[] m, double[] v, int t, double eta)",
                4,
                5,
                (number, random) -> {
                    int length = whole(random, 2, 4);
                    double[] v = numbers(1, random, new double[length]);
                    return Inputs.of(
                            numbers(number, random, new double[length]),
                            Nested.map(numbers(1, random, new double[length]), a -> a + Math.copySign(0.1, a)),
                            scaled(numbers(1, random, new double[length]), number == 0 ? 0 : 0.1),
                            Nested.map(v, a -> number == 0 ? 0 : 1e-3 * a * a),
                            number == 0 ? 1 : whole(random, 2, 9),
                            0.001 * whole(random, 1, 100));
                },
                in -> adam(in, 0.9, 0.999, 0, 1),
                List.of(
                        new Mistake(
                                "The moments are not corrected: both begin at 0 and are too small at first.",
                                in -> adam(in, 0.9, 0.999, 1_000_000, 1)),
                        new Mistake("The step goes uphill: take it away.", in -> adam(in, 0.9, 0.999, 0, -1)),
                        new Mistake(
                                "β₁ and β₂ have changed places: 0.9 is the gradient's, 0.999 its square's.",
                                in -> adam(in, 0.999, 0.9, 0, 1)),
                        new Mistake(
                                "The first step has t = 1, so the power is t, not t + 1.",
                                in -> adam(in, 0.9, 0.999, 1, 1)),
                        new Mistake(
                                "The root is missing below the line.", in -> combined(in, (m, v) -> m / (v + 1e-8))),
                        new Mistake(
                                "The root stands below the line, not above: divide.",
                                in -> combined(in, (m, v) -> m * Math.sqrt(v))),
                        new Mistake("That is plain gradient descent.", in -> {
                            double[] g = in.at(1);
                            return Nested.map(in.<double[]>at(0), g, (w, d) -> w - in.<Double>at(5) * d);
                        })));
    }

    private static double[] adam(Inputs in, double beta1, double beta2, int late, int sign) {
        double[] w = in.at(0);
        int t = in.<Integer>at(4) + late;
        Adam.step(w, in.at(2), in.at(3), in.at(1), t, sign * in.<Double>at(5), beta1, beta2, 1e-8);
        return w;
    }

    /** A step with the right moments, combined in another way. */
    private static double[] combined(Inputs in, DoubleBinaryOperator way) {
        double[] w = in.at(0);
        double[] g = in.at(1);
        double[] m = in.at(2);
        double[] v = in.at(3);
        int t = in.at(4);
        for (int i = 0; i < w.length; i++) {
            double first = (0.9 * m[i] + 0.1 * g[i]) / (1 - Math.pow(0.9, t));
            double second = (0.999 * v[i] + 0.001 * g[i] * g[i]) / (1 - Math.pow(0.999, t));
            w[i] -= in.<Double>at(5) * way.applyAsDouble(first, second);
        }
        return w;
    }

    // ---- how often is it right? ----

    private static Task accuracy() {
        return new Task(
                "accuracy",
                "double accuracy(double[][] x, int[] labels)",
                3,
                6,
                (number, random) -> {
                    int classes = whole(random, 3, 5);
                    double[][] z = numbers(1, random, new double[7][classes]);
                    int[] labels = new int[z.length];
                    for (int n = 0; n < z.length; n++) {
                        labels[n] = n < 4 ? best(z[n], Double.NEGATIVE_INFINITY) : random.below(classes);
                    }
                    labels[0] = 1;
                    z[0] = Nested.map(z[0], a -> a - 3);
                    z[0][1] = -1;
                    labels[6] = (best(z[6], Double.NEGATIVE_INFINITY) + 1) % classes;
                    return Inputs.of(z, labels);
                },
                in -> right(in) / 7,
                List.of(
                        new Mistake(
                                "Where all logits are below 0 one of them is still the largest: do not begin at 0.",
                                in -> right(in, 0) / 7),
                        new Mistake(
                                "Whole numbers divide to a whole number: 5 / 7 is 0.", in -> Math.floor(right(in) / 7)),
                        new Mistake("Divide by the number of images.", in -> right(in)),
                        new Mistake("Those are per cent: a share is asked for.", in -> 100 * right(in) / 7),
                        new Mistake("That is the share of wrong ones.", in -> 1 - right(in) / 7),
                        new Mistake(
                                "Divided by the number of classes: by that of images.",
                                in -> right(in) / in.<double[][]>at(0)[0].length)));
    }

    private static double right(Inputs in) {
        return right(in, Double.NEGATIVE_INFINITY);
    }

    private static double right(Inputs in, double least) {
        double[][] z = in.at(0);
        int[] labels = in.at(1);
        int right = 0;
        for (int n = 0; n < z.length; n++) {
            right += best(z[n], least) == labels[n] ? 1 : 0;
        }
        return right;
    }

    /** Where the largest number above {@code least} stands, 0 if there is none. */
    private static int best(double[] z, double least) {
        int best = 0;
        double most = least;
        for (int k = 0; k < z.length; k++) {
            if (z[k] > most) {
                most = z[k];
                best = k;
            }
        }
        return best;
    }

    // ---- what to expect ----

    private static Task firstLoss() {
        return new Task(
                "first-loss",
                "double firstLoss()",
                2,
                1,
                Draw.nothing(),
                in -> Math.log(10),
                List.of(
                        new Mistake("That is the share of wrong guesses, not the loss.", in -> 0.9),
                        new Mistake("That is the probability of the label: the loss is −ln of it.", in -> 0.1),
                        new Mistake("The natural logarithm, not that to base 10.", in -> 1.0),
                        new Mistake("Those are bits: take the natural logarithm.", in -> Math.log(10) / Math.log(2)),
                        new Mistake("That would be so with two classes. Here are ten.", in -> Math.log(2)),
                        new Mistake("The minus is missing: −ln(1/10).", in -> -Math.log(10)),
                        new Mistake(
                                "−ln(0.9) is the loss of one who is nearly sure, and right.", in -> -Math.log(0.9))));
    }
}
