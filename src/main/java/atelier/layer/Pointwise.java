package atelier.layer;

import atelier.tensor.Parallel;
import atelier.tensor.Tensor;
import java.util.function.IntConsumer;

/**
 * What all element-wise layers share: one number in, one number out, for every number of a tensor of any shape.
 *
 * <p>The work is cut in pieces of {@value #PIECE} numbers. The derivative is given as a function of Y alone, so only the
 * output is remembered. The result has the input's layout.
 */
final class Pointwise {

    /** Writes {@code y[i] = f(x[i])} for from ≤ i &lt; to. */
    interface Function {
        void apply(float[] x, float[] y, int from, int to);
    }

    /** Writes {@code dX[i] = dY[i] · f′}, with f′ worked out from {@code y[i] = f(x[i])}, for from ≤ i &lt; to. */
    interface Derivative {
        void apply(float[] y, float[] dY, float[] dX, int from, int to);
    }

    private static final int PIECE = 1 << 14;

    private final String backward; // for error messages
    private final String tangent;
    private final Function function;
    private final Derivative derivative;
    private final IntConsumer forwardPiece = this::forwardPiece;
    private final IntConsumer backwardPiece = this::backwardPiece;
    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private final Output upstreams = new Output();
    private final Output tangents = new Output();
    private Tensor x;
    private Tensor y;
    private Tensor dY;
    private Tensor dX;

    Pointwise(String name, Function function, Derivative derivative) {
        backward = name + ".backward";
        tangent = name + ".tangent";
        this.function = function;
        this.derivative = derivative;
    }

    Tensor forward(Tensor input) {
        x = input;
        y = outputs.like(input);
        run(forwardPiece);
        x = null;
        return y;
    }

    Tensor backward(Tensor upstream) {
        if (y == null) {
            throw new IllegalStateException(backward + ": expected a forward pass before but got none. Call "
                    + "forward first, it remembers what backward needs.");
        }
        y.requireSameShape(upstream, backward);
        return times(upstream, gradients.like(y));
    }

    /** ẏ = f′ · ẋ: a direction walks forward by the same factor as dY walks back. */
    Tensor tangent(Tensor xDot) {
        if (y == null) {
            throw new IllegalStateException(
                    tangent + ": expected a forward pass before but got none. Call " + "forward and backward first.");
        }
        y.requireSameShape(xDot, tangent);
        return times(xDot, tangents.like(y));
    }

    private Tensor times(Tensor upstream, Tensor result) {
        dY = upstream;
        if (upstream.layout() != y.layout() && y.size(1) > 1) { // with one channel both orders are the same
            dY = upstreams.like(y);
            dY.copyFrom(upstream);
        }
        dX = result;
        run(backwardPiece);
        return result;
    }

    private void run(IntConsumer piece) {
        Parallel.run((y.length() + PIECE - 1) / PIECE, piece);
    }

    private void forwardPiece(int piece) {
        int from = piece * PIECE;
        function.apply(x.data(), y.data(), from, Math.min(from + PIECE, y.length()));
    }

    private void backwardPiece(int piece) {
        int from = piece * PIECE;
        derivative.apply(y.data(), dY.data(), dX.data(), from, Math.min(from + PIECE, y.length()));
    }
}
