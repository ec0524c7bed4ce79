package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;
import static atelier.grade.Slips.transposed;
import static atelier.grade.Slips.turned;

import atelier.definition.Convolution;
import atelier.definition.Nested;
import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;

/** The tasks of exercises/02-convolution: equations (C1) and (C4), and what a layer costs and sees. */
final class ConvolutionExercise {

    static final double[][] IMAGE = {{1, 2, 0}, {0, 1, 3}, {2, 1, 0}};
    private static final double[][] KERNEL = {{1, -1}, {2, 0}};

    private ConvolutionExercise() {}

    static Exercise exercise() {
        return new Exercise(
                "02-convolution",
                List.of(byHand(), outputSize(), slide(), convForward(), receptiveField(), parameters()));
    }

    // ---- with a pencil ----

    private static Task byHand() {
        return new Task(
                "by-hand",
                "double[][] byHand()",
                2,
                1,
                Draw.nothing(),
                in -> plain(IMAGE, KERNEL),
                List.of(
                        new Mistake(
                                "This is the answer for a kernel turned by 180°. Lay it on the image as it stands.",
                                in -> plain(IMAGE, turned(KERNEL))),
                        new Mistake(
                                "Rows and columns of the kernel have changed places.",
                                in -> plain(IMAGE, transposed(KERNEL))),
                        new Mistake(
                                "Rows and columns of the output have changed places: the first row holds the places along the top.",
                                in -> transposed(plain(IMAGE, KERNEL))),
                        new Mistake(
                                "A minus was lost: the −1 takes away.",
                                in -> plain(IMAGE, new double[][] {{1, 1}, {2, 0}})),
                        new Mistake("The sign is turned around everywhere.", in -> scaled(plain(IMAGE, KERNEL), -1)),
                        new Mistake(
                                "That is a mean over the patch. A convolution sums.",
                                in -> scaled(plain(IMAGE, KERNEL), 0.25))));
    }

    // ---- (C4) ----

    private static Task outputSize() {
        return new Task(
                "output-size",
                "int outputSize(int size, int kernel, int stride, int padding)",
                2,
                12,
                (number, random) -> {
                    int kernel = whole(random, 1, 7);
                    return Inputs.of(
                            kernel + whole(random, 0, 25),
                            kernel,
                            number == 0 ? 1 : whole(random, 2, 4),
                            whole(random, 1, 3));
                },
                in -> Convolution.outputSize(in.at(0), in.at(1), in.at(2), in.at(3), 1),
                List.of(
                        new Mistake("Padding is on both sides of the image: 2p.", in -> size(in, 1, 1, false)),
                        new Mistake("The padding has been left out.", in -> size(in, 0, 1, false)),
                        new Mistake(
                                "One place is missing: where the kernel lies at the very beginning (+ 1).",
                                in -> size(in, 2, 0, false)),
                        new Mistake(
                                "Round down: a kernel that hangs over the edge has no place.",
                                in -> size(in, 2, 1, true)),
                        new Mistake(
                                "The + 1 comes after the division.",
                                in -> (in.<Integer>at(0) + 2 * in.<Integer>at(3) - in.<Integer>at(1) + 1)
                                        / in.<Integer>at(2)),
                        new Mistake(
                                "Brackets are missing: a division comes before sums and differences.",
                                in -> in.<Integer>at(0)
                                        + 2 * in.<Integer>at(3)
                                        - in.<Integer>at(1) / in.<Integer>at(2)
                                        + 1),
                        new Mistake(
                                "The stride has been left out.",
                                in -> in.<Integer>at(0) + 2 * in.<Integer>at(3) - in.<Integer>at(1) + 1)));
    }

    private static int size(Inputs in, int paddings, int first, boolean up) {
        int way = in.<Integer>at(0) + paddings * in.<Integer>at(3) - in.<Integer>at(1);
        int stride = in.at(2);
        return (up ? -Math.floorDiv(-way, stride) : Math.floorDiv(way, stride)) + first;
    }

    // ---- one channel ----

