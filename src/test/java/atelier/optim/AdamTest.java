package atelier.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.layer.Parameter;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {

    @Test
    void u4_makesTheFirstThreeStepsAsWorkedByHand() {
        Parameter w = new Parameter("w", Tensor.of(new float[] {1}, 1));
        Adam adam = new Adam(List.of(w), 0.1, 0.5, 0.75, 1e-8);
        // t=1, g=2:   m = 1, m̂ = 1/0.5 = 2;           v = 1, v̂ = 1/0.25 = 4;              step 0.1·2/2
        step(adam, w, 2);
        assertEquals(0.9, w.value().at(0), 1e-6);
        // t=2, g=−4:  m = −1.5, m̂ = −1.5/0.75 = −2;   v = 4.75, v̂ = 4.75/0.4375 = 10.857; step 0.1·(−2)/3.29502
        step(adam, w, -4);
        assertEquals(0.9 + 0.0606977, w.value().at(0), 1e-6);
        // t=3, g=1:   m = −0.25, m̂ = −0.25/0.875;     v = 3.8125, v̂ = 3.8125/0.578125;    step
        // 0.1·(−0.285714)/2.56798
        step(adam, w, 1);
        assertEquals(0.9606977 + 0.0111260, w.value().at(0), 1e-6);
        assertEquals(-0.25f, adam.state().get(0).value().at(0));
        assertEquals(3.8125f, adam.state().get(1).value().at(0));
    }

    @Test
    void u4_followsItsFormulaForAHundredSteps() {
        Parameter w = new Parameter("w", Tensor.zeros(3));
        Adam adam = new Adam(List.of(w), 0.01);
        RandomStream random = RandomStream.seed(1);
        double[] expected = new double[3];
        double[] m = new double[3];
        double[] v = new double[3];
        for (int t = 1; t <= 100; t++) {
            for (int i = 0; i < 3; i++) {
                float g = (float) (random.normal() * Math.pow(10, i - 1));
                w.gradient().data()[i] = g;
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.999 * v[i] + 0.001 * g * g;
                expected[i] -=
                        0.01 * (m[i] / (1 - Math.pow(0.9, t))) / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8);
            }
            adam.step();
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(expected[i], w.value().data()[i], 1e-6);
        }
    }

    @Test
    void u4_firstStepIsEtaLongForAnyGradient() {
        Parameter w = new Parameter("w", Tensor.zeros(4));
        w.gradient().copyFrom(Tensor.of(new float[] {1e-3f, -1, 50, -1e6f}, 4));
        new Adam(List.of(w), 0.01).step();
        assertArrayEquals(new float[] {-0.01f, 0.01f, -0.01f, 0.01f}, w.value().data(), 1e-6f);
    }

    @Test
    void u4_addsEpsilonToTheRoot() {
        Parameter w = new Parameter("w", Tensor.zeros(1));
        step(new Adam(List.of(w), 0.1, 0.5, 0.75, 0.5), w, 2); // m̂ = 2, √v̂ = 2: a step of 0.1·2/2.5
        assertEquals(-0.08, w.value().at(0), 1e-7);
    }

    @Test
    void u4_halvesTheStepWhereTheGradientIsAsSmallAsEpsilon() {
        Parameter w = new Parameter("w", Tensor.zeros(1));
        step(new Adam(List.of(w), 0.1), w, 1e-8f); // ε = 1e-8 unless another is given: 0.1·ε/(ε + ε)
        assertEquals(-0.05, w.value().at(0), 1e-6);
    }

    @Test
    void u4_standsStillWithoutAGradient() {
        Parameter w = new Parameter("w", Tensor.filled(3, 2));
        new Adam(List.of(w), 0.01).step();
        assertArrayEquals(new float[] {3, 3}, w.value().data());
    }

    @Test
    void otherRatesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Adam(List.of(), 0.1, 1, 0.9, 1e-8));
        assertThrows(IllegalArgumentException.class, () -> new Adam(List.of(), 0.1, 0.9, -1, 1e-8));
        assertThrows(IllegalArgumentException.class, () -> new Adam(List.of(), 0.1, 0.9, 0.9, 0));
        assertThrows(IllegalArgumentException.class, () -> new Adam(List.of(), Double.NaN));
    }

    @Test
    void u4_equalsItsDefinition() {
        double[] m = new double[40];
        double[] v = new double[40];
        OptimizerLaws.equalsDefinition(
                p -> new Adam(p, 0.01),
                (theta, g, t) -> atelier.definition.Adam.step(theta, m, v, g, t, 0.01, 0.9, 0.999, 1e-8));
    }

    @Test
    void theLawsOfOptimisersHold() {
        OptimizerLaws.hold(parameters -> new Adam(parameters, 0.01));
    }

    private static void step(Adam adam, Parameter w, float gradient) {
        w.gradient().fill(gradient);
        adam.step();
    }
}
