package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;
import static atelier.grade.Slips.transposed;
import static atelier.grade.Slips.turned;

import atelier.definition.Convolution;
import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The tasks of exercises/03-convolution-backward: equations (C2) and (C3), and how a gradient is trusted. */
final class ConvolutionBackwardExercise {

    private static final double[][] UPSTREAM = {{1, 0}, {2, -1}};

    private ConvolutionBackwardExercise() {}

    static Exercise exercise() {
        return new Exercise(
                "03-convolution-backward",
                List.of(dWByHand(), convDb(), convDw(), convDx(), relativeError(), patchesOf()));
    }

    // ---- with a pencil ----

    private static Task dWByHand() {
        return new Task(
                "dw-by-hand",
                "double[][] dWByHand()",
                2,
                1,
                Draw.nothing(),
                in -> byHand(UPSTREAM),
                List.of(
                        new Mistake(
                                "dY is turned by 180°. For dW it lies as it stands; the turn comes with dX.",
                                in -> byHand(turned(UPSTREAM))),
                        new Mistake("Rows and columns of dY have changed places.", in -> byHand(transposed(UPSTREAM))),
                        new Mistake(
                                "Rows and columns of dW have changed places: u goes down, v to the right.",
                                in -> transposed(byHand(UPSTREAM))),
                        new Mistake(
                                "A minus was lost: the −1 takes away.", in -> byHand(new double[][] {{1, 0}, {2, 1}})),
                        new Mistake(
                                "That is a mean over the places. A weight answers for all of them: sum.",
                                in -> scaled(byHand(UPSTREAM), 0.25)),
                        new Mistake("The answer stands upside down.", in -> turned(byHand(UPSTREAM)))));
    }

    private static double[][] byHand(double[][] dY) {
        return Convolution.dW(new double[][][][] {{dY}}, new double[][][][] {{ConvolutionExercise.IMAGE}}, 2, 1, 0, 1)[
                0][0];
    }

    // ---- (C2) ----

    private static Task convDb() {
        return new Task(
                "conv-db",
                "double[] convDb(double[][][][] dY)",
                2,
                4,
                (number, random) -> Inputs.of((Object) numbers(
                        number,
                        random,
                        new double[whole(random, 2, 3)][whole(random, 2, 4)][whole(random, 2, 3)]
                                [whole(random, 2, 4)])),
                in -> Convolution.db(in.at(0)),
                List.of(
                        new Mistake(
                                "That is a mean over the batch. The bias answers for every image: sum.",
                                in -> scaled(Convolution.db(in.at(0)), 1.0 / images(in.at(0)))),
                        new Mistake(
                                "That is a mean over the places. The bias answers for every place: sum.",
                                in -> scaled(Convolution.db(in.at(0)), 1.0 / places(in.at(0)))),
                        new Mistake(
                                "That is a mean over images and places: sum over both.",
                                in -> scaled(Convolution.db(in.at(0)), 1.0 / (images(in.at(0)) * places(in.at(0))))),
                        new Mistake(
                                "Only the first image counts: sum over n.",
                                in -> Convolution.db(Arrays.copyOf(in.<double[][][][]>at(0), 1))),
                        new Mistake(
                                "Only the last image counts: += adds to what is there, = replaces it.",
                                in -> Convolution.db(lastImage(in.at(0)))),
                        new Mistake("Every bias gets the sum over all kernels: keep the k apart.", in -> {
                            double[] db = Convolution.db(in.at(0));
                            double sum = Arrays.stream(db).sum();
                            Arrays.fill(db, sum);
                            return db;
                        })));
    }

    private static Task convDw() {
        return new Task(
                "conv-dw",
                "double[][][][] convDw(double[][][][] dY, double[][][][] x, int kernelSize, int stride, int padding)",
                4,
                6,
                (number, random) -> {
                    Inputs layer = ConvolutionExercise.layer(number, random);
                    double[][][][] w = layer.at(1);
                    return Inputs.of(
                            upstream(number, layer, random), layer.at(0), w[0][0].length, layer.at(3), layer.at(4));
                },
                ConvolutionBackwardExercise::dW,
                List.of(
                        new Mistake(
                                "The kernel comes out turned by 180°: dW[u][v] gathers x at s·i + u − p.",
                                in -> turned(dW(in))),
                        new Mistake(
                                "That is a mean over the batch. Here the sum is asked for; the loss has already divided.",
                                in -> scaled(dW(in), 1.0 / images(in.at(0)))),
                        new Mistake(
                                "Only the first image counts: sum over n.",
                                in -> gather(
                                        Arrays.copyOf(in.<double[][][][]>at(0), 1),
                                        in.at(1),
                                        in.at(2),
                                        in.at(3),
                                        in.at(4))),
                        new Mistake(
                                "The padding has been left out: the patch begins at s·i − p.",
                                in -> gather(in.at(0), in.at(1), in.at(2), in.at(3), 0)),
                        new Mistake(
                                "The stride has been left out: the patch begins at s·i − p.",
                                in -> gather(in.at(0), in.at(1), in.at(2), 1, in.at(4))),
                        new Mistake("Every kernel gets the gradient of the first: dY needs its k.", in -> {
                            double[][][][] dW = dW(in);
                            Arrays.fill(dW, dW[0]);
                            return dW;
                        }),
                        new Mistake("Every plane of a kernel gets the gradient of the first: x needs its c.", in -> {
                            double[][][][] dW = dW(in);
                            Arrays.stream(dW).forEach(kernel -> Arrays.fill(kernel, kernel[0]));
                            return dW;
                        })));
    }

