package atelier.cli;

import atelier.data.ImageSet;
import atelier.tensor.Tensor;

/** As many images of a set as a picture needs. */
final class Some {

    private static final int IN_A_ROW = 10;
    private static final int IN_A_CLOUD = 2000;

    private Some() {}

    /** The first few, to be shown. */
    static Tensor images(ImageSet set) {
        return set.images(0, Math.min(IN_A_ROW, set.count()));
    }

    static int[] labels(ImageSet set) {
        return set.labels(0, Math.min(IN_A_ROW, set.count()));
    }

    /** The first many, to see how their codes lie. */
    static Tensor many(ImageSet set) {
        return set.images(0, Math.min(IN_A_CLOUD, set.count()));
    }

    static int[] manyLabels(ImageSet set) {
        return set.labels(0, Math.min(IN_A_CLOUD, set.count()));
    }
}
