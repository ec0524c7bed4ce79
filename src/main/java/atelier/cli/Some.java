package atelier.cli;

import atelier.data.ImageSet;
import atelier.tensor.Tensor;
import java.util.function.BiFunction;

/** As many images of a set as a picture needs. */
final class Some {

    private static final int IN_A_ROW = 10;
    private static final int IN_A_CLOUD = 2000;
    private static final int AT_ONCE = 100;

    private Some() {}

    /** The first few, to be shown. */
    static Tensor images(ImageSet set) {
        return set.images(0, Math.min(IN_A_ROW, set.count()));
    }

    static int[] labels(ImageSet set) {
        return set.labels(0, Math.min(IN_A_ROW, set.count()));
    }

    /** The labels of {@link #codes}. */
    static int[] manyLabels(ImageSet set) {
        return set.labels(0, Math.min(IN_A_CLOUD, set.count()));
    }

    /** The codes {@code [N,D]} of the first many: the first D numbers of each row that the encoder gives. */
    static Tensor codes(ImageSet set, int d, BiFunction<Tensor, int[], Tensor> encoder) {
        Tensor codes = Tensor.zeros(Math.min(IN_A_CLOUD, set.count()), d);
        for (int from = 0; from < codes.size(0); from += AT_ONCE) {
            int to = Math.min(codes.size(0), from + AT_ONCE);
            Tensor rows = encoder.apply(set.images(from, to), set.labels(from, to));
            for (int n = from; n < to; n++) {
                System.arraycopy(rows.data(), (n - from) * rows.size(1), codes.data(), n * d, d);
            }
        }
        return codes;
    }
}
