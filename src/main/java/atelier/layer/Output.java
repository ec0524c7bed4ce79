package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.Tensor;

/**
 * The tensor that a layer writes its result into, kept from call to call so that training allocates nothing.
 *
 * <p>Two shapes are kept: the batch of every step, and the smaller one that ends an epoch. The numbers in the tensor are
 * those of an earlier call; whoever asks for it writes every one of them.
 */
final class Output {

    private Tensor latest;
    private Tensor before;

    /** A tensor of this shape and layout. */
    Tensor like(Tensor x) {
        if (!fits(latest, x)) {
            swap();
            if (!fits(latest, x)) {
                latest = x.layout() == Layout.CHANNELS_LAST
                        ? Tensor.zerosChannelsLast(x.size(0), x.size(1), x.size(2), x.size(3))
                        : Tensor.zeros(x.shape());
            }
        }
        return latest;
    }

    /** A tensor {@code [N,F]}: one row of numbers for each example. */
    Tensor rows(int n, int f) {
        if (!fits(latest, n, f)) {
            swap();
            if (!fits(latest, n, f)) {
                latest = Tensor.zeros(n, f);
            }
        }
        return latest;
    }

    /** A tensor {@code [N,C,H,W]} in this layout. */
    Tensor rows(int n, int c, int h, int w, Layout layout) {
        if (!fits(latest, n, c, h, w, layout)) {
            swap();
            if (!fits(latest, n, c, h, w, layout)) {
                latest = layout == Layout.CHANNELS_LAST
                        ? Tensor.zerosChannelsLast(n, c, h, w)
                        : Tensor.zeros(n, c, h, w);
            }
        }
        return latest;
    }

    private void swap() {
        Tensor other = before;
        before = latest;
        latest = other;
    }

    private static boolean fits(Tensor kept, Tensor x) {
        if (kept == null || kept.layout() != x.layout() || kept.rank() != x.rank()) {
            return false;
        }
        for (int axis = 0; axis < x.rank(); axis++) {
            if (kept.size(axis) != x.size(axis)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Tensor kept, int n, int f) {
        return kept != null && kept.rank() == 2 && kept.size(0) == n && kept.size(1) == f;
    }

    private static boolean fits(Tensor kept, int n, int c, int h, int w, Layout layout) {
        return kept != null
                && kept.rank() == 4
                && kept.layout() == layout
                && kept.size(0) == n
                && kept.size(1) == c
                && kept.size(2) == h
                && kept.size(3) == w;
    }
}
