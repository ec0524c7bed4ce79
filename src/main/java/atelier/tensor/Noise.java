package atelier.tensor;

import java.util.function.IntConsumer;

/**
 * Tensors filled with random numbers, hundreds of millions a second, the same to the bit on every machine and number of threads.
 *
 * <pre>{@code
 * u[2i] = (z >>> 40) · 2⁻²⁴,  u[2i+1] = (z mod 2²⁴) · 2⁻²⁴       z = bits(i); uniform in [0,1)    (R4)
 * x[2i] = r · cos 2πv,        x[2i+1] = r · sin 2πv              normal, mean 0, deviation 1      (R5)
 * r     = √(−2 ln u),         u = ((z >>> 24) + 1) · 2⁻⁴⁰,       v = u[2i+1]
 * }</pre>
 *
 * <p>Shapes: any; the numbers come in the order in which the tensor stores them, and 64 random bits make two, so that a
 * tensor draws ⌈length/2⌉ from the stream.
 *
 * <p>{@link RandomStream#normal} throws the sine away; here both coordinates of Box and Muller's random point are used, as they
 * are independent. The 40 bits of u reach out to |x| = 7.4; beyond lies one normal number in 10¹³.
 *
 * <p>Source: Box and Muller 1958, doi:10.1214/aoms/1177706645.
 */
public final class Noise {

    private static final int BLOCK = 512; // pairs worked on at once; they stay in the nearest cache
    private static final int PIECE = 4 * BLOCK; // pairs
    private static final int ONE = Float.floatToRawIntBits(1);
    private static final ThreadLocal<Filling> FILLING = ThreadLocal.withInitial(Filling::new);
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);
    private static final Rule NORMAL = Noise::normal;
    private static final Rule UNIFORM = Noise::uniform;
    private static final Rule BERNOULLI = Noise::bernoulli;

    /** Makes the numbers {@code from} ≤ i < {@code to}, at most two for each random bits. */
    private interface Rule {
        void write(Scratch scratch, float[] p, float[] x, int from, int to);
    }

    /** What a thread writes on its way to a block of numbers. */
    private static final class Scratch {
        private final long[] bits = new long[BLOCK];
        private final float[] u = new float[2 * BLOCK];
        private final float[] v = new float[BLOCK];
        private final float[] cos = new float[BLOCK];
        private final float[] sin = new float[BLOCK];
    }

    private Noise() {}

    /** Normal numbers with mean 0 and deviation 1, (R5). */
    public static void normal(RandomStream random, Tensor into) {
        FILLING.get().run(NORMAL, random, null, into.data());
    }

    /** Uniform numbers in [0,1), (R4). */
    public static void uniform(RandomStream random, Tensor into) {
        FILLING.get().run(UNIFORM, random, null, into.data());
    }

    /**
     * 1 with probability p, else 0, for every p: what a pixel of grey p says when it must be black or white.
     *
     * @param into of the same shape and layout; p itself may be overwritten
     */
    public static void bernoulli(RandomStream random, Tensor p, Tensor into) {
        p.requireSameShape(into, "Noise.bernoulli");
        FILLING.get().run(BERNOULLI, random, p.data(), into.data());
    }

    /** One tensor being filled; kept for each thread that asks, so that nothing is allocated. */
    private static final class Filling implements IntConsumer {

        private Rule rule;
        private RandomStream random;
        private float[] p;
        private float[] x;

        void run(Rule rule, RandomStream random, float[] p, float[] x) {
            this.rule = rule;
            this.random = random;
            this.p = p;
            this.x = x;
            Parallel.run((x.length + 2 * PIECE - 1) / (2 * PIECE), this);
            random.position(random.position() + (x.length + 1) / 2);
        }

        @Override
        public void accept(int piece) {
            Scratch scratch = SCRATCH.get();
            int end = Math.min(x.length, 2 * PIECE * (piece + 1));
            for (int from = 2 * PIECE * piece; from < end; from += 2 * BLOCK) {
                int to = Math.min(end, from + 2 * BLOCK);
                random.peek(from / 2, scratch.bits, (to - from + 1) / 2);
                rule.write(scratch, p, x, from, to);
            }
        }
    }

    private static void uniform(Scratch s, float[] none, float[] x, int from, int to) {
        int whole = (to - from) / 2;
        for (int i = 0; i < whole; i++) {
            x[from + 2 * i] = (int) (s.bits[i] >>> 40) * 0x1p-24f;
            x[from + 2 * i + 1] = (int) (s.bits[i] & 0xFFFFFF) * 0x1p-24f;
        }
        if ((to - from) % 2 == 1) {
            x[to - 1] = (int) (s.bits[whole] >>> 40) * 0x1p-24f;
        }
    }

    private static void bernoulli(Scratch s, float[] p, float[] x, int from, int to) {
        uniform(s, null, s.u, 0, to - from);
        for (int i = from; i < to; i++) {
            x[i] = Float.intBitsToFloat(s.u[i - from] < p[i] ? ONE : 0); // between ints, no branch to guess wrong
        }
    }

    private static void normal(Scratch s, float[] none, float[] x, int from, int to) {
        int pairs = (to - from + 1) / 2;
        for (int i = 0; i < pairs; i++) {
            s.u[i] = ((s.bits[i] >>> 24) + 1) * 0x1p-40f;
            s.v[i] = (int) (s.bits[i] & 0xFFFFFF) * 0x1p-24f;
        }
        FastMath.log(s.u, 0, s.u, 0, pairs);
        Kernels.best().points(s.u, s.v, s.cos, s.sin, pairs);
        int whole = (to - from) / 2;
        for (int i = 0; i < whole; i++) {
            x[from + 2 * i] = s.cos[i];
            x[from + 2 * i + 1] = s.sin[i];
        }
        if (whole < pairs) {
            x[to - 1] = s.cos[whole];
        }
    }
}
