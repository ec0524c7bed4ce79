package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;
import static atelier.grade.Slips.transposed;

import atelier.definition.AveragePooling;
import atelier.definition.MaxPooling;
import atelier.definition.Nested;
import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** The tasks of exercises/04-pooling: equations (P1) to (P4) on one plane, and what a pool does not notice. */
final class PoolingExercise {

    private static final double[][] IMAGE = {{-1, -2, 0, 3}, {-3, -4, 1, 1}, {5, 0, -2, -2}, {4, 6, -1, -5}};

    private PoolingExercise() {}

    static Exercise exercise() {
        return new Exercise(
                "04-pooling", List.of(byHand(), maxPool(), maxPoolDx(), avgPool(), avgPoolDx(), whichCell()));
    }

    // ---- with a pencil ----

    private static Task byHand() {
        return new Task(
                "pool-by-hand",
                "double[][] poolByHand()",
                2,
                1,
                Draw.nothing(),
                in -> pool(IMAGE, 2, 2, PoolingExercise::largest),
                List.of(
                        new Mistake(
                                "A window of negative numbers has a largest one, too: of −1 and −3 it is −1, not 0.",
                                in -> pool(IMAGE, 2, 2, window -> Math.max(0, largest(window)))),
                        new Mistake(
                                "The largest, not the one farthest from 0.",
                                in -> pool(IMAGE, 2, 2, PoolingExercise::farthest)),
                        new Mistake("These are the smallest.", in -> pool(IMAGE, 2, 2, PoolingExercise::smallest)),
                        new Mistake("These are means.", in -> pool(IMAGE, 2, 2, PoolingExercise::mean)),
                        new Mistake(
                                "The window moves on by its own size here: s = 2.",
                                in -> pool(IMAGE, 2, 1, PoolingExercise::largest)),
                        new Mistake(
                                "Rows and columns have changed places.",
                                in -> transposed(pool(IMAGE, 2, 2, PoolingExercise::largest)))));
    }

    // ---- (P1) ----

    private static Task maxPool() {
        return new Task(
                "max-pool",
                "double[][] maxPool(double[][] x, int windowSize, int stride)",
                3,
                5,
                PoolingExercise::plane,
                in -> MaxPooling.forward(batch(in.at(0)), in.at(1), in.at(2))[0][0],
                List.of(
                        new Mistake(
                                "Begin with a number of the window, not with 0: all of them may be negative.",
                                in -> pool(in, window -> Math.max(0, largest(window)))),
                        new Mistake(
                                "The largest, not the one farthest from 0.", in -> pool(in, PoolingExercise::farthest)),
                        new Mistake("These are the smallest.", in -> pool(in, PoolingExercise::smallest)),
                        new Mistake("These are means: that is the other pool.", in -> pool(in, PoolingExercise::mean)),
                        new Mistake(
                                "The stride has been left out: the window begins at s·i.",
                                in -> pool(in.at(0), in.at(1), 1, PoolingExercise::largest)),
                        new Mistake(
                                "The window moves on by its own size: it should by the stride.",
                                in -> pool(in.at(0), in.at(1), in.at(1), PoolingExercise::largest)),
                        new Mistake(
                                "Only the first row of each window is looked at.",
                                in -> pool(in, window -> largest(firstRow(window))))));
    }

    // ---- (P2) ----

    private static Task maxPoolDx() {
        return new Task(
                "max-pool-dx",
                "double[][] maxPoolDx(double[][] dY, double[][] x, int windowSize, int stride)",
                4,
                5,
                (number, random) -> {
                    Inputs plane = plane(number, random);
                    double[][] y = pool(plane, PoolingExercise::largest);
                    return Inputs.of(numbers(number, random, y), plane.at(0), plane.at(1), plane.at(2));
                },
                in -> MaxPooling.dX(batch(in.at(0)), batch(in.at(1)), in.at(2), in.at(3))[0][0],
                List.of(
                        new Mistake(
                                "Only the last window counts that a number has won: += adds to what is there, = replaces it.",
                                in -> spread(in, true, window -> winner(window, false))),
                        new Mistake(
                                "At a tie the first number gets the blame, row by row; here it is the last.",
                                in -> spread(in, false, window -> winner(window, true))),
                        new Mistake(
                                "At a tie only the first number gets the blame; here every one that is as large does.",
                                in -> spread(in, false, window -> marks(window, largest(window)))),
                        new Mistake(
                                "The whole window gets the blame. Only the winner has touched the output.",
                                in -> spread(in, false, window -> fill(window, 1))),
                        new Mistake(
                                "Everyone in the window gets a share: that is the other pool.",
                                in -> spread(in, false, window -> fill(window, 1.0 / window.length))),
                        new Mistake(
                                "The smallest number gets the blame.",
                                in -> spread(in, false, window -> marks(window, smallest(window)))),
                        new Mistake(
                                "The winners are marked with 1: dY is missing.",
                                in -> spread(
                                        Inputs.of(Nested.map(in.at(0), d -> 1), in.at(1), in.at(2), in.at(3)),
                                        false,
                                        window -> winner(window, false)))));
    }

