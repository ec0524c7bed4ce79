package atelier.grade;

import static atelier.grade.Draw.numbers;
import static atelier.grade.Draw.whole;
import static atelier.grade.Slips.scaled;
import static atelier.grade.Slips.transposed;

import atelier.definition.Dense;
import atelier.definition.FrechetDistance;
import atelier.definition.Nested;
import atelier.definition.PrecisionRecall;
import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** The tasks of exercises/17-measuring: equations (E1), (E3) and (E4), and what a thief is told. */
final class MeasuringExercise {

    private MeasuringExercise() {}

    static Exercise exercise() {
        return new Exercise(
                "17-measuring", List.of(byHand(), covariance(), frechet(), ballRadii(), precisionRecall(), thieves()));
    }

    // ---- (E1) in one dimension, with a pencil ----

    private static Task byHand() {
        return new Task(
                "frechet-by-hand",
                "double frechetByHand()",
                2,
                1,
                Draw.nothing(),
                in -> FrechetDistance.of(
                        new double[] {1}, new double[][] {{9}}, new double[] {4}, new double[][] {{1}}),
                List.of(
                        new Mistake(
                                "The gap of the means is squared, too: a grain pays the square of its way.",
                                in -> 3.0 + 4),
                        new Mistake("Neither gap is squared: a grain pays the square of its way.", in -> 3.0 + 2),
                        new Mistake(
                                "Those are the variances. What is stretched from 3 to 1 is the deviation.",
                                in -> 9.0 + 64),
                        new Mistake(
                                "That is the price of carrying each grain anywhere. In order it is less, by 2·σ₁·σ₂.",
                                in -> 9.0 + 9 + 1),
                        new Mistake("The heaps are not equally wide, and that has its price, too.", in -> 9.0),
                        new Mistake("The heaps do not lie at the same place, and that has its price, too.", in -> 4.0),
                        new Mistake(
                                "Those are variances, subtracted. Subtract the deviations, then square.",
                                in -> 9.0 + 8),
                        new Mistake("No root in the end: (E1) is a squared distance.", in -> Math.sqrt(13))));
    }

    // ---- the cloud ----

    private static Task covariance() {
        return new Task(
                "feature-covariance",
                "double[][] featureCovariance(double[][] x)",
                3,
                5,
                (number, random) -> {
                    int points = number == 0 ? 3 : whole(random, 4, 7);
                    double[][] x = numbers(number, random, new double[points][number == 0 ? 2 : whole(random, 2, 3)]);
                    if (number == 0) {
                        x[2] = Nested.map(x[0], x[1], (a, b) -> 3 - a - b); // all means are 1
                    }
                    for (double[] point : x) {
                        point[0] += number == 3 ? 1e7 : 0;
                    }
                    return Inputs.of((Object) x);
                },
                in -> FrechetDistance.covariance(in.at(0)),
                List.of(
                        new Mistake(
                                "That is divided by N. The mean was taken from the same points, so divide by N − 1.",
                                in -> scaled(FrechetDistance.covariance(in.at(0)), 1 - 1.0 / points(in, 0))),
                        new Mistake(
                                "That is a sum over the points: divide by N − 1.",
                                in -> scaled(FrechetDistance.covariance(in.at(0)), points(in, 0) - 1)),
                        new Mistake(
                                "The mean has not been taken away: where the cloud lies must not matter.",
                                in -> scaled(Dense.dW(in.at(0), in.at(0)), 1.0 / (points(in, 0) - 1))),
                        new Mistake(
                                "Points and features have changed places: x[n] is a point, and a mean goes over n.",
                                in -> FrechetDistance.covariance(transposed(in.at(0)))),
                        new Mistake(
                                "Beside the diagonal there is something, too: which features rise together.",
                                in -> entries(in, (sigma, i, j) -> i == j ? sigma[i][j] : 0)),
                        new Mistake(
                                "Those are correlations. A covariance is not divided by the deviations.",
                                in -> entries(in, (sigma, i, j) -> sigma[i][j] / Math.sqrt(sigma[i][i] * sigma[j][j]))),
                        new Mistake(
                                "Right on paper, but where a cloud lies far from 0 two huge numbers are subtracted and the digits are"
                                        + " lost. Take the mean away first.",
                                MeasuringExercise::atOnce)));
    }

    private static int points(Inputs in, int place) {
        return in.<double[][]>at(place).length;
    }

