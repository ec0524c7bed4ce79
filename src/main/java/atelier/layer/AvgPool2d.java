package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.Parallel;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Average pooling: the mean of each window, channel by channel.
 *
 * <pre>{@code
 * y[n,c,i,j] = 1/R² Σ_u Σ_v x[n,c, s·i+u, s·j+v]                                         (P3)
 * dX[n,c, s·i+u, s·j+v] += dY[n,c,i,j] / R²     for all u, v                              (P4)
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C,H,W]}, y {@code [N,C,I,J]} with {@code I = ⌊(H−R)/s⌋ + 1}, stored channels last.
 *
 * <p>It is a convolution whose kernel is 1/R² everywhere, applied to each channel by itself.
 */
public final class AvgPool2d implements Layer {

    private final Window window;
    private final IntConsumer forwardImage = this::forwardImage;
    private final IntConsumer backwardImage = this::backwardImage;
    private final Output inputs = new Output();
    private final Output outputs = new Output();
    private final Output upstream = new Output();
    private final Output gradients = new Output();
    private Tensor x;
    private Tensor y;
    private Tensor dY;
    private Tensor dX;

    /** Windows of {@code size}×{@code size} that lie {@code stride} apart. */
    public AvgPool2d(int size, int stride) {
        window = new Window("AvgPool2d", size, stride);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        window.fit(x);
        this.x = Window.channelsLast(x, inputs);
        y = outputs.rows(x.size(0), x.size(1), window.rows(), window.columns(), Layout.CHANNELS_LAST);
        Parallel.run(x.size(0), forwardImage);
        return y;
    }

    private void forwardImage(int n) {
        int channels = x.size(1);
        float share = 1f / window.offsets().length;
        for (int i = 0; i < window.rows(); i++) {
            for (int j = 0; j < window.columns(); j++) {
                int to = window.output(n, i) + j * channels;
                int at = window.first(n, i) + j * window.step();
                for (int c = 0; c < channels; c++) {
                    float sum = 0;
                    for (int offset : window.offsets()) {
                        sum += x.data()[at + offset + c];
                    }
                    y.data()[to + c] = sum * share;
                }
            }
        }
    }

    @Override
    public Tensor backward(Tensor dY) {
        window.requireForward(y, dY);
        this.dY = Window.channelsLast(dY, upstream);
        dX = gradients.rows(x.size(0), x.size(1), x.size(2), x.size(3), Layout.CHANNELS_LAST);
        Parallel.run(x.size(0), backwardImage);
        return dX;
    }

    private void backwardImage(int n) {
        int channels = x.size(1);
        int each = dX.length() / dX.size(0);
        float share = 1f / window.offsets().length;
        Arrays.fill(dX.data(), n * each, n * each + each, 0f);
        for (int i = 0; i < window.rows(); i++) {
            for (int j = 0; j < window.columns(); j++) {
                int from = window.output(n, i) + j * channels;
                int at = window.first(n, i) + j * window.step();
                for (int offset : window.offsets()) {
                    for (int c = 0; c < channels; c++) {
                        dX.data()[at + offset + c] += dY.data()[from + c] * share;
                    }
                }
            }
        }
    }
}
