package atelier.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.layer.Parameter;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class RmsPropTest {

    @Test
    void u3_dividesByTheTypicalSizeOfTheGradient() {
        Parameter w = new Parameter("w", Tensor.of(new float[] {1, -2}, 2));
        RmsProp rmsProp = new RmsProp(List.of(w), 0.5, 0.75, 1e-8);
        w.gradient().copyFrom(Tensor.of(new float[] {4, -8}, 2));
        rmsProp.step(); // v = ¼·16 = 4 and ¼·64 = 16: steps of ½·4/2 and ½·(−8)/4
        assertArrayEquals(new float[] {0, -1}, w.value().data(), 1e-6f);
        w.gradient().copyFrom(Tensor.of(new float[] {1, 12}, 2));
        rmsProp.step(); // v = ¾·4 + ¼·1 = 3.25 and ¾·16 + ¼·144 = 48
        assertArrayEquals(
                new float[] {3.25f, 48}, rmsProp.state().get(0).value().data());
        assertEquals(-0.5 / Math.sqrt(3.25), w.value().at(0), 1e-6);
        assertEquals(-1 - 6 / Math.sqrt(48), w.value().at(1), 1e-6);
    }

    @Test
    void u3_stepsAsFarForAGradientAThousandTimesAsLarge() {
        Parameter w = new Parameter("w", Tensor.zeros(2));
        w.gradient().copyFrom(Tensor.of(new float[] {0.5f, 500}, 2));
        RmsProp rmsProp = new RmsProp(List.of(w), 0.01);
        rmsProp.step();
        assertEquals(-0.01 / Math.sqrt(0.1), w.value().at(0), 1e-6);
        assertEquals(w.value().at(0), w.value().at(1), 1e-6);
    }

    @Test
    void u3_addsEpsilonToTheRoot() {
        Parameter w = new Parameter("w", Tensor.zeros(1));
        w.gradient().fill(4);
        new RmsProp(List.of(w), 0.1, 0.75, 0.5).step(); // √s = 2: a step of 0.1·4/2.5
        assertEquals(-0.16, w.value().at(0), 1e-7);
    }

    @Test
    void u3_makesASmallerStepWhereTheGradientIsAsSmallAsEpsilon() {
        Parameter w = new Parameter("w", Tensor.zeros(1));
        w.gradient().fill(1e-8f);
        new RmsProp(List.of(w), 0.1).step(); // ρ = 0.9 and ε = 1e-8 unless others are given: 0.1·ε/(√0.1·ε + ε)
        assertEquals(-0.1 / (Math.sqrt(0.1) + 1), w.value().at(0), 1e-6);
    }

    @Test
    void u3_standsStillWithoutAGradient() {
        Parameter w = new Parameter("w", Tensor.filled(3, 2));
        new RmsProp(List.of(w), 0.01).step();
        assertArrayEquals(new float[] {3, 3}, w.value().data());
    }

    @Test
    void otherRatesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RmsProp(List.of(), 0.1, 1, 1e-8));
        assertThrows(IllegalArgumentException.class, () -> new RmsProp(List.of(), 0.1, 0.9, 0));
    }

    @Test
    void u3_equalsItsDefinition() {
        double[] meanSquare = new double[40];
        OptimizerLaws.equalsDefinition(
                p -> new RmsProp(p, 0.01),
                (theta, g, t) -> atelier.definition.RmsProp.step(theta, meanSquare, g, 0.01, 0.9, 1e-8));
    }

    @Test
    void theLawsOfOptimisersHold() {
        OptimizerLaws.hold(parameters -> new RmsProp(parameters, 0.005));
    }
}
