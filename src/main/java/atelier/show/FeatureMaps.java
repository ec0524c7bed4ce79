package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/** What the channels of a layer answer to one image. */
public final class FeatureMaps {

    private FeatureMaps() {}

    /** All channels of the first image. */
    public static Picture grid(Tensor activations) {
        return grid(activations, 0);
    }

    /** All channels of image n of {@code [N,C,H,W]}, on one scale. */
    public static Picture grid(Tensor activations, int n) {
        if (activations.rank() != 4) {
            throw new ShapeException("FeatureMaps.grid: expected activations [N,C,H,W] but got "
                    + Arrays.toString(activations.shape()) + ". Show the output of a convolution or pooling layer.");
        }
        if (activations.length() == 0) {
            return Text.note("No feature maps to show.");
        }
        if (n < 0 || n >= activations.size(0)) {
            throw new IllegalArgumentException("FeatureMaps.grid: expected an image from 0 to "
                    + (activations.size(0) - 1) + " but got " + n + ". Images are counted from 0.");
        }
        int c = activations.size(1);
        int h = activations.size(2);
        int w = activations.size(3);
        return Tiles.draw(
                activations.slice(n, n + 1).rowMajor().reshape(c, 1, h, w),
                "c",
                "",
                c + (c == 1 ? " feature map" : " feature maps") + " of " + h + " by " + w
                        + " for one image; the stronger the answer, the darker.");
    }
}
