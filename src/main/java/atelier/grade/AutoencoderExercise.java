package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;

import atelier.definition.Dense;
import atelier.definition.Nested;
import atelier.definition.Relu;
import atelier.definition.Sigmoid;
import atelier.definition.SquaredError;
import atelier.definition.TiedDense;
import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The tasks of exercises/07-autoencoder: there and back, the loss, and what the network holds. */
final class AutoencoderExercise {

    private AutoencoderExercise() {}

    static Exercise exercise() {
        return new Exercise(
                "07-autoencoder",
                List.of(
                        byHand(),
                        forward(),
                        loss(),
                        AutoencoderGradients.output(),
                        AutoencoderGradients.encoder(),
                        AutoencoderGradients.tied(),
                        parameters()));
    }

    // ---- with a pencil ----

    private static Task byHand() {
        return new Task(
                "ae-by-hand",
                "double[] aeByHand()",
                2,
                1,
                Draw.nothing(),
                in -> byHand(-1, 1, 3),
                List.of(
                        new Mistake("The encoder's bias is missing: add it before the bend.", in -> byHand(0, 1, 3)),
                        new Mistake("A minus was lost: the encoder's bias takes one away.", in -> byHand(1, 1, 3)),
                        new Mistake("The decoder's biases are missing.", in -> byHand(-1, 0, 0)),
                        wrote("That is a mean over the pixels. Within an image squares are added up.", 3, 4, 0, 2.5, 3),
                        wrote("A factor is missing in dh: what is the slope of a square?", 3, 4, 0, 5, 3),
                        wrote("There is no root: the loss is the squared distance.", 3, 4, 0, Math.sqrt(5), 6),
                        wrote("Square first, then add: else too bright makes up for too dark.", 3, 4, 0, 1, 6),
                        wrote("The sign of dh is turned around: take x̂ minus x.", 3, 4, 0, 5, -6),
                        wrote("In dh, weigh each pixel's blame with its weight in V.", 3, 4, 0, 5, 2)));
    }

    private static Mistake wrote(String hint, double... answer) {
        return new Mistake(hint, in -> answer);
    }

    /** h, x̂ of both pixels, L and dh of the network on paper, with these biases. */
    private static double[] byHand(double b, double... c) {
        double[][] x = {{2, 1}};
        double[][] v = {{1, -1}};
        double[][] h = Nested.map(Dense.forward(x, new double[][] {{1}, {2}}, new double[] {b}), Relu::forward);
        double[][] y = Dense.forward(h, v, c);
        double dh = Dense.dX(SquaredError.dY(y, x), v)[0][0];
        return new double[] {h[0][0], y[0][0], y[0][1], SquaredError.loss(y, x), dh};
    }

    // ---- there and back: (D1), (A1) ----

    private static Task forward() {
        return new Task(
                "ae-forward",
                "double[][] reconstruct(double[][] x, double[][] w, double[] b, double[][] v, double[] c)",
                4,
                5,
                AutoencoderExercise::network,
                in -> decode(code(in, Relu::forward), in),
                List.of(
                        new Mistake(
                                "The code is not bent: a ReLU stands between the two layers.",
                                in -> decode(code(in, a -> a), in)),
                        new Mistake(
                                "A sigmoid bends the code. Here a ReLU is asked for.",
                                in -> decode(code(in, Sigmoid::forward), in)),
                        new Mistake(
                                "The output is bent by a ReLU, too. The decoder's answers stay as they are, below 0 as well.",
                                in -> Nested.map(decode(code(in, Relu::forward), in), Relu::forward)),
                        new Mistake(
                                "There is a sigmoid behind the decoder. Here its answers stay as they are.",
                                in -> Nested.map(decode(code(in, Relu::forward), in), Sigmoid::forward)),
                        new Mistake(
                                "Only the last number of the code reaches the image: += adds, = replaces.",
                                in -> decode(last(code(in, Relu::forward)), in)),
                        new Mistake("The encoder's bias b is missing.", in -> decode(unbiased(in), in)),
                        new Mistake(
                                "The decoder's bias c is missing.",
                                in -> Dense.forward(code(in, Relu::forward), in.at(3), scaled(in.at(4), 0))),
                        new Mistake(
                                "The bias b comes too late: add it first, then bend.",
                                in -> decode(shifted(unbiased(in), in.at(2)), in)),
                        new Mistake(
                                "That decodes with the encoder's weights. This decoder has a matrix of its own, v.",
                                in -> TiedDense.forward(code(in, Relu::forward), in.at(1), in.at(4)))));
    }