    // ---- (C3) ----

    private static Task convDx() {
        return new Task(
                "conv-dx",
                "double[][][][] convDx(double[][][][] dY, double[][][][] w, int height, int width, int stride, int padding)",
                5,
                6,
                (number, random) -> {
                    Inputs layer = ConvolutionExercise.layer(number, random);
                    double[][][][] x = layer.at(0);
                    return Inputs.of(
                            upstream(number, layer, random),
                            layer.at(1),
                            x[0][0].length,
                            x[0][0][0].length,
                            layer.at(3),
                            layer.at(4));
                },
                ConvolutionBackwardExercise::dX,
                List.of(
                        new Mistake(
                                "The kernel is turned by 180° once too often: in (C3) w[u][v] goes to s·i + u − p as it stands. It"
                                        + " is when dX is written as a convolution of dY that the kernel turns.",
                                in -> scatter(in.at(0), turned(in.<double[][][][]>at(1)), in, in.at(4), in.at(5))),
                        new Mistake("u and v of the kernel have changed places.", in -> {
                            double[][][][] w = in.at(1);
                            for (double[][][] kernel : w) {
                                Arrays.setAll(kernel, c -> transposed(kernel[c]));
                            }
                            return scatter(in.at(0), w, in, in.at(4), in.at(5));
                        }),
                        new Mistake(
                                "The stride has been left out: the patch begins at s·i − p.",
                                in -> scatter(in.at(0), in.at(1), in, 1, in.at(5))),
                        new Mistake(
                                "The padding has been left out: the patch begins at s·i − p.",
                                in -> scatter(in.at(0), in.at(1), in, in.at(4), 0)),
                        new Mistake(
                                "Only the first kernel sends its blame back: sum over k.",
                                in -> scatter(
                                        in.at(0), Arrays.copyOf(in.<double[][][][]>at(1), 1), in, in.at(4), in.at(5))),
                        new Mistake("Every channel gets the gradient of the first: w needs its c.", in -> {
                            double[][][][] dX = dX(in);
                            Arrays.stream(dX).forEach(image -> Arrays.fill(image, image[0]));
                            return dX;
                        }),
                        new Mistake(
                                "That is divided by the batch. Every image has its own gradient.",
                                in -> scaled(dX(in), 1.0 / images(in.at(0))))));
    }

    // ---- when is a gradient right? ----

    private static Task relativeError() {
        return new Task(
                "relative-error",
                "double relativeError(double[] a, double[] b)",
                3,
                6,
                (number, random) -> {
                    double[] a = numbers(number, random, new double[whole(random, 3, 6)]);
                    double[] b = a.clone();
                    for (int i = 0; i < b.length; i++) {
                        b[i] += 0.1 + 0.1 * random.uniform();
                    }
                    a[a.length - 1] = 0;
                    b[b.length - 1] = 0;
                    b[0] = number == 1 ? -a[0] / 2 : b[0];
                    return Inputs.of(a, b);
                },
                in -> worst(in, (a, b) -> Math.abs(a - b) / (Math.abs(a) + Math.abs(b))),
                List.of(
                        new Mistake(
                                "An error below zero is an error, too: how far apart, not which is larger.",
                                in -> worst(in, (a, b) -> (a - b) / (Math.abs(a) + Math.abs(b)))),
                        new Mistake(
                                "Numbers of different signs cancel below the line: add their sizes.",
                                in -> worst(in, (a, b) -> Math.abs(a - b) / Math.abs(a + b))),
                        new Mistake(
                                "That is the absolute error: it must be seen in proportion.",
                                in -> worst(in, (a, b) -> Math.abs(a - b))),
                        new Mistake(
                                "Seen in proportion to a alone; the two have equal rights.",
                                in -> worst(in, (a, b) -> Math.abs(a - b) / Math.abs(a))),
                        new Mistake(
                                "Seen in proportion to b alone; the two have equal rights.",
                                in -> worst(in, (a, b) -> Math.abs(a - b) / Math.abs(b))),
                        new Mistake("Where both numbers are 0 they agree. 0/0 is not a number.", in -> Double.NaN)));
    }

