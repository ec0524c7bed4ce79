package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Initialisation;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GlorotTest {

    private final RandomStream random = RandomStream.seed(1);

    @Test
    void i2_takesInputsAndOutputsOfADenseWeight() {
        assertEquals(Math.sqrt(2.0 / (100 + 2000)), HeTest.deviation(Glorot.normal(random, 100, 2000)), 0.0005);
    }

    @Test
    void i2_takesBothCountsOfChannelsTimesAreaOfAKernel() {
        double expected = Math.sqrt(2.0 / ((300 + 20) * 3 * 5));
        assertEquals(expected, HeTest.deviation(Glorot.normal(random, 300, 20, 3, 5)), 0.0005);
        assertEquals(expected, HeTest.deviation(Glorot.uniform(random, 300, 20, 3, 5)), 0.0005);
    }

    @Test
    void i2_uniformEndsAtItsEdge() {
        double edge = Math.sqrt(6.0 / (100 + 2000));
        double largest = 0;
        for (float number : Glorot.uniform(random, 100, 2000).data()) {
            largest = Math.max(largest, Math.abs(number));
        }
        assertTrue(largest <= edge && largest > 0.999 * edge, "largest " + largest);
    }

    @Test
    void i2_isTheSameForAMatrixAndItsTranspose() {
        Tensor w = Glorot.normal(RandomStream.seed(2), 30, 70);
        Tensor transposed = Glorot.normal(RandomStream.seed(2), 70, 30);
        assertEquals(w.data()[17], transposed.data()[17]);
    }

    @Test
    void i2_equalsItsDefinition() {
        Tensor unit = Tensor.uniform(RandomStream.seed(9), -1, 1, 6, 2, 3, 3);
        Tensor w = Glorot.uniform(RandomStream.seed(9), 6, 2, 3, 3);
        assertEquals(Initialisation.glorotBound(2 * 9, 6 * 9) * unit.at(5, 1, 2, 0), w.at(5, 1, 2, 0), 1e-7);
    }
}
