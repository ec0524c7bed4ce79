package atelier.tensor;

/**
 * The exponential function and its relatives in float, fast and the same to the bit on every JDK and processor.
 *
 * <pre>{@code
 * n = round(x / ln 2),  r = x − n·ln 2,  exp x = 2ⁿ · (1 + r + r²·P(r))            (F1)
 * x = 2ⁿ·(1+f),  √½ ≤ 1+f < √2,  ln x = n·ln 2 + f − f²/2 + f³·P(f)                (F2)
 * tanh x = x + x³·P(x²)  for |x| < 0.625,  else  sgn x · (1 − 2/(exp 2|x| + 1))    (F3)
 * σ(x) = 1/(1 + exp(−x))                                                           (F4)
 * t = x − round(x),  sin 2πx = t·(¼ − t²)·P(t²)                                    (F5)
 * e = exp(−|x|),  s = e/(2+e),  ln(1 + e) = s·P(s²)                                (F6)
 * }</pre>
 *
 * <p>P are minimax polynomials fitted for this class. Largest error over the whole range, in units of the last place of the
 * exact result, tested: exp 1, log 1, tanh 1.5, σ 2.5, sine 3.5, (F6) 3.5. Infinities, NaN and overflow behave as {@link Math}'s do; results of exp below
 * 2⁻¹²⁶ become 0.
 *
 * <p>Source of the reductions: Cody and Waite 1980, "Software Manual for the Elementary Functions".
 */
public final class FastMath {

    static final float LOG2_E = 1.44269504f;
    static final float LN2_HIGH = 0.693359375f; // its last 15 bits are zero: n · LN2_HIGH is exact
    static final float LN2_LOW = -2.12194440e-4f;
    static final float ROUND = 12582912f; // 1.5 · 2²³: adding it leaves the nearest whole number in the low bits
    static final float EXP_MAX = 88.72283f; // one float more and exp would be beyond the largest float
    static final float EXP_MIN = -87.3365448f;
    static final float E0 = 0.49999994f;
    static final float E1 = 0.16666521f;
    static final float E2 = 0.04166839f;
    static final float E3 = 0.00836871f;
    static final float E4 = 0.0013814613f;

    static final float L0 = 0.33333313f;
    static final float L1 = -0.2500001f;
    static final float L2 = 0.20002119f;
    static final float L3 = -0.16667996f;
    static final float L4 = 0.14219552f;
    static final float L5 = -0.1240559f;
    static final float L6 = 0.118881665f;
    static final float L7 = -0.116756484f;
    static final float L8 = 0.067466274f;

    static final float T0 = -0.3333333f;
    static final float T1 = 0.1333321f;
    static final float T2 = -0.053947203f;
    static final float T3 = 0.021702968f;
    static final float T4 = -0.0081826765f;
    static final float T5 = 0.0021475388f;

    static final float S0 = 25.132742f; // 8π
    static final float S1 = -64.835945f;
    static final float S2 = 67.080055f;
    static final float S3 = -38.530933f;
    static final float S4 = 14.199482f;
    static final float S5 = -3.3891373f;

    static final float P0 = 2f;
    static final float P1 = 0.6666642f;
    static final float P2 = 0.40021437f;
    static final float P3 = 0.28003028f;
    static final float P4 = 0.28006753f;

    private FastMath() {}

    /** {@code y[i] = exp x[i]}; both may be the same array. */
    public static void exp(float[] x, int xFrom, float[] y, int yFrom, int length) {
        Kernels.best().exp(x, xFrom, y, yFrom, length);
    }

    /** {@code y[i] = ln x[i]}. */
    public static void log(float[] x, int xFrom, float[] y, int yFrom, int length) {
        Kernels.best().log(x, xFrom, y, yFrom, length);
    }

    /** {@code y[i] = tanh x[i]}. */
    public static void tanh(float[] x, int xFrom, float[] y, int yFrom, int length) {
        Kernels.best().tanh(x, xFrom, y, yFrom, length);
    }

