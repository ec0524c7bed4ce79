package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.Loops;
import atelier.tensor.Parallel;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Nearest-neighbour upsampling: every pixel becomes a square of f×f equal pixels.
 *
 * <pre>{@code
 * y[n,c,h,w]  = x[n,c, ⌊h/f⌋, ⌊w/f⌋]                                                     (X1)
 * dX[n,c,i,j] = Σ_u Σ_v dY[n,c, f·i + u, f·j + v]      0 ≤ u, v < f                       (X2)
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C,I,J]}, y {@code [N,C,f·I,f·J]} stored channels last.
 *
 * <p>Followed by a convolution it does the work of a {@link ConvTranspose2d} without the checkerboard, at f·f times the
 * convolution's cost.
 *
 * <p>Source: Odena, Dumoulin and Olah 2016, doi:10.23915/distill.00003.
 */
public final class Upsample2d implements Layer {

    private final int factor; // f
    private final IntConsumer forwardImage = this::forwardImage;
    private final IntConsumer backwardImage = this::backwardImage;
    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private final Frame inputs = new Frame(0);
    private final Frame upstream = new Frame(0);
    private Tensor x;
    private Tensor y;
    private Tensor dX;

    /** Images become {@code factor} times as high and as wide. */
    public Upsample2d(int factor) {
        if (factor < 1) {
            throw new IllegalArgumentException(
                    "Upsample2d: expected factor ≥ 1 but got " + factor + ". To make images smaller, pool them.");
        }
        this.factor = factor;
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() != 4) {
            throw new ShapeException("Upsample2d.forward: expected four axes [N,C,H,W] but got "
                    + Arrays.toString(x.shape()) + ". Only images have neighbours.");
        }
        this.x = x;
        inputs.around(x);
        y = outputs.rows(x.size(0), x.size(1), factor * x.size(2), factor * x.size(3), Layout.CHANNELS_LAST);
        Parallel.run(x.size(0), forwardImage);
        return y;
    }

    private void forwardImage(int n) {
        inputs.enter(n);
        int channels = x.size(1);
        int line = y.size(3) * channels;
        int from = n * inputs.length();
        int to = n * y.size(2) * line;
        for (int i = 0; i < x.size(2); i++) {
            for (int w = 0; w < y.size(3); w++) {
                System.arraycopy(inputs.images(), from + w / factor * channels, y.data(), to + w * channels, channels);
            }
            for (int u = 1; u < factor; u++) {
                System.arraycopy(y.data(), to, y.data(), to + u * line, line);
            }
            from += x.size(3) * channels;
            to += factor * line;
        }
    }

    @Override
    public Tensor backward(Tensor dY) {
        if (y == null) {
            throw new IllegalStateException(
                    "Upsample2d.backward: expected a forward pass before but got none. Call forward first, it remembers the shape.");
        }
        y.requireSameShape(dY, "Upsample2d.backward");
        upstream.around(dY);
        dX = gradients.rows(y.size(0), y.size(1), x.size(2), x.size(3), Layout.CHANNELS_LAST);
        Parallel.run(y.size(0), backwardImage);
        return dX;
    }

    private void backwardImage(int n) {
        upstream.enter(n);
        int channels = y.size(1);
        int length = dX.length() / dX.size(0);
        Arrays.fill(dX.data(), n * length, (n + 1) * length, 0f);
        int from = n * upstream.length();
        for (int h = 0; h < y.size(2); h++) {
            int to = n * length + h / factor * dX.size(3) * channels;
            for (int w = 0; w < y.size(3); w++) {
                Loops.add(upstream.images(), from, dX.data(), to + w / factor * channels, channels);
                from += channels;
            }
        }
    }
}
