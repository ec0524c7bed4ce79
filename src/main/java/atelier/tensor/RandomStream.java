package atelier.tensor;

import java.util.stream.LongStream;

/**
 * Seeded random numbers, the same on every machine, JDK and number of threads.
 *
 * <pre>{@code
 * bits(i) = mix(seed + (i+1)·γ)            γ = 0x9E3779B97F4A7C15           (R1)
 * u       = (bits >>> 11) · 2⁻⁵³            uniform in [0,1)                  (R2)
 * x       = √(−2 ln u₁) · cos(2π u₂)        normal, mean 0, deviation 1       (R3)
 * }</pre>
 *
 * <p>The i-th number is a function of the seed and i alone, so a position (two longs) is the whole state: a checkpoint
 * stores it, and {@link #split} makes independent streams without drawing a number. Logarithm and cosine are
 * {@link StrictMath}'s, which are the same to the bit on every JDK.
 *
 * <p>Sources: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", doi:10.1145/2660193.2660195
 * (R1); Box and Muller 1958, doi:10.1214/aoms/1177706645 (R3).
 */
public final class RandomStream {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    /** i·γ: with them in a table the loop of {@link #peek} runs on the processor's vectors. */
    private static final long[] STEPS =
            LongStream.range(0, 512).map(i -> i * GAMMA).toArray();

    private final long seed;
    private long position;

    private RandomStream(long seed, long position) {
        this.seed = seed;
        this.position = position;
    }

    public static RandomStream seed(long seed) {
        return new RandomStream(mix(seed ^ 0x6A09E667F3BCC909L), 0);
    }

    /** An independent stream for one purpose: it depends on this stream's seed and the key, not on what was drawn. */
    public RandomStream split(long key) {
        return new RandomStream(mix(mix(seed + GAMMA) ^ mix(key * GAMMA + 1)), 0);
    }

    /** How many numbers were drawn; {@link #position(long)} goes back there. */
    public long position() {
        return position;
    }

    public void position(long drawn) {
        position = drawn;
    }

    /** 64 random bits, (R1). */
    public long bits() {
        return mix(seed + ++position * GAMMA);
    }

    /** The bits that a later call gets: {@code into[i] = bits(position + skipped + i)}; nothing is drawn. At most 512. */
    void peek(long skipped, long[] into, int count) {
        long first = seed + (position + skipped + 1) * GAMMA;
        for (int i = 0; i < count; i++) {
            into[i] = mix(first + STEPS[i]);
        }
    }

    /** A uniform number in {@code [0,1)}, (R2). */
    public double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** A uniform whole number in {@code 0 … bound−1}; the bias of the multiplication is below bound·2⁻⁶³. */
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("RandomStream.below: expected a positive bound but got " + bound
                    + ". It is the count of outcomes.");
        }
        return (int) Math.multiplyHigh(bits() >>> 1, (long) bound << 1);
    }

    /** A normal number with mean 0 and deviation 1, (R3); it draws two uniforms. */
    public double normal() {
        double u1 = 1 - uniform(); // in (0,1], so that the logarithm is finite
        double u2 = uniform();
        return Math.sqrt(-2 * StrictMath.log(u1)) * StrictMath.cos(2 * Math.PI * u2);
    }

    /** Fills {@code length} places from {@code from} on with normal numbers of the given deviation. */
    public void fillNormal(float[] values, int from, int length, double deviation) {
        for (int i = from; i < from + length; i++) {
            values[i] = (float) (deviation * normal());
        }
    }

    /** The numbers 0 … n−1 in random order (Fisher and Yates): every order is equally likely. */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        shuffle(order);
        return order;
    }

    public void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
