package atelier.measure;

import java.util.Arrays;

/**
 * Which digits a generator makes, and how evenly.
 *
 * <pre>{@code
 * modes = |{k : p_k ≥ 0.01}|,   KL(p ‖ q) = Σ_k p_k ln (p_k / q_k)      (E5)
 * }</pre>
 *
 * <p>p_k is the share of the samples that the judge reads as digit k, q_k that of real images, read by the same judge so that
 * its habits cancel.
 *
 * <p>Why 0.01: an even generator gives each digit a tenth. The judge misreads under one image in a hundred, which scatter over
 * nine digits: a digit that is never made gets a thousandth or so by mistake. A hundredth is far from both.
 *
 * <p>Units: nats; 0 when the shares agree, ln 10 when one digit is all there is, ∞ when a digit is made that no real image
 * shows. Of N fair samples the divergence is about 9/(2N), not 0.
 *
 * <p>Walk-through: notebooks/17-measuring-generators.
 *
 * @param share p, of the samples
 * @param prior q, of the real images
 */
public record Modes(double[] share, double[] prior) {

    private static final int CLASSES = 10;
    private static final double ENOUGH = 0.01;

    /** Of the digits that the judge reads in samples and in real images. */
    public static Modes of(int[] digits, int[] real) {
        if (digits.length == 0 || real.length == 0) {
            throw new IllegalArgumentException("Modes.of: expected samples and real images but got " + digits.length
                    + " and " + real.length + ". Shares of nothing are no numbers.");
        }
        return new Modes(shares(digits), shares(real));
    }

    private static double[] shares(int... digits) {
        double[] shares = new double[CLASSES];
        for (int digit : digits) {
            shares[digit]++;
        }
        return Arrays.stream(shares).map(count -> count / digits.length).toArray();
    }

    /** How many digits make up at least a hundredth of the samples each. */
    public int covered() {
        return (int) Arrays.stream(share).filter(p -> p >= ENOUGH).count();
    }

    /** KL(p ‖ q); a digit that is never made counts nothing. */
    public double divergence() {
        double sum = 0;
        for (int k = 0; k < share.length; k++) {
            sum += share[k] == 0 ? 0 : share[k] * StrictMath.log(share[k] / prior[k]);
        }
        return Math.max(0, sum); // below 0 only by rounding
    }
}
