package atelier.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.layer.Parameter;
import atelier.optim.Sgd;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {

    @Test
    void everyFiniteNumberIsFinite() {
        float[] extremes = {
            0, -0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, Float.MIN_NORMAL, 1, -1, Float.MAX_VALUE
        };
        assertTrue(Finite.allFinite(extremes));
        assertTrue(Finite.allFinite(new float[0]));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void oneThatIsNotIsFoundAnywhere(float bad) {
        for (int length = 1; length < 12; length++) {
            for (int at = 0; at < length; at++) {
                float[] values = new float[length];
                values[at] = bad;
                assertFalse(Finite.allFinite(values), length + " numbers, number " + at);
            }
        }
    }

    @Test
    void theMessageNamesTheParameterAndTheFirstBadIndex() {
        Parameter good = new Parameter("good", Tensor.zeros(9));
        Parameter bad = new Parameter("conv2.weight", Tensor.zeros(3, 3));
        bad.gradient().data()[7] = Float.POSITIVE_INFINITY;
        bad.gradient().data()[8] = Float.NaN;
        NonFiniteException fault =
                assertThrows(NonFiniteException.class, () -> Finite.requireGradients(new Sgd(List.of(good, bad), 0.1)));
        assertEquals(
                "expected finite numbers but got Infinity in the gradient of conv2.weight at index 7."
                        + " Lower the learning rate.",
                fault.getMessage());
    }
}