    /** (Σ_n x[n][i]·x[n][j] − N·μ_i·μ_j) / (N − 1). */
    private static double[][] atOnce(Inputs in) {
        double[][] x = in.at(0);
        double[] mu = FrechetDistance.mean(x);
        double[][] sums = Dense.dW(x, x);
        return entries(in, (sigma, i, j) -> (sums[i][j] - x.length * mu[i] * mu[j]) / (x.length - 1));
    }

    private interface Entry {
        double of(double[][] sigma, int i, int j);
    }

    private static double[][] entries(Inputs in, Entry entry) {
        double[][] sigma = FrechetDistance.covariance(in.at(0));
        double[][] other = Nested.copy(sigma);
        for (int i = 0; i < sigma.length; i++) {
            for (int j = 0; j < sigma.length; j++) {
                other[i][j] = entry.of(sigma, i, j);
            }
        }
        return other;
    }

    // ---- (E1) in the plane ----

    private static Task frechet() {
        return new Task(
                "frechet-in-the-plane",
                "double frechetInThePlane(double[] mu1, double[][] sigma1, double[] mu2, double[][] sigma2)",
                4,
                5,
                (number, random) -> Inputs.of(
                        numbers(number, random, new double[2]),
                        spread(number, random),
                        numbers(number, random, new double[2]),
                        spread(number, random)),
                in -> FrechetDistance.of(in.at(0), in.at(1), in.at(2), in.at(3)),
                List.of(
                        new Mistake(
                                "The root of the product is missing.",
                                in -> distance(in, (a, b) -> trace(product(a, b)))),
                        new Mistake(
                                "Σ₁Σ₂ counts twice: a plan that keeps the order saves 2·σ₁·σ₂.",
                                in -> distance(
                                        in,
                                        (a, b) -> Math.sqrt(trace(product(a, b)) + 2 * Math.sqrt(det(product(a, b))))
                                                / 2)),
                        new Mistake(
                                "The root of the trace is not the trace of the root: (√λ₁ + √λ₂)² has a mixed term.",
                                in -> distance(in, (a, b) -> Math.sqrt(trace(product(a, b))))),
                        new Mistake(
                                "The mixed term is 2·√(λ₁λ₂): the determinant stands below a root.",
                                in -> distance(in, (a, b) -> Math.sqrt(trace(product(a, b)) + 2 * det(product(a, b))))),
                        new Mistake(
                                "The mixed term of a square counts twice.",
                                in -> distance(
                                        in, (a, b) -> Math.sqrt(trace(product(a, b)) + Math.sqrt(det(product(a, b)))))),
                        new Mistake(
                                "The trace of a product is not the product of the traces: multiply the matrices first.",
                                in -> distance(
                                        in, (a, b) -> Math.sqrt(trace(a) * trace(b) + 2 * Math.sqrt(det(a) * det(b))))),
                        new Mistake(
                                "Only the variances are seen, as if the features had nothing to do with each other.",
                                in -> distance(
                                        in, (a, b) -> Math.sqrt(a[0][0] * b[0][0]) + Math.sqrt(a[1][1] * b[1][1]))),
                        new Mistake(
                                "No root in the end: (E1) is a squared distance.",
                                in -> Math.sqrt(FrechetDistance.of(in.at(0), in.at(1), in.at(2), in.at(3))))));
    }

    /** In the first case a square of whole numbers, and of the same axes for both clouds: all roots are whole. */
    private static double[][] spread(int number, RandomStream random) {
        double a = whole(random, 2, 5);
        double b = random.below(2) == 0 ? 1 : -1;
        double[][] root = number == 0 ? new double[][] {{a, b}, {b, a}} : numbers(number, random, new double[2][2]);
        double[][] sigma = product(root, transposed(root));
        for (int i = 0; i < 2; i++) {
            sigma[i][i] += number == 0 ? 0 : 0.1;
        }
        return sigma;
    }

    /** (E1) with what is put for the trace of the root. */
    private static double distance(Inputs in, ToDoubleBiFunction<double[][], double[][]> traceOfRoot) {
        double[][] sigma1 = in.at(1);
        double[][] sigma2 = in.at(3);
        double[][] none = new double[2][2];
        return FrechetDistance.of(in.at(0), none, in.at(2), none)
                + trace(sigma1)
                + trace(sigma2)
                - 2 * traceOfRoot.applyAsDouble(sigma1, sigma2);
    }

