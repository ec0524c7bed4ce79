package atelier.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Nested;
import atelier.layer.LayerLaws;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Squared error, binary cross-entropy and Gaussian log-likelihood: the losses of a decoder. */
class PixelLossesTest {

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final Tensor Y = Tensor.of(new float[] {1, 0.5f, -1, 0, 2, 0.25f}, 2, 3);
    private static final Tensor X = Tensor.of(new float[] {0, 0.5f, 1, 1, 1, 0.25f}, 2, 3);

    static Stream<PixelLoss> all() {
        return Stream.of(new SquaredError(), new BinaryCrossEntropy(), new GaussianNll(0.3));
    }

    // ---- worked by hand ----

    @Test
    void q1_q2_matchTheCaseWorkedByHand() {
        SquaredError loss = new SquaredError();
        assertEquals(3.5, loss.forward(Y, X));
        assertArrayEquals(new double[] {5, 2}, loss.perImage());
        assertArrayEquals(new float[] {1, 0, -2, -1, 1, 0}, loss.backward().data());
    }

    @Test
    void s4_s5_matchTheCaseWorkedByHand() {
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        float ln3 = (float) Math.log(3); // probabilities ¾ ¾, ½ ¼
        double mean = loss.forward(
                Tensor.of(new float[] {ln3, ln3, 0, -ln3}, 2, 2), Tensor.of(new float[] {1, 0, 1, 0}, 2, 2));
        assertEquals((-Math.log(0.75) - Math.log(0.25) + Math.log(2) - Math.log(0.75)) / 2, mean, 1e-7);
        assertArrayEquals(
                new float[] {-0.125f, 0.375f, -0.25f, 0.125f}, loss.backward().data(), 1e-7f);
    }

    @Test
    void q3_q4_matchTheCaseWorkedByHand() {
        GaussianNll loss = new GaussianNll(2);
        assertEquals(7 / 8.0 / 2 + 1.5 * Math.log(8 * Math.PI), loss.forward(Y, X), 1e-15);
        assertArrayEquals(
                new float[] {0.125f, 0, -0.25f, -0.125f, 0.125f, 0},
                loss.backward().data());
    }

    // ---- equality with the definition ----

    @ParameterizedTest(name = "N={0} I={1}")
    @CsvSource({"1, 1", "5, 7", "3, 784", "128, 784", "2, 20001", "9, 784"})
    void q1_q2_q3_q4_s4_s5_equalTheirDefinition(int n, int pixels) {
        RandomStream random = RandomStream.seed(1);
        Tensor output = Tensor.normal(random, 4, n, pixels);
        Tensor truth = Tensor.uniform(random, 0, 1, n, pixels);
        double[][] y = Nested.matrix(output.data(), n, pixels);
        double[][] x = Nested.matrix(truth.data(), n, pixels);
        equal(
                new SquaredError(),
                output,
                truth,
                atelier.definition.SquaredError.loss(y, x),
                atelier.definition.SquaredError.dY(y, x));
        equal(
                new BinaryCrossEntropy(),
                output,
                truth,
                atelier.definition.BinaryCrossEntropy.loss(y, x),
                atelier.definition.BinaryCrossEntropy.dY(y, x));
        equal(
                new GaussianNll(0.3),
                output,
                truth,
                atelier.definition.GaussianNll.loss(y, x, 0.3),
                atelier.definition.GaussianNll.dY(y, x, 0.3));
    }

    private static void equal(PixelLoss loss, Tensor output, Tensor truth, double expected, double[][] gradient) {
        assertEquals(expected, loss.forward(output, truth), 1e-6 * Math.abs(expected), loss.name());
        LayerLaws.assertClose(gradient, loss.backward());
        double mean = 0;
        for (double image : loss.perImage()) {
            mean += image / output.size(0);
        }
        assertEquals(expected, mean, 1e-6 * Math.abs(expected), loss.name());
    }

    // ---- laws of each ----

