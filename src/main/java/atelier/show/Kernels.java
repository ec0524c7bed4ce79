package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/** The weights of a convolution as small images: what each kernel looks for. */
public final class Kernels {

    private static final int MOST = 2048;

    private Kernels() {}

    /** Weights {@code [K,C,R,R]}, blue below 0 and red above: a row an output channel k, a column an input channel c. */
    public static Picture grid(Tensor weights) {
        if (weights.rank() != 4) {
            throw new ShapeException("Kernels.grid: expected weights [K,C,R,R] but got "
                    + Arrays.toString(weights.shape()) + ". Show the weights of a convolution.");
        }
        if (weights.length() == 0) {
            return Text.note("No kernels to show.");
        }
        int k = weights.size(0);
        int c = weights.size(1);
        if (k * c > MOST) {
            throw new IllegalArgumentException("Kernels.grid: expected at most " + MOST + " kernels but got " + k
                    + " × " + c + ". Show a part of them: weights.slice(0, 8).");
        }
        return Tiles.draw(
                weights,
                "k",
                "c",
                k + (k == 1 ? " kernel" : " kernels") + " of " + weights.size(2) + " by " + weights.size(3)
                        + (c == 1 ? "" : " for each of " + c + " input channels")
                        + "; blue weights are negative, red ones positive.");
    }
}
