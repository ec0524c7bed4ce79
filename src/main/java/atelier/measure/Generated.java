package atelier.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link Reference} says of a generator's samples.
 *
 * @param judged the numbers of the samples that were judged: all in their order, or of too many a draw
 * @param frechet (E1) between these samples and as many test images
 * @param floor (E1) between as many training images and the same test images: a perfect generator comes about here
 * @param kernel (E2) with its interval
 * @param precisionRecall (E3) and (E4)
 * @param modes (E5)
 * @param memorisation (E6), of the first thousand judged samples
 */
public record Generated(
        int[] judged,
        double frechet,
        double floor,
        KernelDistance kernel,
        PrecisionRecall precisionRecall,
        Modes modes,
        Memorisation.Result memorisation) {

    /** How many samples were judged. */
    public int count() {
        return judged.length;
    }

    /** The numbers under the names that they have in metrics.json. */
    public Map<String, Number> metrics() {
        Map<String, Number> metrics = new LinkedHashMap<>();
        metrics.put("frechet_distance", frechet);
        metrics.put("frechet_n", count());
        metrics.put("frechet_floor", floor);
        metrics.put("kid", kernel.distance());
        metrics.put("precision", precisionRecall.precision());
        metrics.put("recall", precisionRecall.recall());
        metrics.put("modes", modes.covered());
        metrics.put("class_kl", modes.divergence());
        metrics.put("memorisation", memorisation.copying());
        return metrics;
    }
}