    /** x, w, b, v, c. */
    static Inputs network(int number, RandomStream random) {
        boolean small = number == 0;
        int f = small ? 3 : whole(random, 5, 6);
        int d = small ? 2 : whole(random, 3, 4);
        double[][] x = numbers(number, random, new double[small ? 1 : whole(random, 2, 4)][f]);
        double[][] w = numbers(number, random, new double[f][d]);
        double[] b = numbers(number, random, new double[d]);
        double[][] v = numbers(number, random, new double[d][f]);
        return Inputs.of(x, w, b, v, numbers(number, random, new double[f]));
    }

    static double[][] code(Inputs in, DoubleUnaryOperator bend) {
        return Nested.map(Dense.forward(in.at(0), in.at(1), in.at(2)), bend);
    }

    private static double[][] unbiased(Inputs in) {
        return Nested.map(Dense.forward(in.at(0), in.at(1), scaled(in.at(2), 0)), Relu::forward);
    }

    private static double[][] decode(double[][] h, Inputs in) {
        return Dense.forward(h, in.at(3), in.at(4));
    }

    /** Every code with its last number alone. */
    private static double[][] last(double[][] h) {
        for (double[] row : h) {
            Arrays.fill(row, 0, row.length - 1, 0);
        }
        return h;
    }

    private static double[][] shifted(double[][] h, double[] b) {
        for (double[] row : h) {
            Arrays.setAll(row, d -> row[d] + b[d]);
        }
        return h;
    }

    // ---- (Q1) ----

    private static Task loss() {
        return new Task(
                "ae-loss",
                "double squaredError(double[][] y, double[][] x)",
                2,
                4,
                (number, random) -> {
                    double[][] y = batch(number, random);
                    return Inputs.of(y, numbers(number, random, y));
                },
                AutoencoderExercise::squares,
                List.of(
                        new Mistake("That is the sum over the batch: divide by N.", in -> squares(in) * images(in)),
                        new Mistake(
                                "Divided by the number of pixels, too. That is the MSE of tables; (Q1) divides by images alone.",
                                in -> squares(in) / pixels(in)),
                        new Mistake("Some write a ½ in front. (Q1) has none.", in -> squares(in) / 2),
                        new Mistake(
                                "That is the mean distance: there is no root in (Q1), for an image neither.",
                                AutoencoderExercise::distance),
                        new Mistake(
                                "Those are absolute values. Square the differences.",
                                in -> total(in, (y, x) -> Math.abs(y - x))),
                        new Mistake(
                                "The differences are not squared, so too bright makes up for too dark.",
                                in -> total(in, (y, x) -> y - x)),
                        new Mistake(
                                "Only the first image counts: sum over n.",
                                in -> SquaredError.loss(first(in.at(0)), first(in.at(1))))));
    }

    private static double squares(Inputs in) {
        return SquaredError.loss(in.at(0), in.at(1));
    }

    private static double distance(Inputs in) {
        double[][] y = in.at(0);
        double[][] x = in.at(1);
        double sum = 0;
        for (int n = 0; n < y.length; n++) {
            sum += Math.sqrt(SquaredError.loss(new double[][] {y[n]}, new double[][] {x[n]}));
        }
        return sum / y.length;
    }

    private static double total(Inputs in, DoubleBinaryOperator each) {
        double[][] all = Nested.map(in.at(0), in.<double[][]>at(1), each);
        return Arrays.stream(Nested.flat(all)).sum() / all.length;
    }

    // ---- what it holds ----

    private static Task parameters() {
        return new Task(
                "ae-parameters",
                "int[] aeParameters()",
                2,
                1,
                Draw.nothing(),
                in -> new int[] {784 * 100 + 100 + 100 * 784 + 784, 784 * 100 + 100 + 784},
                List.of(
                        counted("The biases are missing: one for each output of a layer.", 156_800, 78_400),
                        counted("The decoder has biases, too: one for each pixel.", 156_900, 78_500),
                        counted("The encoder has biases, too: one for each number of the code.", 157_584, 79_184),
                        counted("A layer has a bias for each output, not one alone.", 156_802, 78_402),
                        counted("The weights are shared, the biases are not: count them in full.", 157_684, 78_842),
                        counted("A tied decoder has no weights of its own.", 157_684, 157_684),
                        counted("A tied decoder borrows the weights, but its biases are its own.", 157_684, 78_500)));
    }

    private static Mistake counted(String hint, int twoMatrices, int tied) {
        return new Mistake(hint, in -> new int[] {twoMatrices, tied});
    }

    // ---- small tools ----

    static double[][] batch(int number, RandomStream random) {
        boolean small = number == 0;
        return numbers(number, random, new double[small ? 2 : whole(random, 3, 5)][small ? 2 : whole(random, 4, 6)]);
    }

    static double[][] first(double[][] batch) {
        return Arrays.copyOf(batch, 1);
    }

    static int images(Inputs in) {
        return in.<double[][]>at(0).length;
    }

    static int pixels(Inputs in) {
        return in.<double[][]>at(0)[0].length;
    }
}
