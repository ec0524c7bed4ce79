package atelier.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Fork;
import atelier.definition.Dense;
import atelier.definition.GradientCheck;
import atelier.definition.Nested;
import atelier.definition.RandomArrays;
import atelier.definition.Relu;
import atelier.definition.Reparameterization;
import atelier.layer.BatchNorm;
import atelier.layer.Flatten;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Sequential;
import atelier.layer.Unflatten;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.GaussianKl;
import atelier.optim.Adam;
import atelier.tensor.Noise;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VaeTest {

    private static final int N = 3;
    private static final int D = 2;

    private final RandomStream random = RandomStream.seed(1);
    private final Tensor x = Tensor.uniform(random, 0, 1, N, 1, 28, 28);
    private final int[] labels = {4, 0, 9};

    @AfterEach
    void allCores() {
        Parallel.threads(Runtime.getRuntime().availableProcessors());
    }

    static Stream<Vae> all() {
        RandomStream random = RandomStream.seed(2);
        return Stream.of(
                Vae.dense(5, random), Vae.deep(5, random), Vae.convolutional(5, random), Vae.conditional(5, random));
    }

    @ParameterizedTest
    @MethodSource("all")
    void imagesBecomeDistributionsAndSamplesImages(Vae vae) {
        assertEquals(5, vae.latents());
        assertArrayEquals(new int[] {N, 10}, vae.encode(x, labels, Mode.INFER).shape());
        Tensor z = Tensor.normal(random, 1, N, 5);
        assertArrayEquals(
                new int[] {N, 1, 28, 28}, vae.decode(z, labels, Mode.INFER).shape());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyParameterGetsAGradientAndAnotherName(Vae vae) {
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        loss.forward(vae.forward(x, labels, Mode.TRAIN), x);
        assertNull(vae.backward(loss.backward()), "nobody wants the gradient of the pixels");
        for (Parameter p : vae.parameters()) {
            float[] zero = new float[p.value().length()];
            assertFalse(Arrays.equals(zero, p.gradient().data()), p::name);
        }
        assertEquals(
                vae.parameters().size(),
                vae.parameters().stream().map(Parameter::name).distinct().count());
    }

    @Test
    void theDenseOneHasTheParametersThatItsNameSays() {
        int count = 784 * 400 + 400 + 400 * 40 + 40 + 20 * 400 + 400 + 400 * 784 + 784;
        assertEquals(
                count,
                Vae.dense(20, random).parameters().stream()
                        .mapToInt(p -> p.value().length())
                        .sum());
        assertEquals(0, Vae.dense(2, random).classes());
        assertEquals(10, Vae.conditional(2, random).classes());
    }

    @Test
    void toMeasureItTakesTheMeanAndToTrainItDraws() {
        Vae vae = Vae.dense(3, random);
        Tensor mean = vae.forward(x, Mode.INFER).copy();
        assertArrayEquals(mean.data(), vae.forward(x, Mode.INFER).data(), "always the same");
        Tensor zero = Tensor.zeros(N, 3);
        assertArrayEquals(mean.data(), vae.forward(x, null, zero, Mode.INFER).data());
        long before = vae.randomness().get(0).position();
        Tensor once = vae.forward(x, Mode.TRAIN).copy();
        assertFalse(Arrays.equals(once.data(), vae.forward(x, Mode.TRAIN).data()), "another ε");
        assertTrue(vae.randomness().get(0).position() > before, "a checkpoint stores where the stream stands");
    }

    @Test
    void theLabelDecidesWhatAConditionalOneDraws() {
        Vae vae = Vae.conditional(3, random);
        Tensor z = Tensor.zeros(N, 3);
        Tensor four = vae.decode(z, new int[] {4, 4, 4}, Mode.INFER).copy();
        Tensor nine = vae.decode(z, new int[] {9, 4, 4}, Mode.INFER);
        assertFalse(Arrays.equals(four.slice(0, 1).data(), nine.slice(0, 1).data()));
        assertArrayEquals(four.slice(1, 3).data(), nine.slice(1, 3).data());
        assertThrows(ShapeException.class, () -> vae.forward(x, Mode.INFER), "labels are missing");
        assertThrows(ShapeException.class, () -> vae.encode(x, new int[2], Mode.INFER));
        assertThrows(IllegalArgumentException.class, () -> vae.encode(x, new int[] {0, 1, 10}, Mode.INFER));
    }

    @Test
    void aCheckpointAlsoKeepsWhatItsLayersLearnWithoutAGradient() {
        Sequential encoder = new Sequential(new BatchNorm("norm", 1), new Flatten());
        Vae vae = new Vae("v", "normed", D, 0, encoder, new BatchNorm("other", 1), random);
        List<String> names = vae.buffers().stream().map(Parameter::name).toList();
        assertEquals(List.of("norm.running-mean", "norm.running-variance"), names.subList(0, 2));
        assertEquals(4, names.size());
    }

    @Test
    void latentsMustBeOneOrMore() {
        assertThrows(IllegalArgumentException.class, () -> Vae.dense(0, random));
        assertThrows(IllegalArgumentException.class, () -> Vae.convolutional(-1, random));
    }

    // ---- the whole of −ELBO, in definitions ----

    /** −ELBO(β) of a linear encoder and a decoder with a bend, in double, for the given ε. */
    private record Chain(double[][] w1, double[] b1, double[][] w2, double[] b2, double[][] eps, double beta) {

        private static double[][] columns(double[][] rows, int from, int count) {
            double[][] part = new double[rows.length][];
            for (int n = 0; n < rows.length; n++) {
                part[n] = Arrays.copyOfRange(rows[n], from, from + count);
            }
            return part;
        }

        double loss(double[][] x) {
            double[][] s = Nested.map(Dense.forward(x, w1, b1), Relu::forward);
            double[][] mean = columns(s, 0, D);
            double[][] log = columns(s, D, D);
            double[][] y = Dense.forward(Reparameterization.forward(mean, log, eps), w2, b2);
            double loss = 0;
            for (int n = 0; n < x.length; n++) {
                for (int i = 0; i < x[n].length; i++) {
                    double p = 1 / (1 + Math.exp(-y[n][i]));
                    loss -= x[n][i] * Math.log(p) + (1 - x[n][i]) * Math.log(1 - p);
                }
                for (int d = 0; d < D; d++) {
                    loss += beta * 0.5 * (mean[n][d] * mean[n][d] + Math.exp(log[n][d]) - 1 - log[n][d]);
                }
            }
            return loss / x.length;
        }
    }

    private static Tensor tensor(double[][] values) {
        Tensor t = Tensor.zeros(values.length, values[0].length);
        for (int i = 0; i < t.length(); i++) {
            t.data()[i] = (float) values[i / values[0].length][i % values[0].length];
        }
        return t;
    }

    @Test
    void v6_theGradientIsThatOfTheDefinitionWithTheSameChance() {
        double[][] w1 = RandomArrays.matrix(1, 12, 2 * D);
        double[] b1 = RandomArrays.vector(2, 2 * D);
        double[][] w2 = RandomArrays.matrix(3, D, 12);
        double[] b2 = RandomArrays.vector(4, 12);
        double[][] eps = RandomArrays.matrix(5, N, D);
        double[][] pixels = Nested.map(RandomArrays.matrix(6, N, 12), v -> v > 0 ? 1.0 : 0.0);
        double beta = 0.7;

        atelier.layer.Dense encoder = new atelier.layer.Dense(
                "e", tensor(w1), tensor(new double[][] {b1}).reshape(2 * D));
        atelier.layer.Dense decoder = new atelier.layer.Dense(
                "d", tensor(w2), tensor(new double[][] {b2}).reshape(12));
        Vae vae = new Vae(
                "v",
                "tiny",
                D,
                0,
                new Sequential(new Flatten(), encoder, new atelier.layer.Relu()),
                new Sequential(decoder, new Unflatten(1, 3, 4)),
                random);
        Tensor images = tensor(pixels).reshape(N, 1, 3, 4);
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        GaussianKl kl = new GaussianKl();
        double got = loss.forward(vae.forward(images, null, tensor(eps), Mode.TRAIN), images)
                + beta * kl.forward(vae.statistics());
        assertEquals(new Chain(w1, b1, w2, b2, eps, beta).loss(pixels), got, 1e-5);

        vae.backward(loss.backward(), kl.backward(beta));
        check(w1, w -> new Chain(w, b1, w2, b2, eps, beta).loss(pixels), vae, 0);
        check(b1, b -> new Chain(w1, b, w2, b2, eps, beta).loss(pixels), vae, 1);
        check(w2, w -> new Chain(w1, b1, w, b2, eps, beta).loss(pixels), vae, 2);
        check(b2, b -> new Chain(w1, b1, w2, b, eps, beta).loss(pixels), vae, 3);
    }

    /** Differences of the definition in double, against the float gradient of the layers. */
    private static <A> void check(A at, java.util.function.ToDoubleFunction<A> loss, Vae vae, int parameter) {
        float[] g = vae.parameters().get(parameter).gradient().data();
        int[] next = {0};
        A gradient = Nested.map(at, unused -> g[next[0]++]);
        GradientCheck result = GradientCheck.ofLoss(at, loss, gradient);
        assertTrue(result.error() < 1e-5, result::toString);
    }

    private static List<float[]> train(Vae vae, int threads) {
        Parallel.threads(threads);
        RandomStream random = RandomStream.seed(9);
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        GaussianKl kl = new GaussianKl();
        Adam adam = new Adam(vae.parameters(), 1e-3);
        for (int i = 0; i < 5; i++) {
            int n = i % 3 == 2 ? 5 : 33;
            Tensor images = Tensor.zeros(n, 1, 28, 28);
            Noise.bernoulli(random, Tensor.filled(0.3f, n, 1, 28, 28), images);
            loss.forward(vae.forward(images, new int[n], Mode.TRAIN), images);
            kl.forward(vae.statistics());
            adam.zeroGradients();
            vae.backward(loss.backward(), kl.backward(1));
            adam.step();
        }
        List<float[]> values = new ArrayList<>();
        vae.parameters().forEach(p -> values.add(p.value().data()));
        return values;
    }

    @Test
    void trainingGivesTheSameBitsOnAnyNumberOfThreads() {
        List<Vae> one = all().toList();
        List<Vae> three = all().toList();
        for (int m = 0; m < one.size(); m++) {
            List<float[]> a = train(one.get(m), 1);
            List<float[]> b = train(three.get(m), 3);
            for (int i = 0; i < a.size(); i++) {
                assertArrayEquals(a.get(i), b.get(i), 0f);
            }
        }
    }

    @Test
    void aStepAllocatesNothing() throws IOException, InterruptedException {
        Process java = Fork.java("--add-modules=jdk.incubator.vector", AllocationOfAStep.class, "vae")
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), said);
    }
}
