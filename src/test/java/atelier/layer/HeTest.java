package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Initialisation;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class HeTest {

    private final RandomStream random = RandomStream.seed(1);

    @Test
    void i1_takesTheInputsOfADenseWeight() {
        assertEquals(Math.sqrt(2.0 / 50), deviation(He.normal(random, 50, 4000)), 0.001);
    }

    @Test
    void i1_takesChannelsTimesAreaOfAKernel() {
        assertEquals(Math.sqrt(2.0 / (2 * 3 * 5)), deviation(He.normal(random, 4000, 2, 3, 5)), 0.002);
    }

    @Test
    void i1_uniformHasTheSameDeviationAndAnEdge() {
        Tensor w = He.uniform(random, 50, 4000);
        assertEquals(Math.sqrt(2.0 / 50), deviation(w), 0.001);
        double edge = Math.sqrt(6.0 / 50);
        double largest = 0;
        double smallest = 0;
        for (float number : w.data()) {
            largest = Math.max(largest, number);
            smallest = Math.min(smallest, number);
        }
        assertTrue(largest <= edge && largest > 0.999 * edge, "largest " + largest);
        assertTrue(smallest >= -edge && smallest < -0.999 * edge, "smallest " + smallest);
    }

    @Test
    void i1_keepsTheSizeOfNumbersThroughAStackOfReluLayers() {
        double[] x = new double[400];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.normal();
        }
        for (int layer = 0; layer < 10; layer++) {
            Tensor w = He.normal(random, 400, 400);
            double[] y = new double[400];
            for (int i = 0; i < 400; i++) {
                for (int j = 0; j < 400; j++) {
                    y[j] += (layer == 0 ? x[i] : Math.max(0, x[i])) * w.at(i, j);
                }
            }
            x = y;
        }
        double square = 0;
        for (double number : x) {
            square += number * number / x.length;
        }
        assertEquals(2, square, 1.5); // the mean square of y, which is 2·E[x²] after the first layer
    }

    @Test
    void theSameStreamGivesTheSameWeights() {
        assertArrayEquals(
                He.normal(RandomStream.seed(9), 3, 4).data(),
                He.normal(RandomStream.seed(9), 3, 4).data());
    }

    @Test
    void aBiasIsRefused() {
        String message =
                assertThrows(ShapeException.class, () -> He.normal(random, 16)).getMessage();
        assertTrue(message.contains("[in,out] or [K,C,R,R]") && message.contains("[16]"), message);
    }

    static double deviation(Tensor w) {
        double sum = 0;
        double squares = 0;
        for (float number : w.data()) {
            sum += number;
            squares += (double) number * number;
        }
        double mean = sum / w.length();
        assertEquals(0, mean, 0.003);
        return Math.sqrt(squares / w.length() - mean * mean);
    }

    @Test
    void i1_equalsItsDefinition() {
        Tensor unit = Tensor.normal(RandomStream.seed(9), 1, 6, 2, 3, 3);
        Tensor w = He.normal(RandomStream.seed(9), 6, 2, 3, 3);
        assertEquals(Initialisation.heDeviation(2 * 3 * 3) * unit.at(5, 1, 2, 0), w.at(5, 1, 2, 0), 1e-7);
    }
}
