package atelier.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.definition.Nested;
import atelier.layer.LayerLaws;
import atelier.layer.Parameter;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightClippingTest {

    @Test
    void w5_matchesTheCaseWorkedByHand() {
        Parameter weight = new Parameter("w", Tensor.of(new float[] {-3, -0.25f, 0.1f, 2}, 2, 2));
        Parameter bias = new Parameter("b", Tensor.of(new float[] {1, -1}, 2));
        new WeightClipping(0.25).limit(List.of(weight, bias));
        assertArrayEquals(
                new float[] {-0.25f, -0.25f, 0.1f, 0.25f}, weight.value().data());
        assertArrayEquals(new float[] {0.25f, -0.25f}, bias.value().data());
    }

    @Test
    void w5_equalsTheDefinition() {
        Parameter weight = new Parameter("w", LayerLaws.normal(1, 7, 9));
        double[] expected = Nested.toDoubles(weight.value().data());
        atelier.definition.WeightClipping.step(expected, 0.125);
        new WeightClipping(0.125).limit(List.of(weight));
        assertArrayEquals(expected, Nested.toDoubles(weight.value().data()));
    }

    @Test
    void w5_aSecondTimeChangesNothingAndNothingIsAllocated() {
        List<Parameter> parameters =
                Gan.dense(8, RandomStream.seed(1)).discriminator().parameters();
        WeightClipping clipping = new WeightClipping(0.01);
        clipping.limit(parameters);
        float[] once = parameters.get(0).value().data().clone();
        clipping.limit(parameters);
        assertArrayEquals(once, parameters.get(0).value().data());
        LayerLaws.allocatesNothing(() -> clipping.limit(parameters));
    }

    @Test
    void w5_aWeightThatIsNoNumberStaysNoneSoThatTrainingStops() {
        Parameter weight = new Parameter("w", Tensor.of(new float[] {Float.NaN}, 1));
        new WeightClipping(0.01).limit(List.of(weight));
        assertEquals(Float.NaN, weight.value().at(0));
    }

    @Test
    void itAsksNothingOfTheLoss() {
        assertEquals(0, new WeightClipping(0.01).penalise(null, null, null, null));
        assertEquals("weights clipped to ±0.01", new WeightClipping(0.01).name());
        assertEquals(List.of(), new WeightClipping(0.01).randomness());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void theBoundIsAbove0(double bound) {
        assertEquals(
                "WeightClipping: expected a bound above 0 but got " + bound + ". 0.01 is usual.",
                assertThrows(IllegalArgumentException.class, () -> new WeightClipping(bound))
                        .getMessage());
    }
}
