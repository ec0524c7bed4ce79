package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Difference;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TiedDenseTest {

    private final RandomStream random = RandomStream.seed(1);

    @Test
    void d4_workedByHand() {
        Dense encoder = new Dense("encoder", Tensor.of(new float[] {1, -1, 10, 0, 100, 2}, 3, 2), Tensor.zeros(2));
        TiedDense decoder = new TiedDense("decoder", encoder, Tensor.of(new float[] {0.5f, 0.25f, 0}, 3));
        Tensor y = decoder.forward(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), Mode.INFER);
        assertArrayEquals(new float[] {-0.5f, 10.25f, 104, -0.5f, 30.25f, 308}, y.data());
    }

    @ParameterizedTest(name = "N={0} F={1} K={2}")
    @CsvSource({"1,1,1", "3,5,4", "7,33,10", "64,130,65", "2,4,200"})
    void d4_d5_equalTheDefinition(int n, int f, int k) {
        Dense encoder = new Dense("encoder", Tensor.normal(random, 0.3, f, k), Tensor.zeros(k));
        TiedDense decoder = new TiedDense("decoder", encoder, Tensor.normal(random, 1, f));
        Tensor h = Tensor.normal(random, 1, n, k);
        double[][] hs = Nested.matrix(h);
        double[][] w = Nested.matrix(encoder.weight().value());
        double[] c = Nested.vector(decoder.parameters().get(0).value());
        same(atelier.definition.TiedDense.forward(hs, w, c), Nested.matrix(decoder.forward(h, Mode.TRAIN)));
        Tensor dY = Tensor.normal(random, 1, n, f);
        double[][] dYs = Nested.matrix(dY);
        encoder.weight().gradient().fill(0.25f); // backward must add to what is there
        decoder.parameters().get(0).gradient().fill(0.25f);
        same(atelier.definition.TiedDense.dH(dYs, w), Nested.matrix(decoder.backward(dY)));
        same(
                atelier.definition.Nested.map(atelier.definition.TiedDense.dW(dYs, hs), v -> v + 0.25),
                Nested.matrix(encoder.weight().gradient()));
        same(
                atelier.definition.Nested.map(atelier.definition.TiedDense.dc(dYs), v -> v + 0.25),
                Nested.vector(decoder.parameters().get(0).gradient()));
    }

    @Test
    void d5_theEncodersPartAndTheDecodersPartAdd() {
        Dense encoder = new Dense("encoder", Tensor.normal(random, 0.3, 7, 3), Tensor.normal(random, 1, 3));
        TiedDense decoder = new TiedDense("decoder", encoder, Tensor.normal(random, 1, 7));
        Sequential both = new Sequential(encoder, new Tanh(), decoder);
        Tensor x = Tensor.normal(random, 1, 4, 7);
        Tensor dY = Tensor.normal(random, 1, 4, 7);
        both.forward(x, Mode.TRAIN);
        both.backward(dY);
        double[][] xs = Nested.matrix(x);
        double[][] dYs = Nested.matrix(dY);
        double[][] w = Nested.matrix(encoder.weight().value());
        double[] b = Nested.vector(encoder.parameters().get(1).value());
        double[][] h = atelier.definition.Nested.map(
                atelier.definition.Dense.forward(xs, w, b), atelier.definition.Tanh::forward);
        double[][] dA =
                atelier.definition.Nested.map(atelier.definition.TiedDense.dH(dYs, w), h, atelier.definition.Tanh::dX);
        same(
                atelier.definition.Nested.map(
                        atelier.definition.TiedDense.dW(dYs, h), atelier.definition.Dense.dW(dA, xs), Double::sum),
                Nested.matrix(encoder.weight().gradient()));
    }

    private static void same(Object expected, Object actual) {
        Difference worst = Difference.largest(expected, actual);
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    @Test
    void theWeightIsTheEncodersOwnAndListedOnce() {
        Dense encoder = new Dense("encoder", 5, 2, random);
        TiedDense decoder = new TiedDense("decoder", encoder);
        List<String> names = new Sequential(encoder, decoder)
                .parameters().stream().map(Parameter::name).toList();
        assertEquals(List.of("encoder.weight", "encoder.bias", "decoder.bias"), names);
        assertTrue(decoder.parameters().get(0).value().hasShape(5));
        encoder.weight().value().fill(1); // what the optimiser does to the encoder, the decoder sees
        assertArrayEquals(
                new float[] {7, 7, 7, 7, 7},
                decoder.forward(Tensor.of(new float[] {3, 4}, 1, 2), Mode.INFER).data());
    }

    @Test
    void theLawsOfLayersHold() {
        TiedDense layer = new TiedDense("decoder", new Dense("encoder", 150, 9, random));
        Tensor h = LayerLaws.normal(1, 70, 9);
        LayerLaws.needsForwardBeforeBackward(layer);
        LayerLaws.refusesGradientsOfAnotherShape(layer, h);
        LayerLaws.leavesItsInputsAlone(layer, h);
        LayerLaws.reusesItsOutputs(layer, h);
        LayerLaws.allocatesNothing(layer, h);
        LayerLaws.staysAsItIsWhenHeld( // with the encoder, whose weight it borrows
                () -> {
                    Dense encoder = new Dense("encoder", 150, 9, RandomStream.seed(4));
                    return new Sequential(encoder, new TiedDense("decoder", encoder));
                },
                LayerLaws.normal(3, 70, 150));
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            Dense encoder = new Dense("encoder", 150, 9, RandomStream.seed(4));
            TiedDense decoder = new TiedDense("decoder", encoder);
            List<float[]> results = new ArrayList<>();
            results.add(decoder.forward(h, Mode.TRAIN).data().clone());
            results.add(decoder.backward(LayerLaws.normal(2, 70, 150)).data().clone());
            results.add(encoder.weight().gradient().data().clone());
            return results;
        });
    }

    @Test
    void wrongUseIsRefusedWithBothShapes() {
        Dense encoder = new Dense("encoder", 5, 2, random);
        TiedDense decoder = new TiedDense("decoder1", encoder);
        String message = assertThrows(ShapeException.class, () -> decoder.forward(Tensor.zeros(4, 5), Mode.INFER))
                .getMessage();
        assertTrue(message.contains("decoder1") && message.contains("[N,2]") && message.contains("[4, 5]"), message);
        assertThrows(ShapeException.class, () -> decoder.forward(Tensor.zeros(4, 2, 1, 1), Mode.INFER));
        assertThrows(ShapeException.class, () -> new TiedDense("d", encoder, Tensor.zeros(2)));
        decoder.forward(Tensor.zeros(4, 2), Mode.TRAIN);
        assertThrows(ShapeException.class, () -> decoder.backward(Tensor.zeros(3, 5)));
        assertThrows(ShapeException.class, () -> decoder.backward(Tensor.zeros(4, 5, 1, 1)));
    }
}
