package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.Tensor;

/**
 * Images that stand channels last, each inside a frame of p zeros, as the patches of a convolution read them.
 *
 * <p>Images without a frame that stand channels last already are read where they are.
 */
final class Frame {

    private final int padding; // p
    private float[] kept = {};
    private Tensor x;
    private float[] images;
    private int height;
    private int width;

    Frame(int padding) {
        this.padding = padding;
    }

    /** Learns the images; {@link #enter} brings each of them in. */
    void around(Tensor x) {
        if (height != x.size(2) + 2 * padding || width != x.size(3) + 2 * padding) {
            kept = new float[0]; // the zeros stand elsewhere now
        }
        this.x = x;
        height = x.size(2) + 2 * padding;
        width = x.size(3) + 2 * padding;
        boolean asItIs = padding == 0 && (x.layout() == Layout.CHANNELS_LAST || x.size(1) == 1);
        if (!asItIs && kept.length < x.size(0) * length()) {
            kept = new float[x.size(0) * length()];
        }
        images = asItIs ? x.data() : kept;
    }

    /** Copies image n into its frame, if it needs one. */
    void enter(int n) {
        if (images != kept) {
            return;
        }
        int c = x.size(1);
        int line = x.size(3) * c;
        float[] from = x.data();
        for (int h = 0; h < x.size(2); h++) {
            int to = n * length() + ((h + padding) * width + padding) * c;
            if (x.layout() == Layout.CHANNELS_LAST || c == 1) {
                System.arraycopy(from, (n * x.size(2) + h) * line, kept, to, line);
            } else {
                for (int channel = 0; channel < c; channel++) {
                    int row = ((n * c + channel) * x.size(2) + h) * x.size(3);
                    for (int w = 0; w < x.size(3); w++) {
                        kept[to + w * c + channel] = from[row + w];
                    }
                }
            }
        }
    }

    /** The images in their frames, one after the other. */
    float[] images() {
        return images;
    }

    /** How many numbers a framed image has. */
    int length() {
        return height * width * x.size(1);
    }

    /** Image n of y is what a framed image holds inside its frame. */
    static void leave(float[] framed, int from, int padding, Tensor y, int n) {
        int c = y.size(1);
        int line = y.size(3) * c;
        for (int h = 0; h < y.size(2); h++) {
            int row = from + ((h + padding) * (y.size(3) + 2 * padding) + padding) * c;
            System.arraycopy(framed, row, y.data(), (n * y.size(2) + h) * line, line);
        }
    }
}