    @Test
    void s4_isLn2APixelForADecoderThatKnowsNothing() {
        double nats = new BinaryCrossEntropy()
                .forward(Tensor.zeros(3, 1, 28, 28), Tensor.uniform(RandomStream.seed(1), 0, 1, 3, 1, 28, 28));
        assertEquals(784 * Math.log(2), nats, 1e-4);
    }

    @Test
    void s4_isNeverBelowTheEntropyOfAGreyPixel() {
        for (float grey : new float[] {0.1f, 0.5f, 0.8f}) {
            double entropy = -grey * Math.log(grey) - (1 - grey) * Math.log(1 - grey);
            for (float y = -5; y <= 5; y += 0.125f) {
                assertTrue(bernoulli(y, grey) >= entropy - 1e-7);
            }
            assertEquals(entropy, bernoulli((float) Math.log(grey / (1 - grey)), grey), 1e-7);
        }
    }

    @Test
    void s4_keepsEveryDigitOfASmallSurprise() {
        assertEquals(Math.log1p(Math.exp(-20)), bernoulli(20, 1), 1e-15);
        assertEquals(Math.log1p(Math.exp(-20)), bernoulli(-20, 0), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(floats = {200, 1e4f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY})
    void s4_s5_ofALogitThatIsCertainAreNothingWhenItIsRightAndAllWhenItIsWrong(float certain) {
        assertEquals(0, bernoulli(certain, 1));
        assertEquals(0, bernoulli(-certain, 0));
        assertEquals(certain, bernoulli(certain, 0));
        assertEquals(certain, bernoulli(-certain, 1));
        assertEquals(certain / 4, bernoulli(certain, 0.75f));
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        loss.forward(
                Tensor.of(new float[] {certain, -certain, certain, -certain}, 1, 4),
                Tensor.of(new float[] {1, 0, 0, 1}, 1, 4));
        assertArrayEquals(new float[] {0, 0, 1, -1}, loss.backward().data(), 0);
    }

    @Test
    void q3_withAVarianceOfOneHalfIsQ1PlusAConstant() {
        GaussianNll gaussian = new GaussianNll(Math.sqrt(0.5));
        SquaredError squares = new SquaredError();
        assertEquals(squares.forward(Y, X) + 1.5 * Math.log(Math.PI), gaussian.forward(Y, X), 1e-14);
        assertArrayEquals(squares.backward().data(), gaussian.backward().data(), 1e-7f);
    }

    @Test
    void q3_isSmallestWhereTheMeanIsThePixel() {
        GaussianNll loss = new GaussianNll(0.1);
        double least = loss.forward(X, X);
        assertEquals(1.5 * Math.log(2 * Math.PI * 0.01), least, 1e-12);
        assertArrayEquals(new float[6], loss.backward().data());
        assertTrue(loss.forward(Y, X) > least);
    }

    @Test
    void theOutputOfLogitsIsLookedAtAsProbabilities() {
        Tensor y = Tensor.of(new float[] {0, INFINITY, -INFINITY}, 1, 3);
        assertArrayEquals(
                new float[] {0.5f, 1, 0}, new BinaryCrossEntropy().pixels(y).data());
        assertSame(Y, new SquaredError().pixels(Y));
        assertSame(Y, new GaussianNll(1).pixels(Y));
    }

    // ---- laws of all ----

    @ParameterizedTest
    @MethodSource("all")
    void oneImageOrManyTheMeanIsThatOfTheImages(PixelLoss loss) {
        Tensor y = LayerLaws.normal(1, 6, 1, 5, 4);
        Tensor x = Tensor.uniform(RandomStream.seed(2), 0, 1, 6, 1, 5, 4);
        loss.forward(y, x);
        double[] together = loss.perImage().clone();
        assertEquals(6, together.length);
        for (int n = 0; n < 6; n++) {
            assertEquals(together[n], loss.forward(y.slice(n, n + 1), x.slice(n, n + 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void bothLayoutsGiveTheSameAndTheGradientHasTheOutputs(PixelLoss loss) {
        for (int channels : new int[] {1, 3}) {
            Tensor y = LayerLaws.normal(1, 4, channels, 5, 6);
            Tensor x = Tensor.uniform(RandomStream.seed(2), 0, 1, 4, channels, 5, 6);
            double expected = loss.forward(y, x);
            Tensor dY = loss.backward().copy();
            for (Tensor pixels : List.of(x, x.channelsLast())) {
                assertEquals(expected, loss.forward(y.channelsLast(), pixels), 1e-12 * Math.abs(expected));
                assertEquals(Layout.CHANNELS_LAST, loss.backward().layout());
                assertArrayEquals(dY.data(), loss.backward().rowMajor().data());
                assertEquals(expected, loss.forward(y, pixels));
                assertEquals(Layout.ROW_MAJOR, loss.backward().layout());
                assertArrayEquals(dY.data(), loss.backward().data());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPixelThatIsNoNumberMakesNoNumberSoThatTrainingStops(PixelLoss loss) {
        Tensor y = LayerLaws.normal(1, 3, 784);
        Tensor x = Tensor.uniform(RandomStream.seed(2), 0, 1, 3, 784);
        Tensor broken = y.copy();
        broken.set(Float.NaN, 1, 17);
        assertTrue(Double.isNaN(loss.forward(broken, x)));
        assertTrue(Float.isNaN(loss.backward().at(1, 17)));
        assertTrue(Double.isFinite(loss.perImage()[0]) && Double.isFinite(loss.perImage()[2]));
        broken = x.copy();
        broken.set(Float.NaN, 1, 17);
        assertTrue(Double.isNaN(loss.forward(y, broken)));
        y.set(INFINITY, 1, 17);
        assertTrue(Double.isNaN(loss.forward(y, broken)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void anEpochsLastBatchCostsNothingAndThreadsChangeNoBit(PixelLoss loss) {
        Tensor y = LayerLaws.normal(1, 64, 1, 28, 28);
        Tensor x = Tensor.uniform(RandomStream.seed(2), 0, 1, 64, 1, 28, 28);
        Tensor yLast = y.slice(0, 17).channelsLast();
        Tensor xLast = x.slice(0, 17);
        LayerLaws.allocatesNothing(() -> {
            loss.forward(y, x);
            loss.backward();
            loss.forward(yLast, xLast);
            loss.backward();
            loss.perImage();
        });
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            float nats = (float) loss.forward(y, x);
            return List.of(new float[] {nats}, loss.backward().data().clone());
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void inputsStayUnchanged(PixelLoss loss) {
        Tensor y = Y.copy();
        Tensor x = X.copy();
        loss.forward(y, x);
        loss.backward();
        loss.pixels(y);
        assertArrayEquals(Y.data(), y.data());
        assertArrayEquals(X.data(), x.data());
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatDoesNotFit(PixelLoss loss) {
        String where = loss.getClass().getSimpleName();
        assertSays(
                where
                        + ".backward: expected a forward pass before but got none. Call forward with output and pixels first.",
                IllegalStateException.class,
                loss::backward);
        assertThrows(IllegalStateException.class, loss::perImage);
        assertSays(
                where + ": expected shape [2, 3] but got [3, 2]. Both tensors must have the same shape.",
                ShapeException.class,
                () -> loss.forward(Y, Tensor.zeros(3, 2)));
        assertSays(
                where + ": expected at least one image but got shape [0, 3]. The mean over no image is no number.",
                ShapeException.class,
                () -> loss.forward(Tensor.zeros(0, 3), Tensor.zeros(0, 3)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aGaussianNeedsADeviation(double sigma) {
        assertSays(
                "GaussianNll: expected a deviation σ above 0 but got " + sigma
                        + ". For pixels in [0,1], 0.1 to 1 is usual.",
                IllegalArgumentException.class,
                () -> new GaussianNll(sigma));
    }

    static void assertSays(String message, Class<? extends Exception> type, Runnable call) {
        assertEquals(message, assertThrows(type, call::run).getMessage());
    }

    private static double bernoulli(float y, float x) {
        return new BinaryCrossEntropy().forward(Tensor.of(new float[] {y}, 1, 1), Tensor.of(new float[] {x}, 1, 1));
    }
}
