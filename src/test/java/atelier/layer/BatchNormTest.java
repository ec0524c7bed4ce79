package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Nested;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchNormTest {

    // Channel 0 holds 1 3 5 7 (mean 4, variance 5), channel 1 holds 2 2 2 10 (mean 4, variance 12).
    private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 2, 5, 2, 7, 10}, 4, 2);

    @Test
    void b1_b2_b3_bringEveryChannelToMeanZeroAndVarianceOne() {
        Tensor y = new BatchNorm("norm", 2).forward(X, Mode.TRAIN);
        for (int n = 0; n < 4; n++) {
            assertEquals((X.at(n, 0) - 4) / Math.sqrt(5 + 1e-5), y.at(n, 0), 1e-6);
            assertEquals((X.at(n, 1) - 4) / Math.sqrt(12 + 1e-5), y.at(n, 1), 1e-6);
        }
    }

    @Test
    void b3_scalesByGammaAndShiftsByBeta() {
        BatchNorm norm = batchNorm(new float[] {2, -1}, new float[] {0.5f, 3});
        Tensor y = norm.forward(X, Mode.TRAIN);
        assertEquals(2 * (1 - 4) / Math.sqrt(5 + 1e-5) + 0.5, y.at(0, 0), 1e-6);
        assertEquals(-(10 - 4) / Math.sqrt(12 + 1e-5) + 3, y.at(3, 1), 1e-6);
    }

    @Test
    void b4_addsToTheGradientsOfGammaAndBeta() {
        BatchNorm norm = batchNorm(new float[] {2, -1}, new float[] {0.5f, 3});
        norm.forward(X, Mode.TRAIN);
        Tensor dY = Tensor.of(new float[] {1, 2, 0, 3, 2, -1, 4, 1}, 4, 2);
        // Σ dY = 7, 5;  Σ dY·(x−μ) = 1·(−3) + 0 + 2·1 + 4·3 = 11,  (2+3−1)·(−2) + 1·6 = −2
        for (int times = 1; times <= 2; times++) {
            norm.backward(dY);
            assertArrayEquals(
                    new float[] {7 * times, 5 * times},
                    norm.parameters().get(1).gradient().data());
            float[] dGamma = norm.parameters().get(0).gradient().data();
            assertEquals(times * 11 / Math.sqrt(5 + 1e-5), dGamma[0], 1e-5);
            assertEquals(times * -2 / Math.sqrt(12 + 1e-5), dGamma[1], 1e-5);
        }
    }

    @Test
    void b4_isBlindToAShiftAndToAStretchOfTheChannel() {
        BatchNorm norm = new BatchNorm("norm", 3);
        Tensor x = LayerLaws.normal(1, 7, 3, 4, 5);
        norm.forward(x, Mode.TRAIN);
        Tensor dX = norm.backward(LayerLaws.normal(2, 7, 3, 4, 5));
        for (int c = 0; c < 3; c++) {
            double shift = 0;
            double stretch = 0;
            for (int n = 0; n < 7; n++) {
                for (int h = 0; h < 4; h++) {
                    for (int w = 0; w < 5; w++) {
                        shift += dX.at(n, c, h, w);
                        stretch += dX.at(n, c, h, w) * x.at(n, c, h, w);
                    }
                }
            }
            assertEquals(0, shift, 1e-4);
            assertEquals(0, stretch, 1e-3);
        }
    }

    @Test
    void b5_movesATenthOfTheWayWithTheUnbiasedVariance() {
        BatchNorm norm = new BatchNorm("norm", 2);
        norm.forward(X, Mode.TRAIN);
        assertArrayEquals(
                new float[] {0.4f, 0.4f}, norm.buffers().get(0).value().data(), 1e-6f);
        assertArrayEquals(
                new float[] {0.9f + 0.1f * 5 * 4 / 3, 0.9f + 0.1f * 12 * 4 / 3},
                norm.buffers().get(1).value().data(),
                1e-6f);
        norm.forward(X, Mode.TRAIN);
        assertEquals(0.9 * 0.4 + 0.1 * 4, norm.buffers().get(0).value().at(0), 1e-6);
    }

    @Test
    void b5_followsTheMomentumItIsGiven() {
        BatchNorm norm = new BatchNorm("norm", 2, 1);
        norm.forward(X, Mode.TRAIN);
        assertArrayEquals(new float[] {4, 4}, norm.buffers().get(0).value().data(), 1e-6f);
    }

    @Test
    void inferringUsesTheRunningStatisticsAndLeavesThemAlone() {
        BatchNorm norm = batchNorm(new float[] {2, -1}, new float[] {0.5f, 3});
        norm.buffers().get(0).value().copyFrom(Tensor.of(new float[] {10, 20}, 2));
        norm.buffers().get(1).value().copyFrom(Tensor.of(new float[] {4, 9}, 2));
        Tensor y = norm.forward(X, Mode.INFER);
        assertEquals(2 * (1 - 10) / Math.sqrt(4 + 1e-5) + 0.5, y.at(0, 0), 1e-5);
        assertEquals(-(10 - 20) / Math.sqrt(9 + 1e-5) + 3, y.at(3, 1), 1e-5);
        assertArrayEquals(new float[] {10, 20}, norm.buffers().get(0).value().data());
        assertArrayEquals(new float[] {4, 9}, norm.buffers().get(1).value().data());
        assertEquals(y.at(2, 0), norm.forward(X.slice(2, 3), Mode.INFER).at(0, 0), "one image alone");
    }

    @Test
    void b4_afterInferringTakesTheStatisticsAsConstants() {
        BatchNorm norm = batchNorm(new float[] {2, -1}, new float[] {0.5f, 3});
        norm.buffers().get(0).value().copyFrom(Tensor.of(new float[] {10, 20}, 2));
        norm.buffers().get(1).value().copyFrom(Tensor.of(new float[] {4, 9}, 2));
        norm.forward(X, Mode.INFER);
        Tensor dX = norm.backward(Tensor.of(new float[] {1, 2, 0, 3, 2, -1, 4, 1}, 4, 2));
        assertEquals(2 * 4 / Math.sqrt(4 + 1e-5), dX.at(3, 0), 1e-5);
        assertEquals(-3 / Math.sqrt(9 + 1e-5), dX.at(1, 1), 1e-5);
        // Σ dY·(x − 10) = −9 + 0 − 10 − 12
        assertEquals(
                -31 / Math.sqrt(4 + 1e-5), norm.parameters().get(0).gradient().at(0), 1e-4);
    }

    @ParameterizedTest(name = "{0} images of {1} channels, {2}×{3}")
    @CsvSource({"50, 3, 17, 19", "900, 40, 1, 1", "3, 1, 5, 70", "9, 20000, 1, 1"})
    void b3_hasMeanZeroAndVarianceOneInAnyShape(int n, int channels, int height, int width) {
        Tensor x = LayerLaws.normal(1, n, channels, height, width);
        for (Tensor input : new Tensor[] {x, x.channelsLast()}) {
            Tensor y =
                    new BatchNorm("norm", channels).forward(input, Mode.TRAIN).rowMajor();
            int m = n * height * width;
            for (int c = 0; c < Math.min(channels, 40); c++) {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < m; i++) {
                    int image = i / (height * width);
                    double number = y.data()[(image * channels + c) * height * width + i % (height * width)];
                    sum += number / m;
                    squares += number * number / m;
                }
                assertEquals(0, sum, 1e-5);
                assertEquals(1, squares, 1e-3); // a little less, because of ε
            }
        }
    }

    @Test
    void otherChannelsAndSingleNumbersAreRefused() {
        BatchNorm norm = new BatchNorm("norm", 2);
        String message = assertThrows(ShapeException.class, () -> norm.forward(Tensor.zeros(4, 3), Mode.TRAIN))
                .getMessage();
        assertTrue(message.contains("expected [N,2] or [N,2,H,W] but got [4, 3]"), message);
        assertThrows(ShapeException.class, () -> norm.forward(Tensor.zeros(4, 2, 3), Mode.TRAIN));
        assertThrows(ShapeException.class, () -> norm.forward(Tensor.zeros(1, 2), Mode.TRAIN));
        norm.forward(Tensor.zeros(1, 2), Mode.INFER);
        norm.forward(Tensor.zeros(2, 2), Mode.TRAIN);
        norm.forward(Tensor.zeros(2, 2), Mode.TRAIN); // two numbers are enough
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm("norm", 0));
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm("norm", 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm("norm", 2, 1.1));
    }

    @ParameterizedTest(name = "{0} images of {1} channels, {2}×{3}")
    @CsvSource({"4, 3, 5, 6", "7, 2, 1, 1", "2, 5, 1, 9", "37, 3, 20, 19", "37, 2, 20, 23"})
    void b3_b4_b5_equalTheirDefinition(int n, int channels, int height, int width) {
        Tensor gamma = LayerLaws.normal(1, channels);
        Tensor beta = LayerLaws.normal(2, channels);
        Tensor rowMajor = LayerLaws.normal(3, n, channels, height, width);
        for (int i = 0; i < rowMajor.length(); i++) {
            rowMajor.data()[i] = 2 * rowMajor.data()[i] + 5;
        }
        Tensor dY = LayerLaws.normal(4, n, channels, height, width);
        double[][][][] x = rowMajor.nested();
        double[] g = Nested.matrix(gamma.data(), 1, channels)[0];
        double[] b = Nested.matrix(beta.data(), 1, channels)[0];
        double[] zeros = new double[channels];
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        double[] mean = atelier.definition.BatchNorm.runningMean(zeros, x, 0.1);
        double[] variance = atelier.definition.BatchNorm.runningVariance(ones, x, 0.1);
        for (Tensor input : new Tensor[] {rowMajor, rowMajor.channelsLast()}) {
            BatchNorm norm = batchNorm(gamma.data(), beta.data());
            Tensor y = norm.forward(input, Mode.TRAIN);
            LayerLaws.assertClose(atelier.definition.BatchNorm.forward(x, g, b, 1e-5), y);
            Tensor dX = norm.backward(dY);
            LayerLaws.assertClose(atelier.definition.BatchNorm.dX(dY.nested(), x, g, 1e-5), dX);
            LayerLaws.assertClose(
                    atelier.definition.BatchNorm.dGamma(dY.nested(), x, 1e-5),
                    norm.parameters().get(0).gradient());
            LayerLaws.assertClose(
                    atelier.definition.BatchNorm.dBeta(dY.nested()),
                    norm.parameters().get(1).gradient());
            LayerLaws.assertClose(mean, norm.buffers().get(0).value());
            LayerLaws.assertClose(variance, norm.buffers().get(1).value());
            LayerLaws.assertClose(
                    atelier.definition.BatchNorm.infer(x, g, b, mean, variance, 1e-5), norm.forward(input, Mode.INFER));
        }
    }

    @Test
    void aBatchOfVectorsIsABatchOfImagesOfOnePixel() {
        Tensor vectors = LayerLaws.normal(1, 6, 5);
        Tensor dY = LayerLaws.normal(2, 6, 5);
        BatchNorm one = new BatchNorm("norm", 5);
        BatchNorm other = new BatchNorm("norm", 5);
        assertArrayEquals(
                one.forward(vectors.reshape(6, 5, 1, 1), Mode.TRAIN).data(),
                other.forward(vectors, Mode.TRAIN).data());
        assertArrayEquals(
                one.backward(dY.reshape(6, 5, 1, 1)).data(), other.backward(dY).data());
    }

    @Test
    void theLawsOfLayersHold() {
        LayerLaws.hold(() -> batchNorm(new float[] {2, -1, 0.5f}, new float[] {0.5f, 3, -2}), 3);
    }

    private static BatchNorm batchNorm(float[] gamma, float[] beta) {
        BatchNorm norm = new BatchNorm("norm", gamma.length);
        norm.parameters().get(0).value().copyFrom(Tensor.of(gamma, gamma.length));
        norm.parameters().get(1).value().copyFrom(Tensor.of(beta, beta.length));
        return norm;
    }
}
