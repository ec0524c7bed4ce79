package atelier.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Fork;
import atelier.definition.Dense;
import atelier.definition.Difference;
import atelier.definition.Nested;
import atelier.definition.Relu;
import atelier.definition.Sigmoid;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.SquaredError;
import atelier.optim.Adam;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AutoencoderTest {

    private final RandomStream random = RandomStream.seed(1);
    private final Tensor x = Tensor.uniform(random, 0, 1, 3, 1, 28, 28);

    @AfterEach
    void allCores() {
        Parallel.threads(Runtime.getRuntime().availableProcessors());
    }

    static Stream<Autoencoder> all() {
        RandomStream random = RandomStream.seed(2);
        return Stream.of(
                Autoencoder.dense(7, random),
                Autoencoder.linear(7, random),
                Autoencoder.denoising(7, random),
                Autoencoder.convolutional(7, random),
                Autoencoder.tied(7, random));
    }

    private static int count(Autoencoder model) {
        return model.parameters().stream().mapToInt(p -> p.value().length()).sum();
    }

    @ParameterizedTest
    @MethodSource("all")
    void imagesBecomeCodesAndCodesImages(Autoencoder model) {
        Tensor code = model.encode(x, Mode.INFER);
        assertArrayEquals(new int[] {3, 7}, code.shape());
        assertEquals(7, model.codeSize());
        Tensor images = model.decode(code.copy(), Mode.INFER).copy();
        assertArrayEquals(new int[] {3, 1, 28, 28}, images.shape());
        assertArrayEquals(
                images.rowMajor().data(),
                model.forward(x, Mode.INFER).rowMajor().data());
        assertSame(model.code(), model.code());
        assertArrayEquals(code.data(), model.code().data());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyParameterGetsAGradientAndAnotherName(Autoencoder model) {
        SquaredError loss = new SquaredError();
        loss.forward(model.forward(x, Mode.TRAIN), x);
        assertNull(model.backward(loss.backward()), "nobody wants the gradient of the pixels");
        for (Parameter p : model.parameters()) {
            assertTrue(largest(p.gradient().data()) > 0, p::name);
        }
        long names = model.parameters().stream().map(Parameter::name).distinct().count();
        assertEquals(model.parameters().size(), names);
    }

    private static float largest(float[] values) {
        float most = 0;
        for (float value : values) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }

    @Test
    void theyHaveTheParametersThatTheirNamesSay() {
        int dense = 784 * 64 + 64 + 64 * 32 + 32 + 32 * 32 + 32 + 32 * 32 + 32 + 32 * 64 + 64 + 64 * 784 + 784;
        assertEquals(dense, count(Autoencoder.dense(32, random)));
        assertEquals(2 * 784 * 8 + 8 + 784, count(Autoencoder.linear(8, random)));
        assertEquals(784 * 8 + 8 + 784, count(Autoencoder.tied(8, random)), "W once");
    }

    @Test
    void theDenseOneIsTheChainOfItsDefinitions() {
        Autoencoder model = Autoencoder.dense(5, random);
        model.parameters()
                .forEach(p -> random.fillNormal(p.value().data(), 0, p.value().length(), 0.1));
        double[][] h = Nested.matrix(x.data(), 3, 784);
        for (int layer = 0; layer < 6; layer++) {
            h = Dense.forward(h, weight(model, layer), bias(model, layer));
            if (layer != 2 && layer != 5) {
                h = Nested.map(h, Relu::forward);
            }
        }
        Difference worst = Difference.largest(
                Nested.map(h, Sigmoid::forward),
                Nested.matrix(model.forward(x, Mode.INFER).data(), 3, 784));
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    private static double[][] weight(Autoencoder model, int layer) {
        Tensor w = model.parameters().get(2 * layer).value();
        return Nested.matrix(w.data(), w.size(0), w.size(1));
    }

    private static double[] bias(Autoencoder model, int layer) {
        Tensor b = model.parameters().get(2 * layer + 1).value();
        return Nested.matrix(b.data(), 1, b.length())[0];
    }

    @Test
    void theTiedOneDecodesWithTheEncodersWeights() {
        Autoencoder model = Autoencoder.tied(4, random);
        model.encoder().parameters().get(0).value().fill(0);
        Tensor black = model.decode(Tensor.filled(1, 1, 4), Mode.INFER);
        assertEquals(0.5f, black.at(0, 0, 14, 14), "no weights, no image: σ(0)");
    }

    @Test
    void aGradientAtTheCodeIsAddedToTheDecoders() {
        Autoencoder model = Autoencoder.linear(2, random);
        model.forward(x, Mode.TRAIN);
        model.backward(Tensor.zeros(3, 1, 28, 28), Tensor.filled(1, 3, 2));
        assertArrayEquals(
                new float[] {3, 3},
                model.encoder().parameters().get(1).gradient().data());
        assertArrayEquals(
                new float[784 * 2],
                model.decoder().parameters().get(0).gradient().data());
    }

    @Test
    void imagesOfAnotherSizeAreRefusedWithBothSizes() {
        Tensor small = Tensor.zeros(2, 1, 14, 14);
        ShapeException fault = assertThrows(
                ShapeException.class, () -> Autoencoder.dense(3, random).forward(small, Mode.INFER));
        assertTrue(fault.getMessage().contains("784") && fault.getMessage().contains("196"), fault::getMessage);
        assertThrows(IllegalArgumentException.class, () -> Autoencoder.dense(0, random));
        assertThrows(IllegalArgumentException.class, () -> Autoencoder.convolutional(-3, random));
    }

    private static List<float[]> train(Autoencoder model, int threads) {
        Parallel.threads(threads);
        RandomStream random = RandomStream.seed(9);
        SquaredError loss = new SquaredError();
        Adam adam = new Adam(model.parameters(), 1e-3);
        for (int i = 0; i < 5; i++) {
            Tensor images = Tensor.uniform(random, 0, 1, i % 3 == 2 ? 5 : 33, 1, 28, 28);
            loss.forward(model.forward(images, Mode.TRAIN), images);
            adam.zeroGradients();
            model.backward(loss.backward());
            adam.step();
        }
        List<float[]> values = new ArrayList<>();
        model.parameters().forEach(p -> values.add(p.value().data()));
        return values;
    }

    @Test
    void trainingGivesTheSameBitsOnAnyNumberOfThreads() {
        List<Autoencoder> one = all().toList();
        List<Autoencoder> three = all().toList();
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
        Process java = Fork.java("--add-modules=jdk.incubator.vector", AllocationOfAStep.class, "autoencoder")
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), said);
    }
}
