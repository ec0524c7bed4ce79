package atelier.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Convolution;
import atelier.definition.Difference;
import atelier.definition.GradientCheck;
import atelier.definition.Nested;
import atelier.layer.Affine;
import atelier.layer.BatchNorm;
import atelier.layer.Conv2d;
import atelier.layer.Dense;
import atelier.layer.Flatten;
import atelier.layer.Layer;
import atelier.layer.LayerLaws;
import atelier.layer.LeakyRelu;
import atelier.layer.Parameter;
import atelier.layer.Sequential;
import atelier.layer.SpectralNorm;
import atelier.layer.Tanh;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientPenaltyTest {

    private static final double LAMBDA = 10;
    private static final double ALPHA = 0.25;

    private final RandomStream random = RandomStream.seed(1);

    // ---- worked by hand ----

    @Test
    void w2_w3_w4_workedByHandForOneLayer() {
        Dense dense = new Dense("dense", Tensor.of(new float[] {3, 4}, 2, 1), Tensor.of(new float[] {7}, 1));
        Sequential critic = new Sequential(new Flatten(), dense);
        critic.parameters().forEach(p -> p.gradient().fill(99)); // of another loss: it goes
        GradientPenalty penalty = new GradientPenalty(LAMBDA, random);
        double p = penalty.add(critic, LayerLaws.normal(1, 3, 1, 1, 2), LayerLaws.normal(2, 3, 1, 1, 2));
        assertEquals(10 * 16, p, 1e-12); // the slope is W itself, 5 long, everywhere
        assertEquals(5, penalty.slope(), 1e-12);
        float[] dW = dense.parameters().get(0).gradient().data();
        assertArrayEquals(new float[] {2 * 10 * 4 * 0.6f, 2 * 10 * 4 * 0.8f}, dW, 1e-4f);
        assertEquals(0, dense.parameters().get(1).gradient().data()[0]);
    }

    // ---- equality with the definition ----

    /** conv 4@4×4/2 pad 1, leaky, conv 5@3×3 pad 1 dilation 1, leaky, flatten, dense: as (C1)–(C3) and (D1)–(D3) say. */
    private record Defined(double[][][][] w1, double[] b1, double[][][][] w2, double[] b2, double[][] w3, double[] b3) {

        /** y₁ and y₂, before the bends. */
        double[][][][][] outputs(double[][][][] x) {
            double[][][][] y1 = Convolution.forward(x, w1, b1, 2, 1, 1);
            double[][][][] y2 = Convolution.forward(bent(y1, y1), w2, b2, 1, 1, 1);
            return new double[][][][][] {y1, y2};
        }

        /** δ₁ and δ₂. */
        double[][][][][] blames(double[][][][] x) {
            double[][][][][] y = outputs(x);
            double[][] one = Nested.map(new double[x.length][1], v -> 1);
            double[] arriving = Nested.flat(atelier.definition.Dense.dX(one, w3));
            double[][][][] d2 =
                    bent(Nested.images(arriving, x.length, 5, y[1][0][0].length, y[1][0][0][0].length), y[1]);
            double[][][][] d1 = bent(Convolution.dX(d2, w2, y[0][0][0].length, y[0][0][0][0].length, 1, 1, 1), y[0]);
            return new double[][][][][] {d1, d2};
        }

        double[][] slope(double[][][][] x) {
            double[][][][] g = Convolution.dX(blames(x)[0], w1, x[0][0].length, x[0][0][0].length, 2, 1, 1);
            return rows(g);
        }

        double penalty(double[][][][] x) {
            return atelier.definition.GradientPenalty.penalty(slope(x), LAMBDA);
        }

        /** (W4): dW₁, dW₂ and dW₃. */
        Object[] gradient(double[][][][] x) {
            double[][][][][] y = outputs(x);
            double[][][][][] delta = blames(x);
            double[] v = Nested.flat(atelier.definition.GradientPenalty.dG(slope(x), LAMBDA));
            double[][][][] dot = Nested.images(v, x.length, x[0].length, x[0][0].length, x[0][0][0].length);
            double[][][][] dW1 = Convolution.dW(delta[0], dot, 4, 2, 1, 1);
            dot = bent(Convolution.forward(dot, w1, new double[4], 2, 1, 1), y[0]);
            double[][][][] dW2 = Convolution.dW(delta[1], dot, 3, 1, 1, 1);
            dot = bent(Convolution.forward(dot, w2, new double[5], 1, 1, 1), y[1]);
            double[][] one = Nested.map(new double[x.length][1], e -> 1);
            return new Object[] {dW1, dW2, atelier.definition.Dense.dW(one, rows(dot))};
        }

        private static double[][][][] bent(double[][][][] d, double[][][][] y) {
            return Nested.map(d, y, (e, v) -> atelier.definition.LeakyRelu.dX(e, v, ALPHA));
        }

        private static double[][] rows(double[][][][] images) {
            double[] numbers = Nested.flat(images);
            return Nested.matrix(numbers, images.length, numbers.length / images.length);
        }
    }

    /** The same of layers; images of 8×6 pixels. */
    private Sequential critic(int channels) {
        return new Sequential(
                new Conv2d("conv1", normal(0.3, 4, channels, 4, 4), normal(0.5, 4), 2, 1, 1),
                new LeakyRelu(ALPHA),
                new Conv2d("conv2", normal(0.3, 5, 4, 3, 3), normal(0.5, 5), 1, 1, 1),
                new LeakyRelu(ALPHA),
                new Flatten(),
                new Dense("dense", normal(0.3, 60, 1), normal(0.5, 1)));
    }

    private Tensor normal(double deviation, int... shape) {
        return Tensor.normal(random, deviation, shape);
    }

    private static Defined defined(Sequential critic) {
        List<Parameter> p = critic.parameters();
        return new Defined(
                p.get(0).value().nested(),
                Nested.toDoubles(p.get(1).value().data()),
                p.get(2).value().nested(),
                Nested.toDoubles(p.get(3).value().data()),
                Nested.matrix(p.get(4).value().data(), 60, 1),
                Nested.toDoubles(p.get(5).value().data()));
    }

    /** (W1) with the a that this stream gives next. */
    private static double[][][][] mixed(Tensor real, Tensor fake, RandomStream random) {
        double[][][][] x = real.nested();
        double[][][][] mixed = fake.nested();
        for (int n = 0; n < x.length; n++) {
            double a = random.uniform();
            mixed[n] = Nested.map(x[n], mixed[n], (r, f) -> a * r + (1 - a) * f);
        }
        return mixed;
    }

    @Test
    void w4_ofTheDefinitionMatchesFiniteDifferencesOfThePenalty() {
        Defined critic = defined(critic(2));
        double[][][][] x = LayerLaws.normal(3, 3, 2, 8, 6).nested();
        Object[] gradient = critic.gradient(x);
        check(GradientCheck.ofLoss(
                critic.w1,
                w -> new Defined(w, critic.b1, critic.w2, critic.b2, critic.w3, critic.b3).penalty(x),
                (double[][][][]) gradient[0]));
        check(GradientCheck.ofLoss(
                critic.w2,
                w -> new Defined(critic.w1, critic.b1, w, critic.b2, critic.w3, critic.b3).penalty(x),
                (double[][][][]) gradient[1]));
        check(GradientCheck.ofLoss(
                critic.w3,
                w -> new Defined(critic.w1, critic.b1, critic.w2, critic.b2, w, critic.b3).penalty(x),
                (double[][]) gradient[2]));
    }

    private static void check(GradientCheck check) {
        assertTrue(check.passes(), check::toString);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void w1_w2_w3_w4_ofAConvolutionalCriticEqualTheDefinition(Layout layout) {
        for (int channels : new int[] {1, 2}) {
            Sequential critic = critic(channels);
            Defined defined = defined(critic);
            for (int n : new int[] {9, 2, 9}) {
                Tensor real = LayerLaws.normal(4, n, channels, 8, 6);
                Tensor fake = LayerLaws.normal(5, n, channels, 8, 6);
                double[][][][] x = mixed(real, fake, RandomStream.seed(6));
                GradientPenalty penalty = new GradientPenalty(LAMBDA, RandomStream.seed(6));
                double p = penalty.add(critic, real, layout == Layout.ROW_MAJOR ? fake : fake.channelsLast());
                assertEquals(defined.penalty(x), p, 1e-5 * p);
                Object[] gradient = defined.gradient(x);
                for (int l = 0; l < 3; l++) {
                    same(gradient[l], critic.parameters().get(2 * l).gradient());
                    for (float d : critic.parameters().get(2 * l + 1).gradient().data()) {
                        assertEquals(0, d); // a bias has no part in a slope
                    }
                }
            }
        }
    }

    private static void same(Object expected, Tensor got) {
        Difference worst = Difference.largest(expected, got.data());
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    @Test
    void w4_matchesFiniteDifferencesOfThePenaltyItselfInFloatThroughSpectralNormalisationToo() {
        Sequential plain = critic(1);
        Sequential spectral = new Sequential(
                Affine.centred(),
                new Conv2d("conv1", normal(0.3, 4, 1, 4, 4), normal(0.5, 4), 2, 1, 1),
                new LeakyRelu(ALPHA),
                new Flatten(),
                new SpectralNorm(
                        new Dense("dense", normal(0.3, 48, 1), normal(0.5, 1)), random)); // u and v stay: one column
        for (Sequential critic : List.of(plain, spectral)) {
            critic.parameters().forEach(p -> p.value().data()[0] += 0.01f);
            penalty(critic);
            for (Parameter parameter : critic.parameters()) {
                double[] analytic = Nested.toDoubles(parameter.gradient().data());
                double[] numeric = new double[analytic.length];
                for (int i = 0; i < numeric.length; i++) {
                    numeric[i] = slope(critic, parameter.value().data(), i);
                }
                penalty(critic); // the gradients as they were
                double scale = 0;
                for (double d :
                        Nested.toDoubles(critic.parameters().get(0).gradient().data())) {
                    scale = Math.max(scale, Math.abs(d));
                }
                for (int i = 0; i < numeric.length; i++) {
                    assertEquals(numeric[i], analytic[i], 0.01 * scale, parameter.name() + " " + i);
                }
            }
        }
    }

    private static double slope(Layer critic, float[] numbers, int i) {
        float here = numbers[i];
        float h = 0x1p-10f;
        numbers[i] = here + h;
        double right = penalty(critic);
        numbers[i] = here - h;
        double left = penalty(critic);
        numbers[i] = here;
        return (right - left) / (2 * h);
    }

    /** P, always of the same images and the same a. */
    private static double penalty(Layer critic) {
        return new GradientPenalty(LAMBDA, RandomStream.seed(6))
                .add(critic, LayerLaws.normal(4, 5, 1, 8, 6), LayerLaws.normal(5, 5, 1, 8, 6));
    }

    // ---- of a model ----

    @Test
    void ofAModelItIsThatOfItsDiscriminator() {
        Gan gan = Gan.dense(8, RandomStream.seed(2));
        Tensor real = Tensor.uniform(random, 0, 1, 4, 1, 28, 28);
        Tensor fake = Tensor.uniform(random, 0, 1, 4, 1, 28, 28);
        double expected = new GradientPenalty(LAMBDA, RandomStream.seed(6)).add(gan.discriminator(), real, fake);
        List<float[]> gradients = gradients(gan.discriminator());
        double p = new GradientPenalty(LAMBDA, RandomStream.seed(6)).penalise(gan, real, fake, null);
        assertEquals(expected, p);
        List<float[]> again = gradients(gan.discriminator());
        for (int i = 0; i < gradients.size(); i++) {
            assertArrayEquals(gradients.get(i), again.get(i));
        }
    }

    @Test
    void whereThereIsAnOutputForEachClassTheLabelsIsMeant() {
        Tensor w = normal(0.5, 48, 3);
        Tensor column = Tensor.zeros(48, 1);
        for (int f = 0; f < 48; f++) {
            column.data()[f] = w.at(f, 1);
        }
        Tensor kernel = normal(0.3, 4, 1, 4, 4);
        Sequential three = judge(kernel, w);
        Sequential one = judge(kernel, column);
        Gan gan = new Gan("", "", 8, 3, new Flatten(), three, random);
        Tensor real = LayerLaws.normal(4, 5, 1, 8, 6);
        Tensor fake = LayerLaws.normal(5, 5, 1, 8, 6);
        double p =
                new GradientPenalty(LAMBDA, RandomStream.seed(6)).penalise(gan, real, fake, new int[] {1, 1, 1, 1, 1});
        assertEquals(new GradientPenalty(LAMBDA, RandomStream.seed(6)).add(one, real, fake), p, 1e-5 * p);
        same(
                one.parameters().get(0).gradient().nested(),
                three.parameters().get(0).gradient());
        Tensor dW = three.parameters().get(2).gradient();
        for (int f = 0; f < 48; f++) {
            assertEquals(one.parameters().get(2).gradient().at(f, 0), dW.at(f, 1), 1e-4f);
            assertEquals(0, dW.at(f, 0));
            assertEquals(0, dW.at(f, 2));
        }
    }

    private static Sequential judge(Tensor kernel, Tensor w) {
        return new Sequential(
                new Conv2d("conv", kernel.copy(), Tensor.zeros(4), 2, 1, 1),
                new LeakyRelu(ALPHA),
                new Flatten(),
                new Dense("dense", w, Tensor.zeros(w.size(1))));
    }

    private static List<float[]> gradients(Layer layer) {
        return layer.parameters().stream().map(p -> p.gradient().data().clone()).toList();
    }

    // ---- laws ----

    @Test
    void stepsAgainstItsGradientBringTheSlopesTo1() {
        Sequential critic = critic(1);
        Tensor real = LayerLaws.normal(4, 16, 1, 8, 6);
        Tensor fake = LayerLaws.normal(5, 16, 1, 8, 6);
        GradientPenalty penalty = new GradientPenalty(LAMBDA, random);
        double before = penalty.add(critic, real, fake);
        for (int step = 0; step < 200; step++) {
            penalty.add(critic, real, fake);
            for (Parameter parameter : critic.parameters()) {
                for (int i = 0; i < parameter.value().length(); i++) {
                    parameter.value().data()[i] -= 3e-4f * parameter.gradient().data()[i];
                }
            }
        }
        assertTrue(penalty.add(critic, real, fake) < before / 10, before + " " + penalty.slope());
        assertEquals(1, penalty.slope(), 0.15);
    }

    @Test
    void itMeasuresBetweenTheImagesAnywhereAndDrawsOneNumberForEach() {
        RandomStream stream = RandomStream.seed(6);
        GradientPenalty penalty = new GradientPenalty(LAMBDA, stream);
        penalty.add(critic(1), LayerLaws.normal(4, 7, 1, 8, 6), LayerLaws.normal(5, 7, 1, 8, 6));
        assertEquals(7, stream.position());
        assertEquals(List.of(stream), penalty.randomness());
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() {
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            Gan gan = Gan.dense(8, RandomStream.seed(2));
            Tensor real = Tensor.uniform(RandomStream.seed(3), 0, 1, 33, 1, 28, 28);
            Tensor fake = Tensor.uniform(RandomStream.seed(4), 0, 1, 33, 1, 28, 28);
            double p = new GradientPenalty(LAMBDA, RandomStream.seed(6)).penalise(gan, real, fake, null);
            List<float[]> results = new ArrayList<>(gradients(gan.discriminator()));
            results.add(new float[] {(float) p});
            return results;
        });
    }

    @Test
    void aPenaltyAllocatesNothing() {
        Sequential critic = critic(1);
        Tensor real = LayerLaws.normal(4, 9, 1, 8, 6);
        Tensor fake = LayerLaws.normal(5, 9, 1, 8, 6).channelsLast();
        GradientPenalty penalty = new GradientPenalty(LAMBDA, random);
        LayerLaws.allocatesNothing(() -> penalty.add(critic, real, fake));
    }

    @Test
    void aSlopeOf0PullsNowhereButCosts() {
        Dense dense = new Dense("dense", Tensor.zeros(48, 1), Tensor.zeros(1));
        GradientPenalty penalty = new GradientPenalty(LAMBDA, random);
        Tensor x = LayerLaws.normal(4, 3, 1, 8, 6);
        assertEquals(10, penalty.add(new Sequential(new Flatten(), dense), x, x));
        assertArrayEquals(new float[48], dense.parameters().get(0).gradient().data());
    }

    // ---- wrong use ----

    @Test
    void batchNormalisationAndCurvesAreRefused() {
        Tensor x = LayerLaws.normal(4, 3, 1, 28, 28);
        GradientPenalty penalty = new GradientPenalty(LAMBDA, random);
        Gan dcgan = Gan.convolutional(8, RandomStream.seed(2));
        String message = assertThrows(IllegalStateException.class, () -> penalty.penalise(dcgan, x, x, null))
                .getMessage();
        assertTrue(message.contains("BatchNorm in place 4") && message.contains("every single image"), message);
        message = assertThrows(IllegalStateException.class, () -> penalty.add(new Tanh(), x, x))
                .getMessage();
        assertEquals(
                "GradientPenalty: expected a critic that carries a direction forward (Tangent) but got Tanh. Build it of "
                        + "dense layers, convolutions and leaky ReLUs.",
                message);
        assertThrows(IllegalStateException.class, () -> penalty.add(new BatchNorm("norm", 1), x, x));
    }

    @Test
    void aCriticEndsInOneNumberAndGivesItsSlopeAndImagesComeInPairs() {
        GradientPenalty penalty = new GradientPenalty(LAMBDA, random);
        Tensor x = LayerLaws.normal(4, 3, 5);
        assertEquals(
                "GradientPenalty: expected one number for each image, [N,1], but got [3, 2]. A critic ends in one number.",
                assertThrows(ShapeException.class, () -> penalty.add(new Dense("dense", 5, 2, random), x, x))
                        .getMessage());
        Dense first = new Dense("dense", 5, 1, random).withoutInputGradient();
        assertEquals(
                "GradientPenalty: expected the critic's slope at the images but got null. Do not build its first layer "
                        + "without an input gradient.",
                assertThrows(IllegalStateException.class, () -> penalty.add(first, x, x))
                        .getMessage());
        assertThrows(
                ShapeException.class,
                () -> penalty.add(new Dense("dense", 5, 1, random), x, LayerLaws.normal(4, 4, 5)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void theWeightIsAbove0(double weight) {
        assertEquals(
                "GradientPenalty: expected a weight above 0 but got " + weight + ". 10 is usual.",
                assertThrows(IllegalArgumentException.class, () -> new GradientPenalty(weight, random))
                        .getMessage());
    }
}