    private static double[][] product(double[][] a, double[][] b) {
        return Dense.forward(a, b, new double[b[0].length]);
    }

    private static double trace(double[][] a) {
        return a[0][0] + a[1][1];
    }

    private static double det(double[][] a) {
        return a[0][0] * a[1][1] - a[0][1] * a[1][0];
    }

    // ---- how far a ball reaches ----

    private static Task ballRadii() {
        return new Task(
                "ball-radii",
                "double[] ballRadii(double[][] x, int k)",
                3,
                5,
                (number, random) -> {
                    boolean small = number == 0; // points on a line
                    double[][] x = new double[small ? 4 : whole(random, 5, 8)][small ? 1 : whole(random, 2, 3)];
                    return Inputs.of(scaled(numbers(number, random, x), 2), small ? 1 : whole(random, 2, 3));
                },
                in -> radii(in, (distances, k) -> distances[k]),
                List.of(
                        new Mistake(
                                "Each point has counted itself as its nearest neighbour.",
                                in -> radii(in, (distances, k) -> distances[k - 1])),
                        new Mistake(
                                "One neighbour too far: that is the ball of k + 1.",
                                in -> radii(in, (distances, k) -> distances[k + 1])),
                        new Mistake(
                                "Those are squares. A radius is a distance.",
                                in -> radii(in, (distances, k) -> distances[k] * distances[k])),
                        new Mistake(
                                "That is the nearest neighbour, whatever k is.",
                                in -> radii(in, (distances, k) -> distances[1])),
                        new Mistake(
                                "That is the farthest point of the cloud: count from the near end.",
                                in -> radii(in, (distances, k) -> distances[distances.length - 1])),
                        new Mistake(
                                "That is a mean over the k nearest. The ball reaches to the last of them.",
                                in -> radii(
                                        in,
                                        (distances, k) -> Arrays.stream(distances, 0, k + 1)
                                                        .sum()
                                                / k))));
    }

    private interface Pick {
        double of(double[] distances, int k);
    }

    /** Of each point what is picked of the distances to all points, sorted, with the 0 to itself in front. */
    private static double[] radii(Inputs in, Pick pick) {
        double[][] x = in.at(0);
        int k = in.at(1);
        return Arrays.stream(x)
                .mapToDouble(point -> pick.of(distances(point, x), k))
                .toArray();
    }

    private static double[] distances(double[] point, double[][] set) {
        return Arrays.stream(set)
                .mapToDouble(other -> gap(point, other))
                .sorted()
                .toArray();
    }

    private static double gap(double[] a, double[] b) {
        return Math.sqrt(
                Arrays.stream(Nested.map(a, b, (p, q) -> (p - q) * (p - q))).sum());
    }

    // ---- (E3) and (E4) ----

    /** No point lies so near to a ball's skin that the order of a sum could decide. */
    private static Inputs clouds(int number, RandomStream random) {
        boolean small = number == 0; // real points at even places of a line, samples at odd ones
        int n = small ? 4 : whole(random, 6, 8);
        double[][] x = scaled(numbers(number, random, new double[n][small ? 1 : 2]), 2);
        double[][] y = numbers(number, random, new double[n + whole(random, 1, 3)][small ? 1 : 2]);
        y = Nested.map(y, v -> small ? 2 * v + 1 : number % 2 == 0 ? 3 * v : 1.3 * v);
        int k = small ? 1 : number == 4 ? 2 : whole(random, 2, 3);
        if (number > 3) { // two groups, or a group and a loner, and a sample between them
            x = scaled(x, 0.1);
            for (int i = number == 4 ? 3 : n - 1; i < n; i++) {
                x[i][0] += 6;
            }
            y[0] = new double[] {1, 0};
        }
        return clear(x, y, k) && clear(y, x, k) ? Inputs.of(x, y, k) : clouds(number, random);
    }

    private static boolean clear(double[][] x, double[][] y, int k) {
        return Arrays.stream(x)
                .allMatch(centre -> Arrays.stream(y)
                        .allMatch(point -> Math.abs(gap(centre, point) - distances(centre, x)[k]) > 1e-6));
    }