    /** The largest error over all pairs, begun at 0; a pair of zeros counts as 0. */
    private static double worst(Inputs in, DoubleBinaryOperator error) {
        double[] a = in.at(0);
        double[] b = in.at(1);
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            if (a[i] != 0 || b[i] != 0) {
                worst = Math.max(worst, error.applyAsDouble(a[i], b[i]));
            }
        }
        return worst;
    }

    // ---- how many patches? ----

    private static Task patchesOf() {
        return new Task(
                "patches-of",
                "int[] patchesOf()",
                2,
                1,
                Draw.nothing(),
                in -> new int[] {1, 2, 9},
                List.of(
                        new Mistake(
                                "At the border fewer kernels reach a pixel: none may hang over the edge here.",
                                in -> new int[] {9, 9, 9}),
                        new Mistake(
                                "That would be so with a border of one zero. Here p = 0.", in -> new int[] {4, 6, 9}),
                        new Mistake("Counted along one axis only: a patch has rows and columns.", in ->
                                new int[] {1, 2, 3}),
                        new Mistake("Pixel (0,1) is still in the first row: 1 × 2.", in -> new int[] {1, 4, 9}),
                        new Mistake("Places have a distance of 1 here, so patches overlap.", in -> new int[] {1, 1, 1}),
                        new Mistake("The kernel has 3 × 3 entries, and the middle meets each of them.", in ->
                                new int[] {1, 2, 4})));
    }

    // ---- small tools ----

    private static double[][][][] dW(Inputs in) {
        return Convolution.dW(in.at(0), in.at(1), in.at(2), in.at(3), in.at(4), 1);
    }

    private static double[][][][] dX(Inputs in) {
        return Convolution.dX(in.at(0), in.at(1), in.at(2), in.at(3), in.at(4), in.at(5), 1);
    }

    private static double[][][][] upstream(int number, Inputs layer, RandomStream random) {
        return numbers(
                number,
                random,
                Convolution.forward(layer.at(0), layer.at(1), layer.at(2), layer.at(3), layer.at(4), 1));
    }

    private static int images(double[][][][] batch) {
        return batch.length;
    }

    private static int places(double[][][][] batch) {
        return batch[0][0].length * batch[0][0][0].length;
    }

    private static double[][][][] lastImage(double[][][][] batch) {
        return new double[][][][] {batch[batch.length - 1]};
    }

    /** (C2) wherever the patches may lie; what is outside counts as 0. */
    private static double[][][][] gather(double[][][][] dY, double[][][][] x, int R, int s, int p) {
        double[][][][] dW = new double[dY[0].length][x[0].length][R][R];
        every(dY, x[0].length, R, (n, k, c, i, j, u, v) -> {
            double[][] image = x[n][c];
            int row = s * i + u - p;
            int column = s * j + v - p;
            if (row >= 0 && row < image.length && column >= 0 && column < image[0].length) {
                dW[k][c][u][v] += dY[n][k][i][j] * image[row][column];
            }
        });
        return dW;
    }

    /** (C3) wherever the patches may lie; what falls outside is dropped. */
    private static double[][][][] scatter(double[][][][] dY, double[][][][] w, Inputs in, int s, int p) {
        double[][][][] dX = new double[dY.length][w[0].length][in.<Integer>at(2)][in.<Integer>at(3)];
        every(dY, w[0].length, w[0][0].length, (n, k, c, i, j, u, v) -> {
            double[][] image = dX[n][c];
            int row = s * i + u - p;
            int column = s * j + v - p;
            if (k < w.length && row >= 0 && row < image.length && column >= 0 && column < image[0].length) {
                image[row][column] += dY[n][k][i][j] * w[k][c][u][v];
            }
        });
        return dX;
    }

    private interface Product {
        void of(int n, int k, int c, int i, int j, int u, int v);
    }

    private static void every(double[][][][] dY, int C, int R, Product product) {
        for (int n = 0; n < dY.length; n++) {
            for (int k = 0; k < dY[n].length; k++) {
                for (int c = 0; c < C; c++) {
                    for (int i = 0; i < dY[n][k].length; i++) {
                        for (int j = 0; j < dY[n][k][i].length; j++) {
                            for (int u = 0; u < R; u++) {
                                for (int v = 0; v < R; v++) {
                                    product.of(n, k, c, i, j, u, v);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
