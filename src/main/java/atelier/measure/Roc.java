package atelier.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What a score is worth that should be high for the things looked for (positives) and low for the others.
 *
 * <pre>{@code
 * TPR(t) = share of positives with score ≥ t,   FPR(t) = share of negatives with score ≥ t             (M11)
 * AUC    = (Σ ranks of positives − P(P+1)/2) / (P·Q) = P(s₊ > s₋) + ½ P(s₊ = s₋)                       (M12)
 * }</pre>
 *
 * <p>There are P positives and Q negatives; equal scores share the mean of their ranks. AUC is the area below the curve of
 * (FPR, TPR): ½ for a score that knows nothing, 1 when every positive stands above every negative. No threshold is chosen.
 *
 * <p>Walk-through: notebooks/08-autoencoder-at-work. Source: Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747.
 *
 * @param thresholds ∞, then every score that occurs, from high to low
 * @param falsePositives FPR at each threshold, from 0 to 1
 * @param truePositives TPR at each threshold, from 0 to 1
 * @param auc (M12)
 */
public record Roc(double[] thresholds, double[] falsePositives, double[] truePositives, double auc) {

    /** Of scores and whether each belongs to a positive. */
    public static Roc of(double[] scores, boolean[] positive) {
        int n = scores.length;
        long p = IntStream.range(0, Math.min(n, positive.length))
                .filter(i -> positive[i])
                .count();
        long q = n - p;
        if (positive.length != n || p == 0 || q == 0) {
            throw new IllegalArgumentException("Roc.of: expected one answer a score, and both positives and negatives, "
                    + "but got " + n + " scores and " + positive.length + " answers, " + p
                    + " of them positive. Without both there is nothing to tell apart.");
        }
        if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException(
                    "Roc.of: expected scores that can be compared but got NaN. Look at the " + "model that made them.");
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();

        double[] thresholds = new double[n + 1];
        double[] falsePositives = new double[n + 1];
        double[] truePositives = new double[n + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        int points = 1;
        long hits = 0;
        double ranks = 0; // of the positives, counted from the lowest score
        for (int from = 0, to; from < n; from = to) {
            long before = hits;
            for (to = from; to < n && scores[order[to]] == scores[order[from]]; to++) {
                hits += positive[order[to]] ? 1 : 0;
            }
            ranks += (hits - before) * (n - (from + to - 1) / 2.0);
            thresholds[points] = scores[order[from]];
            truePositives[points] = (double) hits / p;
            falsePositives[points] = (double) (to - hits) / q;
            points++;
        }
        return new Roc(
                Arrays.copyOf(thresholds, points),
                Arrays.copyOf(falsePositives, points),
                Arrays.copyOf(truePositives, points),
                (ranks - p * (p + 1) / 2.0) / (p * q));
    }
}