    private static Task slide() {
        return new Task(
                "slide",
                "double[][] slide(double[][] x, double[][] w)",
                3,
                5,
                (number, random) -> {
                    int rows = number == 0 ? 2 : whole(random, 2, 4);
                    int h = rows + (number == 0 ? 1 : whole(random, 2, 5));
                    double[][] x = numbers(number, random, new double[h][h + (number == 0 ? 0 : whole(random, 1, 3))]);
                    return Inputs.of(x, numbers(number, random, new double[rows][rows]));
                },
                in -> plain(in.at(0), in.at(1)),
                List.of(
                        new Mistake(
                                "The kernel is turned by 180°. Here it is not: w[u][v] meets x[i + u][j + v].",
                                in -> plain(in.at(0), turned(in.<double[][]>at(1)))),
                        new Mistake(
                                "u and v of the kernel have changed places.",
                                in -> plain(in.at(0), transposed(in.at(1)))),
                        new Mistake(
                                "Only the last product has been kept: += adds to what is there, = replaces it.",
                                in -> plain(in.at(0), last(in.at(1)))),
                        new Mistake(
                                "The output is one row and one column short: how many places does a kernel find?",
                                in -> cut(plain(in.at(0), in.at(1)))),
                        new Mistake(
                                "The image need not be square: J comes from the length of its rows.",
                                in -> square(plain(in.at(0), in.at(1)))),
                        new Mistake(
                                "The kernel is not multiplied with: these are sums of patches.",
                                in -> plain(in.at(0), ones(in.at(1)))),
                        new Mistake(
                                "The patch does not move under the kernel: u and v belong to the place in the image, too.",
                                ConvolutionExercise::still),
                        new Mistake(
                                "The output has rows and columns changed: y[i][j] belongs to the patch at x[i][j].",
                                in -> transposed(plain(in.at(0), in.at(1))))));
    }

