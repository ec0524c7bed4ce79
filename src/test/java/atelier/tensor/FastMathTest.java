package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class FastMathTest {

    private interface Loop {
        void apply(float[] x, int xFrom, float[] y, int yFrom, int length);
    }

    private static final int LENGTH = 67; // whole vectors and a rest, for any width

    /** Walks through floats of every size and sign; checks error, special values and equality of the two paths. */
    private static void check(String name, double ulps, DoubleUnaryOperator exact, Loop fast, Loop plain) {
        check(name, ulps, exact, fast, plain, 0, 1L << 32, 997);
        for (float sign : new float[] {1, -1}) { // every float where exp, or its square, leaves the floats
            for (float from : new float[] {43.5f, 86.5f}) {
                long first = Float.floatToIntBits(sign * from) & 0xFFFFFFFFL;
                long last = Float.floatToIntBits(sign * (from + 3)) & 0xFFFFFFFFL;
                check(name, ulps, exact, fast, plain, first, last, 1);
            }
        }
    }

    private static void check(
            String name,
            double ulps,
            DoubleUnaryOperator exact,
            Loop fast,
            Loop plain,
            long first,
            long last,
            long step) {
        float[] x = new float[LENGTH];
        float[] y = new float[LENGTH];
        float[] z = new float[LENGTH];
        double worst = 0;
        float worstAt = 0;
        for (long bits = first; bits < last; bits += step * LENGTH) {
            for (int i = 0; i < LENGTH; i++) {
                x[i] = Float.intBitsToFloat((int) (bits + step * i));
            }
            fast.apply(x, 0, y, 0, LENGTH);
            plain.apply(x, 0, z, 0, LENGTH);
            for (int i = 0; i < LENGTH; i++) {
                if (Float.floatToIntBits(z[i]) != Float.floatToIntBits(y[i])) {
                    fail(name + " of " + x[i] + " is " + y[i] + " with vectors and " + z[i] + " without");
                }
                double truth = exact.applyAsDouble(x[i]);
                float rounded = (float) truth;
                if (Float.isNaN(rounded) || Float.isInfinite(rounded)) {
                    assertEquals(rounded, y[i], () -> name);
                } else if (Math.abs(truth) < 2 * Float.MIN_NORMAL) {
                    assertEquals(truth, y[i], 2 * Float.MIN_NORMAL, () -> name);
                } else if (!(Math.abs(truth - y[i]) / Math.ulp(rounded) <= worst)) { // NaN is worse than any number
                    worst = Math.abs(truth - y[i]) / Math.ulp(rounded);
                    worstAt = x[i];
                }
            }
        }
        if (!(worst <= ulps)) {
            fail(name + " was off by " + worst + " units of the last place at " + worstAt);
        }
    }

    private static final PlainKernels PLAIN = new PlainKernels();

    @Test
    void f1_exp() {
        check("exp", 1, StrictMath::exp, FastMath::exp, PLAIN::exp);
    }

    @Test
    void f2_log() {
        check("log", 1, StrictMath::log, FastMath::log, PLAIN::log);
    }

    @Test
    void f3_tanh() {
        check("tanh", 1.5, StrictMath::tanh, FastMath::tanh, PLAIN::tanh);
    }

    @Test
    void f4_sigmoid() {
        check("sigmoid", 2.5, x -> 1 / (1 + StrictMath.exp(-x)), FastMath::sigmoid, PLAIN::sigmoid);
    }

    @Test
    void f6_logistic() {
        Loop fastTail =
                (x, xFrom, y, yFrom, length) -> FastMath.logistic(x, xFrom, new float[length], 0, y, yFrom, length);
        Loop plainTail =
                (x, xFrom, y, yFrom, length) -> PLAIN.logistic(x, xFrom, new float[length], 0, y, yFrom, length);
        check("tail", 3.5, x -> StrictMath.log1p(StrictMath.exp(-Math.abs(x))), fastTail, plainTail);
        Loop fastSigma =
                (x, xFrom, y, yFrom, length) -> FastMath.logistic(x, xFrom, y, yFrom, new float[length], 0, length);
        Loop plainSigma =
                (x, xFrom, y, yFrom, length) -> PLAIN.logistic(x, xFrom, y, yFrom, new float[length], 0, length);
        check("sigma", 2.5, x -> 1 / (1 + StrictMath.exp(-x)), fastSigma, plainSigma);
    }

    @Test
    void f5_sinTurns() {
        double worst = 0;
        for (long bits = 0; bits < 1L << 32; bits += 997) {
            float x = Float.intBitsToFloat((int) bits);
            if (!(Math.abs(x) <= 0x1p22f)) {
                continue;
            }
            double turns = (double) x - Math.rint(x);
            double truth =
                    StrictMath.sin(2 * Math.PI * (Math.abs(turns) > 0.25 ? Math.copySign(0.5, turns) - turns : turns));
            double ulp = Math.max(Math.ulp((float) truth), Float.MIN_NORMAL * 0x1p-20);
            worst = Math.max(worst, Math.abs(truth - FastMath.sinTurns(x)) / ulp);
        }
        assertTrue(worst <= 3.5, "sine was off by " + worst + " units of the last place");
    }

    @Test
    void f5_isZeroAtEveryHalfTurnAndOneAtAQuarter() {
        for (float half = -8; half <= 8; half += 0.5f) {
            assertEquals(0, Math.abs(FastMath.sinTurns(half)));
            assertEquals(half % 1 == 0 ? 1 : -1, FastMath.sinTurns(half + 0.25f), 2e-7);
        }
        assertTrue(Float.isNaN(FastMath.sinTurns(Float.NaN)));
        assertTrue(Float.isNaN(FastMath.sinTurns(Float.POSITIVE_INFINITY)));
    }

    @Test
    void resultsMayOverwriteTheirInputs() {
        float[] x = {0, 1, -1, 2};
        FastMath.exp(x, 1, x, 1, 3);
        assertEquals(0, x[0]);
        assertEquals(Math.E, x[1], 1e-6);
    }
}