    /** {@code y[i] = 1/(1 + exp(−x[i]))}. */
    public static void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int length) {
        Kernels.best().sigmoid(x, xFrom, y, yFrom, length);
    }

    /**
     * What a logit x says, from one exponential: {@code sigma[i] = 1/(1 + exp(−x[i]))} and {@code tail[i] = ln(1 + exp(−|x[i]|))}, (F6).
     *
     * <p>No digit of a small result is lost: {@code ln(1 + e)} itself would be 0 for every e below 6·10⁻⁸.
     */
    public static void logistic(
            float[] x, int xFrom, float[] sigma, int sigmaFrom, float[] tail, int tailFrom, int length) {
        Kernels.best().logistic(x, xFrom, sigma, sigmaFrom, tail, tailFrom, length);
    }

    /** (F1) */
    public static float exp(float x) {
        if (!(x <= EXP_MAX)) {
            return x > EXP_MAX ? Float.POSITIVE_INFINITY : x; // NaN stays NaN
        }
        if (x < EXP_MIN) {
            return 0;
        }
        float shifted = Math.fma(x, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float p = Math.fma(Math.fma(Math.fma(Math.fma(E4, r, E3), r, E2), r, E1), r, E0);
        float e = Math.fma(p, r * r, r) + 1;
        int power = Float.floatToRawIntBits(shifted) << 23; // 2ⁿ as an addition to the exponent bits
        return Float.intBitsToFloat(Float.floatToRawIntBits(e) + power);
    }

    /** (F2) */
    public static float log(float x) {
        if (!(x > 0) || x == Float.POSITIVE_INFINITY) {
            return x == 0 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
        }
        float scaled = x < Float.MIN_NORMAL ? x * 0x1p25f : x;
        float bias = x < Float.MIN_NORMAL ? -25f : 0f;
        int bits = Float.floatToRawIntBits(scaled);
        int exponent = (bits - 0x3F3504F3) >> 23; // 0x3F3504F3 is √½
        float n = exponent + bias;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        float p = Math.fma(L8, f, L7);
        p = Math.fma(p, f, L6);
        p = Math.fma(p, f, L5);
        p = Math.fma(p, f, L4);
        p = Math.fma(p, f, L3);
        p = Math.fma(p, f, L2);
        p = Math.fma(p, f, L1);
        p = Math.fma(p, f, L0);
        float square = f * f;
        float tail = Math.fma(p, square * f, Math.fma(n, LN2_LOW, square * -0.5f));
        return Math.fma(n, LN2_HIGH, f + tail);
    }

    /** (F3) */
    public static float tanh(float x) {
        return tanh(x, exp(2 * Math.abs(x)));
    }

    /** (F3), where {@code power} is exp 2|x|. */
    static float tanh(float x, float power) {
        if (Math.abs(x) < 0.625f) {
            float t = x * x;
            float p = Math.fma(Math.fma(Math.fma(T5, t, T4), t, T3), t, T2);
            p = Math.fma(Math.fma(p, t, T1), t, T0);
            return Math.fma(p, t * x, x);
        }
        return Math.copySign(1 - 2 / (power + 1), x);
    }

    /** (F4) */
    public static float sigmoid(float x) {
        return 1 / (1 + exp(-x));
    }

    /**
     * The sine of x full turns, {@code sin 2πx}, for |x| ≤ 2²²; a float beyond is so coarse that no turn is left. (F5)
     *
     * <p>With turns no digit is lost to a multiple of 2π: t is exact, and so are the zeros at every half turn.
     */
    public static float sinTurns(float x) {
        float t = x - (x + ROUND - ROUND);
        float s = t * t;
        float p = Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(S5, s, S4), s, S3), s, S2), s, S1), s, S0);
        return t * Math.fma(-t, t, 0.25f) * p;
    }

    /** (F6), where 0 ≤ e ≤ 1. */
    static float log1p(float e) {
        float s = e / (2 + e);
        float z = s * s;
        return s * Math.fma(Math.fma(Math.fma(Math.fma(P4, z, P3), z, P2), z, P1), z, P0);
    }
}