    private static double[][] still(Inputs in) {
        double[][] x = in.at(0);
        double sum = Arrays.stream(Nested.flat(in.at(1))).sum();
        double[][] y = plain(x, in.at(1));
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                y[i][j] = sum * x[i][j];
            }
        }
        return y;
    }

    // ---- (C1) ----

    private static Task convForward() {
        return new Task(
                "conv-forward",
                "double[][][][] convForward(double[][][][] x, double[][][][] w, double[] b, int stride, int padding)",
                5,
                6,
                ConvolutionExercise::layer,
                in -> Convolution.forward(in.at(0), in.at(1), in.at(2), in.at(3), in.at(4), 1),
                List.of(
                        new Mistake(
                                "The bias is missing.",
                                in -> Convolution.forward(
                                        in.at(0), in.at(1), scaled(in.at(2), 0), in.at(3), in.at(4), 1)),
                        new Mistake(
                                "The bias is added once for every product. It belongs in front of the sums.",
                                in -> Convolution.forward(
                                        in.at(0), in.at(1), scaled(in.at(2), terms(in.at(1))), in.at(3), in.at(4), 1)),
                        new Mistake(
                                "The kernel is turned by 180°. Here it is not: that comes in the backward pass.",
                                in -> Convolution.forward(
                                        in.at(0), turned(in.<double[][][][]>at(1)), in.at(2), in.at(3), in.at(4), 1)),
                        new Mistake(
                                "Only the first channel counts: sum over c as well.",
                                in -> Convolution.forward(
                                        in.at(0), firstChannel(in.at(1)), in.at(2), in.at(3), in.at(4), 1)),
                        new Mistake(
                                "The padding has been left out.",
                                in -> Convolution.forward(in.at(0), in.at(1), in.at(2), in.at(3), 0, 1)),
                        new Mistake(
                                "The stride has been left out: the patch begins at s·i − p.",
                                in -> Convolution.forward(in.at(0), in.at(1), in.at(2), 1, in.at(4), 1)),
                        new Mistake(
                                "Y has the right size, and yet the window moves by one pixel: its patch begins at s·i − p.",
                                ConvolutionExercise::slow),
                        new Mistake(
                                "The image is not moved by the padding: a patch begins at s·i − p, outside of it.",
                                in -> Convolution.forward(
                                        grown(in.at(0), in.at(4)), in.at(1), in.at(2), in.at(3), 0, 1)),
                        new Mistake(
                                "Columns end at the height: an image need not be square, compare columns with W.",
                                in -> Convolution.forward(narrow(in.at(0)), in.at(1), in.at(2), in.at(3), in.at(4), 1)),
                        new Mistake("i and j have changed places in Y.", ConvolutionExercise::aside),
                        new Mistake(
                                "Every kernel gives the answers of the first: w needs its k.",
                                in -> Convolution.forward(
                                        in.at(0), firstKernel(in.at(1)), in.at(2), in.at(3), in.at(4), 1))));
    }

    static Inputs layer(int number, RandomStream random) {
        boolean small = number == 0;
        int n = small ? 1 : whole(random, 1, 3);
        int c = small ? 1 : whole(random, 2, 3);
        int k = small ? 1 : whole(random, 2, 4);
        int r = small ? 2 : whole(random, 2, 3);
        int h = small ? 3 : whole(random, 5, 7);
        double[][][][] x = numbers(number, random, new double[n][c][h][small ? 3 : h + whole(random, 1, 3)]);
        double[][][][] w = numbers(number, random, new double[k][c][r][r]);
        return Inputs.of(
                x, w, numbers(number, random, new double[k]), small ? 1 : 1 + number / 2 % 2, small ? 0 : number % 2);
    }

    // ---- how far a network sees ----

    private static Task receptiveField() {
        return new Task(
                "receptive-field",
                "int receptiveField(int[] kernels, int[] strides)",
                3,
                8,
                (number, random) -> {
                    int layers = number == 0 ? 2 : whole(random, 2, 5);
                    int[] kernels = new int[layers];
                    int[] strides = new int[layers];
                    for (int i = 0; i < layers; i++) {
                        kernels[i] = whole(random, 2, 5);
                        strides[i] = i == 0 ? 2 : whole(random, 1, 3);
                    }
                    return Inputs.of(kernels, strides);
                },
                in -> field(in, 1, true, false),
                List.of(
                        new Mistake(
                                "The step grows too early: a layer's own stride matters to the layers above it, not to itself.",
                                in -> field(in, 1, true, true)),
                        new Mistake(
                                "The strides are ignored: behind a stride of 2 one step is two pixels of the image.",
                                in -> field(in, 1, false, false)),
                        new Mistake("A kernel of R adds R − 1 steps, not R.", in -> field(in, 0, true, false)),
                        new Mistake(
                                "Without a layer one pixel sees itself: begin at 1.",
                                in -> field(in, 1, true, false) - 1),
                        new Mistake(
                                "Steps multiply from layer to layer, they do not add up.", ConvolutionExercise::added),
                        new Mistake(
                                "The step is the product of all strides below, not the latest of them.",
                                ConvolutionExercise::latest),
                        new Mistake("That is how far apart neighbours are, not how far one sees.", in -> {
                            int step = 1;
                            for (int stride : in.<int[]>at(1)) {
                                step *= stride;
                            }
                            return step;
                        })));
    }

    private static int field(Inputs in, int less, boolean strided, boolean early) {
        int[] kernels = in.at(0);
        int[] strides = in.at(1);
        int field = 1;
        int step = 1;
        for (int l = 0; l < kernels.length; l++) {
            int next = strided ? step * strides[l] : 1;
            field += (kernels[l] - less) * (early ? next : step);
            step = next;
        }
        return field;
    }

    private static int added(Inputs in) {
        int[] kernels = in.at(0);
        int[] strides = in.at(1);
        int field = 1;
        int step = 1;
        for (int l = 0; l < kernels.length; l++) {
            field += (kernels[l] - 1) * step;
            step += strides[l] - 1;
        }
        return field;
    }

    private static int latest(Inputs in) {
        int[] kernels = in.at(0);
        int[] strides = in.at(1);
        int field = kernels[0];
        for (int l = 1; l < kernels.length; l++) {
            field += (kernels[l] - 1) * strides[l - 1];
        }
        return field;
    }

    // ---- what a layer costs ----

    private static Task parameters() {
        return new Task(
                "parameters",
                "int[] parameters()",
                2,
                1,
                Draw.nothing(),
                in -> new int[] {16 * (5 * 5 + 1), 32 * (16 * 5 * 5 + 1)},
                List.of(
                        new Mistake("The biases are missing: one a kernel.", in -> new int[] {400, 12_800}),
                        new Mistake("A kernel has a plane for every input channel.", in -> new int[] {416, 832}),
                        new Mistake("One bias a kernel, not one a layer.", in -> new int[] {401, 12_801}),
                        new Mistake("A kernel of 5 has 5 × 5 entries.", in -> new int[] {96, 2592}),
                        new Mistake("One bias a kernel, not one a plane.", in -> new int[] {416, 13_312}),
                        new Mistake("The image's size does not matter: the same kernel is used at every place.", in ->
                                new int[] {416 * 24 * 24, 12_832 * 8 * 8})));
    }

    // ---- small tools ----

    private static double[][] plain(double[][] x, double[][] w) {
        return Convolution.forward(new double[][][][] {{x}}, new double[][][][] {{w}}, new double[] {0}, 1, 0, 1)[0][0];
    }

    private static double[][] last(double[][] w) {
        double[][] last = new double[w.length][w.length];
        last[w.length - 1][w.length - 1] = w[w.length - 1][w.length - 1];
        return last;
    }

    private static double[][] ones(double[][] w) {
        return Nested.map(w, v -> 1);
    }

    private static double[][] square(double[][] y) {
        return Arrays.stream(y).map(row -> Arrays.copyOf(row, y.length)).toArray(double[][]::new);
    }

    private static double[][] cut(double[][] y) {
        double[][] cut = new double[y.length - 1][];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = Arrays.copyOf(y[i], y[i].length - 1);
        }
        return cut;
    }

    private static int terms(double[][][][] w) {
        return w[0].length * w[0][0].length * w[0][0].length;
    }

    /** With stride 1, cut to the size that the stride asks for. */
    private static double[][][][] slow(Inputs in) {
        double[][][][] right = Convolution.forward(in.at(0), in.at(1), in.at(2), in.at(3), in.at(4), 1);
        double[][][][] dense = Convolution.forward(in.at(0), in.at(1), in.at(2), 1, in.at(4), 1);
        return planes(right, (n, k, i, j) -> dense[n][k][i][j]);
    }

    private static double[][][][] aside(Inputs in) {
        double[][][][] y = Convolution.forward(in.at(0), in.at(1), in.at(2), in.at(3), in.at(4), 1);
        return planes(
                new double[y.length][y[0].length][y[0][0][0].length][y[0][0].length], (n, k, i, j) -> y[n][k][j][i]);
    }

    /** Zeros on the lower and the right side only. */
    private static double[][][][] grown(double[][][][] x, int padding) {
        int height = x[0][0].length;
        int width = x[0][0][0].length;
        return planes(
                new double[x.length][x[0].length][height + 2 * padding][width + 2 * padding],
                (n, c, i, j) -> i < height && j < width ? x[n][c][i][j] : 0);
    }

    private static double[][][][] narrow(double[][][][] x) {
        return planes(x, (n, c, i, j) -> j < x[0][0].length ? x[n][c][i][j] : 0);
    }

    private interface Entry {
        double at(int n, int c, int i, int j);
    }

    private static double[][][][] planes(double[][][][] like, Entry entry) {
        double[][][][] planes = new double[like.length][like[0].length][like[0][0].length][like[0][0][0].length];
        for (int n = 0; n < planes.length; n++) {
            for (int c = 0; c < planes[n].length; c++) {
                for (int i = 0; i < planes[n][c].length; i++) {
                    for (int j = 0; j < planes[n][c][i].length; j++) {
                        planes[n][c][i][j] = entry.at(n, c, i, j);
                    }
                }
            }
        }
        return planes;
    }

    private static double[][][][] firstChannel(double[][][][] w) {
        for (double[][][] kernel : w) {
            for (int c = 1; c < kernel.length; c++) {
                kernel[c] = scaled(kernel[c], 0);
            }
        }
        return w;
    }

    private static double[][][][] firstKernel(double[][][][] w) {
        for (int k = 1; k < w.length; k++) {
            w[k] = w[0];
        }
        return w;
    }
}