    // ---- (P3), (P4) ----

    private static Task avgPool() {
        return new Task(
                "avg-pool",
                "double[][] avgPool(double[][] x, int windowSize, int stride)",
                2,
                5,
                PoolingExercise::plane,
                in -> AveragePooling.forward(batch(in.at(0)), in.at(1), in.at(2))[0][0],
                List.of(
                        new Mistake("These are sums: divide by R².", in -> pool(in, w -> mean(w) * w.length)),
                        new Mistake(
                                "Divided by R: a window has R² numbers.",
                                in -> pool(in, w -> mean(w) * Math.sqrt(w.length))),
                        new Mistake(
                                "These are the largest: that is the other pool.",
                                in -> pool(in, PoolingExercise::largest)),
                        new Mistake(
                                "The stride has been left out: the window begins at s·i.",
                                in -> pool(in.at(0), in.at(1), 1, PoolingExercise::mean)),
                        new Mistake(
                                "The window moves on by its own size: it should by the stride.",
                                in -> pool(in.at(0), in.at(1), in.at(1), PoolingExercise::mean)),
                        new Mistake(
                                "Only the first row of each window is looked at.",
                                in -> pool(in, window -> mean(firstRow(window))))));
    }

    private static Task avgPoolDx() {
        return new Task(
                "avg-pool-dx",
                "double[][] avgPoolDx(double[][] dY, int height, int width, int windowSize, int stride)",
                3,
                5,
                (number, random) -> {
                    Inputs plane = plane(number, random);
                    double[][] x = plane.at(0);
                    double[][] dY = numbers(number, random, pool(plane, PoolingExercise::mean));
                    return Inputs.of(dY, x.length, x[0].length, plane.at(1), plane.at(2));
                },
                in -> AveragePooling.dX(batch(in.at(0)), in.at(1), in.at(2), in.at(3), in.at(4))[0][0],
                List.of(
                        new Mistake(
                                "Where windows overlap, a number lies in several: += adds to what is there, = replaces it.",
                                in -> spread(canvas(in), true, window -> fill(window, 1.0 / window.length))),
                        new Mistake(
                                "Everyone gets all the blame: a number had a say of 1/R² only.",
                                in -> spread(canvas(in), false, window -> fill(window, 1))),
                        new Mistake(
                                "Divided by R: a window has R² numbers.",
                                in -> spread(canvas(in), false, window -> fill(window, 1 / Math.sqrt(window.length)))),
                        new Mistake(
                                "Only the first number of each window gets its share.",
                                in -> spread(canvas(in), false, w -> scaled(first(w), 1.0 / w.length))),
                        new Mistake(
                                "Only the first number of each window gets the blame, and all of it.",
                                in -> spread(canvas(in), false, PoolingExercise::first)),
                        new Mistake(
                                "Divided by the number of windows: a window has R² numbers.",
                                in -> spread(canvas(in), false, w -> fill(w, 1.0 / windows(in.at(0)))))));
    }

    // ---- what a pool does not notice ----

    private static Task whichCell() {
        return new Task(
                "which-cell",
                "int[] whichCell()",
                2,
                1,
                Draw.nothing(),
                in -> new int[] {1, 1, 2},
                List.of(
                        new Mistake("Pixels 2 and 3 lie in one window: windows begin at 0, 2, 4, 6.", in ->
                                new int[] {1, 2, 2}),
                        new Mistake(
                                "Those are the pixels. The output has half as many places.", in -> new int[] {2, 3, 4}),
                        new Mistake("Pixel 4 begins a new window.", in -> new int[] {1, 1, 1}),
                        new Mistake("Places are counted from 0.", in -> new int[] {2, 2, 3}),
                        new Mistake(
                                "The output moves half as far, so not with every pixel.", in -> new int[] {1, 2, 3}),
                        new Mistake("Windows do not overlap here: their stride is 2.", in -> new int[] {1, 3, 4})));
    }

