package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.Loops;
import atelier.tensor.Parallel;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Max pooling: the largest value of each window, channel by channel.
 *
 * <pre>{@code
 * y[n,c,i,j] = max over u,v in 0 … R−1 of x[n,c, s·i+u, s·j+v]                          (P1)
 * dX[n,c, s·i+u*, s·j+v*] += dY[n,c,i,j]     where (u*,v*) is the first maximum           (P2)
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C,H,W]}, y {@code [N,C,I,J]} with {@code I = ⌊(H−R)/s⌋ + 1}, stored channels last.
 *
 * <p>It has no parameters. Where values tie, the first in reading order takes the whole gradient.
 *
 * <p>Walk-through: notebooks/04-pooling.
 */
public final class MaxPool2d implements Layer {

    private final Window window;
    private final IntConsumer forwardImage = this::forwardImage;
    private final IntConsumer backwardImage = this::backwardImage;
    private final Output inputs = new Output();
    private final Output outputs = new Output();
    private final Output winners = new Output();
    private final Output upstream = new Output();
    private final Output gradients = new Output();
    private Tensor x;
    private Tensor y;
    private Tensor winner; // which of the window's places held the maximum
    private Tensor dY;
    private Tensor dX;

    /** Windows of {@code size}×{@code size} that lie {@code stride} apart. */
    public MaxPool2d(int size, int stride) {
        window = new Window("MaxPool2d", size, stride);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        window.fit(x);
        this.x = Window.channelsLast(x, inputs);
        y = outputs.rows(x.size(0), x.size(1), window.rows(), window.columns(), Layout.CHANNELS_LAST);
        winner = winners.like(y);
        Parallel.run(x.size(0), forwardImage);
        return y;
    }

    private void forwardImage(int n) {
        for (int i = 0; i < window.rows(); i++) {
            Loops.maxPool(
                    x.data(),
                    window.first(n, i),
                    window.step(),
                    window.offsets(),
                    x.size(1),
                    window.columns(),
                    y.data(),
                    winner.data(),
                    window.output(n, i));
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
        int each = dX.length() / dX.size(0);
        Arrays.fill(dX.data(), n * each, n * each + each, 0f);
        for (int i = 0; i < window.rows(); i++) {
            Loops.maxPoolBackward(
                    dY.data(),
                    winner.data(),
                    window.output(n, i),
                    window.columns(),
                    x.size(1),
                    dX.data(),
                    window.first(n, i),
                    window.step(),
                    window.offsets());
        }
    }
}
