package atelier.layer;

import atelier.tensor.Gemm;
import atelier.tensor.Layout;
import atelier.tensor.Loops;
import atelier.tensor.Parallel;
import atelier.tensor.Patches;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Convolution: the same small kernels look at every place of an image.
 *
 * <pre>{@code
 * y[n,k,i,j] = b[k] + Σ_c Σ_u Σ_v w[k,c,u,v] · x[n,c, s·i + d·u − p, s·j + d·v − p]        (C1)
 * I = ⌊(H + 2p − d(R−1) − 1)/s⌋ + 1                                                        (C4)
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C,H,W]}, w {@code [K,C,R,R]}, b {@code [K]}, y {@code [N,K,I,J]} stored channels last.
 *
 * <p>It is computed as a matrix product over the patches of each image, (G1)–(G3) of {@link Patches}, one image after the other;
 * the gradients of w and b are summed in {@value #PIECES} fixed pieces of the batch, in order.
 *
 * <p>The kernel is not flipped: mathematicians call this cross-correlation.
 *
 * <p>Walk-through: notebooks/02-convolution and 03-convolution-backward. Source: LeCun et al. 1998, doi:10.1109/5.726791.
 */
public final class Conv2d implements Tangent {

    private static final int PIECES = 8;

    private final Parameter weight; // w [K,C,R,R]
    private final Parameter bias; // b [K]
    private final int stride; // s
    private final int padding; // p
    private final int dilation; // d
    private final String where; // for error messages
    private final String backward;
    private final String tangent;
    private boolean inputGradient = true;
    private boolean held;

    private final IntConsumer forwardPiece = this::forwardPiece;
    private final IntConsumer backwardPiece = this::backwardPiece;
    private final IntConsumer tangentPiece = this::tangentPiece;
    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private final Output upstream = new Output();
    private final Output tangents = new Output();
    private final Frame inputs;
    private final Frame directions; // ẋ
    private Patches patches;
    private Tensor x;
    private Tensor y;
    private Tensor yDot;
    private Tensor dY; // of the latest backward, null since a newer forward
    private Tensor dX;
    private int framedHeight = -1;
    private int framedWidth = -1;
    private int pieces;
    private final KernelWeights w;
    private final float[] db; // a sum for each piece
    private float[] dP = new float[0]; // the patches' gradient, one image for each piece
    private float[] dFrame = new float[0];

    /** A layer with these weights {@code [K,C,R,R]} and biases {@code [K]}. */
    public Conv2d(String name, Tensor weight, Tensor bias, int stride, int padding, int dilation) {
        where = "Conv2d " + name;
        backward = where + ".backward";
        tangent = where + ".tangent";
        if (weight.rank() != 4 || weight.size(2) != weight.size(3) || !bias.hasShape(weight.size(0))) {
            throw new ShapeException(where + ": expected weights [K,C,R,R] and biases [K] but got "
                    + Arrays.toString(weight.shape()) + " and " + Arrays.toString(bias.shape())
                    + ". Kernels are square.");
        }
        if (stride < 1 || padding < 0 || dilation < 1) {
            throw new IllegalArgumentException(where + ": expected stride ≥ 1, padding ≥ 0 and dilation ≥ 1 but got "
                    + stride + ", " + padding + " and " + dilation + ".");
        }
        this.weight = new Parameter(name + ".weight", weight);
        this.bias = new Parameter(name + ".bias", bias);
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        inputs = new Frame(padding);
        directions = new Frame(padding);
        w = new KernelWeights(this.weight, PIECES);
        db = new float[PIECES * bias.length()];
    }

    /** A layer with He's random weights and zero biases. */
    public Conv2d(
            String name,
            int inChannels,
            int outChannels,
            int kernelSize,
            int stride,
            int padding,
            int dilation,
            RandomStream random) {
        this(
                name,
                He.normal(random, outChannels, inChannels, kernelSize, kernelSize),
                Tensor.zeros(outChannels),
                stride,
                padding,
                dilation);
    }

    /** The first layer of a network need not compute {@code dX}: {@code backward} then returns null. */
    public Conv2d withoutInputGradient() {
        inputGradient = false;
        return this;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    /** (C4): the height or width of the output for an input of this size. */
    public int outputSize(int size) {
        return (size + 2 * padding - dilation * (kernelSize() - 1) - 1) / stride + 1;
    }

    /** @throws ShapeException when x has other channels than the kernels, or is smaller than them */
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        int reach = dilation * (kernelSize() - 1) + 1;
        if (x.rank() != 4 || x.size(1) != inChannels() || Math.min(x.size(2), x.size(3)) + 2 * padding < reach) {
            throw new ShapeException(where + ": expected images [N," + inChannels() + ",H,W] of at least "
                    + (reach - 2 * padding) + " pixels a side but got " + Arrays.toString(x.shape())
                    + ". Reshape the input or change the layer.");
        }
        this.x = x;
        held = mode == Mode.HELD;
        int height = x.size(2) + 2 * padding;
        int width = x.size(3) + 2 * padding;
        if (height != framedHeight || width != framedWidth) {
            patches = new Patches(inChannels(), height, width, kernelSize(), stride, dilation);
            framedHeight = height;
            framedWidth = width;
        }
        inputs.around(x);
        dY = null;
        y = outputs.rows(x.size(0), outChannels(), outputSize(x.size(2)), outputSize(x.size(3)), Layout.CHANNELS_LAST);
        w.pack();
        pieces = Math.min(PIECES, x.size(0));
        Parallel.run(pieces, forwardPiece);
        return y;
    }

    private void forwardPiece(int piece) {
        int to = first(piece + 1);
        for (int n = first(piece); n < to; n += Patches.TOGETHER) {
            int images = Math.min(Patches.TOGETHER, to - n);
            for (int i = n; i < n + images; i++) {
                inputs.enter(i);
            }
            patches.multiply(
                    inputs.images(),
                    n * framedLength(),
                    images,
                    w.byPatch(),
                    bias.value().data(),
                    y.data(),
                    n * patches.count() * outChannels());
        }
    }

    /**
     * Each product of (C1) sends its share of dY back to the two factors that made it.
     *
     * <pre>{@code
     * db[k]       += Σ_n Σ_i Σ_j dY[n,k,i,j]
     * dW[k,c,u,v] += Σ_n Σ_i Σ_j dY[n,k,i,j] · x[n,c, s·i + d·u − p, s·j + d·v − p]          (C2)
     * dX[n,c,h,w]  = Σ dY[n,k,i,j] · w[k,c,u,v] over all s·i + d·u − p = h, s·j + d·v − p = w  (C3)
     * }</pre>
     */
    @Override
    public Tensor backward(Tensor dY) {
        if (y == null) {
            throw new IllegalStateException(backward
                    + ": expected a forward pass before but got none. Call forward first, it remembers the input.");
        }
        y.requireSameShape(dY, backward);
        this.dY = dY;
        if (dY.layout() != Layout.CHANNELS_LAST) {
            this.dY = upstream.like(y);
            this.dY.copyFrom(dY);
        }
        dX = inputGradient ? gradients.rows(x.size(0), inChannels(), x.size(2), x.size(3), Layout.CHANNELS_LAST) : null;
        if (inputGradient && dP.length < pieces * patches.count() * patches.length()) {
            dP = new float[pieces * patches.count() * patches.length()];
        }
        if (inputGradient && padding > 0 && dFrame.length < pieces * framedLength()) {
            dFrame = new float[pieces * framedLength()];
        }
        Parallel.run(pieces, backwardPiece);
        if (!held) {
            KernelWeights.addPieces(db, pieces, outChannels(), 0, outChannels());
            Loops.add(db, 0, bias.gradient().data(), 0, outChannels());
            w.addGradients(pieces);
        }
        return dX;
    }

    private void backwardPiece(int piece) {
        int k = outChannels();
        int from = first(piece);
        int to = first(piece + 1);
        if (!held) {
            Arrays.fill(db, piece * k, piece * k + k, 0f);
            for (int n = from; n < to; n += Patches.TOGETHER) {
                int images = Math.min(Patches.TOGETHER, to - n);
                int dYFrom = n * patches.count() * k;
                Loops.columnSums(dY.data(), dYFrom, images * patches.count(), k, db, piece * k);
                patches.multiplyTransposed(
                        inputs.images(),
                        n * framedLength(),
                        images,
                        dY.data(),
                        dYFrom,
                        k,
                        n > from,
                        w.gradients(),
                        w.at(piece));
            }
        }
        for (int n = from; inputGradient && n < to; n++) {
            backwardInput(piece, n, n * patches.count() * k);
        }
    }

    /** (G3) for one image. */
    private void backwardInput(int piece, int n, int dYFrom) {
        int dPFrom = piece * patches.count() * patches.length();
        Gemm.mine().multiplyRows(patches.count(), dY.data(), dYFrom, w.transposed(), null, dP, dPFrom);
        float[] into = padding == 0 ? dX.data() : dFrame;
        int intoFrom = (padding == 0 ? n : piece) * framedLength();
        Arrays.fill(into, intoFrom, intoFrom + framedLength(), 0f);
        patches.fold(dP, dPFrom, into, intoFrom);
        if (padding > 0) {
            Frame.leave(dFrame, intoFrom, padding, dX, n);
        }
    }

    /**
     * (C1) without its bias, which does not move, and (C2) with ẋ where x was.
     *
     * <pre>{@code
     * ẏ[n,k,i,j]  = Σ_c Σ_u Σ_v w[k,c,u,v] · ẋ[n,c, s·i + d·u − p, s·j + d·v − p]
     * dW[k,c,u,v] += Σ_n Σ_i Σ_j dY[n,k,i,j] · ẋ[n,c, s·i + d·u − p, s·j + d·v − p]          (W4)
     * }</pre>
     */
    @Override
    public Tensor tangent(Tensor xDot) {
        if (dY == null) {
            throw new IllegalStateException(tangent
                    + ": expected a backward pass since the latest forward but got none. Call forward and backward "
                    + "first, it remembers both.");
        }
        x.requireSameShape(xDot, tangent);
        directions.around(xDot);
        yDot = tangents.like(y);
        Parallel.run(pieces, tangentPiece);
        if (!held) {
            w.addGradients(pieces);
        }
        return yDot;
    }

    private void tangentPiece(int piece) {
        int k = outChannels();
        int to = first(piece + 1);
        float[] xDot = directions.images();
        for (int n = first(piece); n < to; n += Patches.TOGETHER) {
            int images = Math.min(Patches.TOGETHER, to - n);
            for (int i = n; i < n + images; i++) {
                directions.enter(i);
            }
            int at = n * framedLength();
            int yFrom = n * patches.count() * k;
            patches.multiply(xDot, at, images, w.byPatch(), null, yDot.data(), yFrom);
            if (!held) {
                boolean more = n > first(piece);
                patches.multiplyTransposed(xDot, at, images, dY.data(), yFrom, k, more, w.gradients(), w.at(piece));
            }
        }
    }

    private int first(int piece) {
        return Parallel.from(piece, pieces, x.size(0));
    }

    private int framedLength() {
        return framedHeight * framedWidth * inChannels();
    }

    private int outChannels() {
        return weight.value().size(0);
    }

    private int inChannels() {
        return weight.value().size(1);
    }

    private int kernelSize() {
        return weight.value().size(2);
    }
}