    // ---- small tools ----

    /** A small plane first; then overlapping, touching and distant windows, negative numbers, and ties. */
    private static Inputs plane(int number, RandomStream random) {
        int[] windows = {2, 2, 3, 2, 3};
        int[] strides = {2, 1, 2, 3, 1};
        int h = number == 0 ? 4 : whole(random, 6, 8);
        double[][] x = numbers(number, random, new double[h][number == 0 ? 2 : h + whole(random, 1, 3)]);
        double shift = number % 2 == 1 ? 1 : 0;
        return Inputs.of(
                Nested.map(x, v -> number < 3 ? v - shift : Math.rint(2 * (v - shift)) / 2),
                windows[number],
                strides[number]);
    }

    private static double[][][][] batch(double[][] plane) {
        return new double[][][][] {{plane}};
    }

    /** dY, a plane of zeros, window, stride: what {@link #spread} takes. */
    private static Inputs canvas(Inputs in) {
        return Inputs.of(in.at(0), new double[in.<Integer>at(1)][in.<Integer>at(2)], in.at(3), in.at(4));
    }

    private static double[][] pool(Inputs in, ToDoubleFunction<double[]> reduce) {
        return pool(in.at(0), in.at(1), in.at(2), reduce);
    }

    private static double[][] pool(double[][] x, int R, int s, ToDoubleFunction<double[]> reduce) {
        double[][] y = new double[(x.length - R) / s + 1][(x[0].length - R) / s + 1];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[0].length; j++) {
                y[i][j] = reduce.applyAsDouble(window(x, R, s * i, s * j));
            }
        }
        return y;
    }

    /** Each window's number of dY goes back in the shares that its numbers deserve. */
    private static double[][] spread(Inputs in, boolean replace, UnaryOperator<double[]> shares) {
        double[][] dY = in.at(0);
        double[][] x = in.at(1);
        int R = in.at(2);
        int s = in.at(3);
        double[][] dX = new double[x.length][x[0].length];
        for (int i = 0; i < dY.length; i++) {
            for (int j = 0; j < dY[0].length; j++) {
                double[] share = shares.apply(window(x, R, s * i, s * j));
                for (int a = 0; a < share.length; a++) {
                    double blame = share[a] * dY[i][j];
                    int row = s * i + a / R;
                    int column = s * j + a % R;
                    dX[row][column] = blame == 0 ? dX[row][column] : blame + (replace ? 0 : dX[row][column]);
                }
            }
        }
        return dX;
    }

    private static double[] window(double[][] x, int R, int top, int left) {
        double[] window = new double[R * R];
        Arrays.setAll(window, a -> x[top + a / R][left + a % R]);
        return window;
    }

    private static double largest(double[] window) {
        return Arrays.stream(window).max().orElseThrow();
    }

    private static double smallest(double[] window) {
        return Arrays.stream(window).min().orElseThrow();
    }

    private static double mean(double[] window) {
        return Arrays.stream(window).average().orElseThrow();
    }

    private static double farthest(double[] window) {
        return -smallest(window) > largest(window) ? smallest(window) : largest(window);
    }

    private static double[] firstRow(double[] window) {
        return Arrays.copyOf(window, (int) Math.sqrt(window.length));
    }

    private static double[] fill(double[] window, double value) {
        return Nested.map(window, v -> value);
    }

    private static double[] marks(double[] window, double value) {
        return Nested.map(window, v -> v == value ? 1 : 0);
    }

    private static double[] first(double[] window) {
        double[] first = new double[window.length];
        first[0] = 1;
        return first;
    }

    private static double[] winner(double[] window, boolean last) {
        double[] marks = marks(window, largest(window));
        double[] winner = new double[marks.length];
        for (int a = 0; a < marks.length; a++) {
            int place = last ? marks.length - 1 - a : a;
            if (marks[place] == 1) {
                winner[place] = 1;
                return winner;
            }
        }
        return winner;
    }

    private static int windows(double[][] dY) {
        return dY.length * dY[0].length;
    }
}