    private static Task precisionRecall() {
        return new Task(
                "precision-recall",
                "double[] precisionRecall(double[][] x, double[][] y, int k)",
                4,
                6,
                MeasuringExercise::clouds,
                in -> new double[] {
                    PrecisionRecall.precision(in.at(0), in.at(1), in.at(2)),
                    PrecisionRecall.recall(in.at(0), in.at(1), in.at(2))
                },
                List.of(
                        new Mistake(
                                "Precision and recall have changed places: precision asks about the samples.",
                                in -> shares(Inputs.of(in.at(1), in.at(0), in.at(2)), MeasuringExercise::holds)),
                        new Mistake(
                                "Each point has counted itself as its nearest neighbour, so the balls are too small.",
                                in -> shares(in, (x, i, y, j, k) -> holds(x, i, y, j, k - 1))),
                        new Mistake(
                                "One neighbour too far: those are the balls of k + 1.",
                                in -> shares(in, (x, i, y, j, k) -> holds(x, i, y, j, k + 1))),
                        new Mistake(
                                "A square is compared with a distance. Both need the root, or neither.",
                                in -> shares(
                                        in, (x, i, y, j, k) -> Math.pow(gap(x[i], y[j]), 2) <= distances(x[i], x)[k])),
                        new Mistake(
                                "Only the nearest point's ball is asked. A loner farther off has a larger one.",
                                in -> shares(
                                        in,
                                        (x, i, y, j, k) ->
                                                holds(x, i, y, j, k) && gap(x[i], y[j]) == distances(y[j], x)[0])),
                        new Mistake(
                                "The balls belong to the other side: a sample is at home in the ball of a real point, not in its own.",
                                in -> shares(in, (x, i, y, j, k) -> holds(y, j, x, i, k))),
                        new Mistake(
                                "Only the last ball counts: who has been found at home stays at home.",
                                in -> shares(in, (x, i, y, j, k) -> i == x.length - 1 && holds(x, i, y, j, k))),
                        new Mistake("Those are numbers of points: divide by how many were asked.", in -> {
                            double[] share = shares(in, MeasuringExercise::holds);
                            return new double[] {share[0] * points(in, 1), share[1] * points(in, 0)};
                        }),
                        new Mistake(
                                "Whole numbers divide to a whole number: 3 / 4 is 0.",
                                in -> Nested.map(shares(in, MeasuringExercise::holds), Math::floor))));
    }

    /** Whether point j of y lies in the ball of point i of x. */
    private interface Ball {
        boolean of(double[][] x, int i, double[][] y, int j, int k);
    }

    private static boolean holds(double[][] x, int i, double[][] y, int j, int k) {
        return gap(x[i], y[j]) <= distances(x[i], x)[k];
    }

    private static double[] shares(Inputs in, Ball ball) {
        return new double[] {share(in.at(0), in.at(1), in.at(2), ball), share(in.at(1), in.at(0), in.at(2), ball)};
    }

    private static double share(double[][] x, double[][] y, int k, Ball ball) {
        return IntStream.range(0, y.length)
                        .filter(j -> IntStream.range(0, x.length).anyMatch(i -> ball.of(x, i, y, j, k)))
                        .count()
                / (double) y.length;
    }

    // ---- what a thief is told ----

    private static Task thieves() {
        return new Task(
                "thieves",
                "double[] thieves()",
                2,
                1,
                Draw.nothing(),
                in -> new double[] {0, 1, 1, 1, 0.01},
                List.of(
                        new Mistake(
                                "Even a ball of radius 0 holds its own middle: one of the hundred real images lies there.",
                                in -> new double[] {0, 1, 1, 1, 0}),
                        new Mistake("B's three nearest neighbours are copies, too. How large are his balls?", in ->
                                new double[] {0, 1, 1, 1, 1}),
                        new Mistake(
                                "None of the three asks who made the image. They compare two sets, and are pleased with copies.",
                                in -> new double[] {0, 0, 0, 0, 0}),
                        new Mistake(
                                "B's precision and recall have changed places: each of his samples is a real image.",
                                in -> new double[] {0, 1, 1, 0.01, 1}),
                        new Mistake(
                                "Precision is a share of the samples: all of B's hundred lie where a real image lies.",
                                in -> new double[] {0, 1, 1, 0.01, 0.01}),
                        new Mistake("Between two equal sets there is no distance: same means, same covariances.", in ->
                                new double[] {1, 1, 1, 1, 0.01}),
                        new Mistake("Shares are asked for, not numbers of images.", in ->
                                new double[] {0, 100, 100, 100, 1})));
    }
}
