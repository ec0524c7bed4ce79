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
 * Transposed convolution: every pixel stamps a small kernel into a larger image, and stamps that overlap add up.
 *
 * <pre>{@code
 * y[n,k,h,w] = b[k] + Σ x[n,c,i,j] · w[c,k,u,v]  over all c and s·i + u − p = h, s·j + v − p = w   (C5)
 * H = (I − 1)·s − 2p + R                                                                   (C8)
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C,I,J]}, w {@code [C,K,R,R]}, b {@code [K]}, y {@code [N,K,H,W]} stored channels last.
 *
 * <p>It is the backward pass of a {@link Conv2d} from K to C channels with these very weights, used as a forward pass, and its
 * backward pass is that convolution's forward pass. So it is computed by (G1)–(G3) of {@link Patches}, the patches being those of
 * y; the gradients of w and b are summed in {@value #PIECES} fixed pieces of the batch, in order.
 *
 * <p>A kernel size that the stride does not divide lets more stamps fall on some pixels than on their neighbours: a
 * checkerboard that training has to even out.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Dumoulin and Visin 2016, arXiv:1603.07285, chapter 4; on the
 * checkerboard: Odena, Dumoulin and Olah 2016, doi:10.23915/distill.00003.
 */
public final class ConvTranspose2d implements Layer {

    private static final int PIECES = 8;

    private final Parameter weight; // w [C,K,R,R]
    private final Parameter bias; // b [K]
    private final int stride; // s
    private final int padding; // p
    private final String where; // for error messages
    private final String backward;
    private boolean inputGradient = true;
    private boolean held;

    private final IntConsumer forwardPiece = this::forwardPiece;
    private final IntConsumer backwardPiece = this::backwardPiece;
    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private final Frame inputs = new Frame(0);
    private final Frame upstream;
    private Patches patches; // of y
    private int framedHeight = -1;
    private int framedWidth = -1;
    private Tensor y;
    private Tensor dX;
    private int pieces;
    private final KernelWeights w;
    private final float[] db; // a sum for each piece
    private float[] stamps = new float[0]; // X·W, one image for each piece
    private float[] framed = new float[0];

    /** A layer with these weights {@code [C,K,R,R]} and biases {@code [K]}. */
    public ConvTranspose2d(String name, Tensor weight, Tensor bias, int stride, int padding) {
        where = "ConvTranspose2d " + name;
        backward = where + ".backward";
        if (weight.rank() != 4 || weight.size(2) != weight.size(3) || !bias.hasShape(weight.size(1))) {
            throw new ShapeException(where + ": expected weights [C,K,R,R] and biases [K] but got "
                    + Arrays.toString(weight.shape()) + " and " + Arrays.toString(bias.shape())
                    + ". Kernels are square, and the input's channels come first.");
        }
        if (stride < 1 || padding < 0) {
            throw new IllegalArgumentException(where + ": expected stride ≥ 1 and padding ≥ 0 but got " + stride
                    + " and " + padding + ". Padding is cut off the output.");
        }
        this.weight = new Parameter(name + ".weight", weight);
        this.bias = new Parameter(name + ".bias", bias);
        this.stride = stride;
        this.padding = padding;
        upstream = new Frame(padding);
        w = new KernelWeights(this.weight, PIECES);
        db = new float[PIECES * bias.length()];
    }

    /**
     * A layer with He's random weights and zero biases. R·R numbers of each input channel are stamped on s·s pixels, so one
     * output reads C·R·R/s² numbers: that is the fan-in of (I1) here.
     */
    public ConvTranspose2d(
            String name,
            int inChannels,
            int outChannels,
            int kernelSize,
            int stride,
            int padding,
            RandomStream random) {
        this(
                name,
                Tensor.normal(
                        random,
                        stride / (double) kernelSize * Math.sqrt(2.0 / inChannels),
                        inChannels,
                        outChannels,
                        kernelSize,
                        kernelSize),
                Tensor.zeros(outChannels),
                stride,
                padding);
    }

    /** The first layer of a network need not compute {@code dX}: {@code backward} then returns null. */
    public ConvTranspose2d withoutInputGradient() {
        inputGradient = false;
        return this;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    /** (C8): the height or width of the output for an input of this size. */
    public int outputSize(int size) {
        return (size - 1) * stride - 2 * padding + kernelSize();
    }

    /** @throws ShapeException when x has other channels than the kernels, or the padding leaves nothing of the output */
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() != 4 || x.size(1) != inChannels() || Math.min(x.size(2), x.size(3)) < smallest()) {
            throw new ShapeException(where + ": expected images [N," + inChannels() + ",H,W] of at least "
                    + smallest() + " pixels a side but got "
                    + Arrays.toString(x.shape()) + ". Reshape the input or change the layer.");
        }
        held = mode == Mode.HELD;
        int height = outputSize(x.size(2)) + 2 * padding;
        int width = outputSize(x.size(3)) + 2 * padding;
        if (height != framedHeight || width != framedWidth) {
            patches = new Patches(outChannels(), height, width, kernelSize(), stride, 1);
            framedHeight = height;
            framedWidth = width;
        }
        y = outputs.rows(x.size(0), outChannels(), outputSize(x.size(2)), outputSize(x.size(3)), Layout.CHANNELS_LAST);
        inputs.around(x);
        w.pack();
        pieces = Math.min(PIECES, x.size(0));
        if (stamps.length < pieces * patches.count() * patches.length()) {
            stamps = new float[pieces * patches.count() * patches.length()];
        }
        if (padding > 0 && framed.length < pieces * framedLength()) {
            framed = new float[pieces * framedLength()];
        }
        Parallel.run(pieces, forwardPiece);
        return y;
    }

    /** (G3) is (C5). */
    private void forwardPiece(int piece) {
        int from = piece * patches.count() * patches.length();
        for (int n = first(piece); n < first(piece + 1); n++) {
            inputs.enter(n);
            Gemm.mine()
                    .multiplyRows(
                            patches.count(), inputs.images(), n * inputs.length(), w.transposed(), null, stamps, from);
            float[] into = padding == 0 ? y.data() : framed;
            int intoFrom = (padding == 0 ? n : piece) * framedLength();
            fillWithBias(into, intoFrom);
            patches.fold(stamps, from, into, intoFrom);
            if (padding > 0) {
                Frame.leave(framed, intoFrom, padding, y, n);
            }
        }
    }

    /**
     * A pixel of x asks the patch of dY that it was stamped on.
     *
     * <pre>{@code
     * db[k]       += Σ_n Σ_h Σ_w dY[n,k,h,w]
     * dW[c,k,u,v] += Σ_n Σ_i Σ_j x[n,c,i,j] · dY[n,k, s·i + u − p, s·j + v − p]              (C6)
     * dX[n,c,i,j]  = Σ_k Σ_u Σ_v w[c,k,u,v] · dY[n,k, s·i + u − p, s·j + v − p]              (C7)
     * }</pre>
     */
    @Override
    public Tensor backward(Tensor dY) {
        if (y == null) {
            throw new IllegalStateException(backward
                    + ": expected a forward pass before but got none. Call forward first, it remembers the input.");
        }
        y.requireSameShape(dY, backward);
        upstream.around(dY);
        int height = (framedHeight - kernelSize()) / stride + 1;
        dX = inputGradient
                ? gradients.rows(y.size(0), inChannels(), height, patches.count() / height, Layout.CHANNELS_LAST)
                : null;
        Parallel.run(pieces, backwardPiece);
        if (!held) {
            w.addGradients(pieces);
            KernelWeights.addPieces(db, pieces, outChannels(), 0, outChannels());
            Loops.add(db, 0, bias.gradient().data(), 0, outChannels());
        }
        return dX;
    }

    private void backwardPiece(int piece) {
        int c = inChannels();
        int k = outChannels();
        float[] dY = upstream.images();
        Arrays.fill(db, piece * k, piece * k + k, 0f);
        for (int n = first(piece); n < first(piece + 1); n += Patches.TOGETHER) {
            int images = Math.min(Patches.TOGETHER, first(piece + 1) - n);
            for (int i = n; i < n + images; i++) {
                upstream.enter(i);
            }
            int at = n * framedLength();
            int pixel = n * patches.count() * c;
            if (!held) {
                int pixels = images * framedHeight * framedWidth;
                Loops.columnSums(dY, at, pixels, k, db, piece * k); // the frame adds zeros
                patches.multiplyTransposed(
                        dY, at, images, inputs.images(), pixel, c, n > first(piece), w.gradients(), w.at(piece));
            }
            if (inputGradient) {
                patches.multiply(dY, at, images, w.byPatch(), null, dX.data(), pixel);
            }
        }
    }

    /** The smallest image that has an output, from (C8). */
    private int smallest() {
        return Math.max(1, (2 * padding - kernelSize() + stride) / stride + 1);
    }

    /** The bias at every pixel: each copy doubles what is there. */
    private void fillWithBias(float[] image, int from) {
        System.arraycopy(bias.value().data(), 0, image, from, outChannels());
        for (int done = outChannels(); done < framedLength(); done *= 2) {
            System.arraycopy(image, from, image, from + done, Math.min(done, framedLength() - done));
        }
    }

    private int first(int piece) {
        return Parallel.from(piece, pieces, y.size(0));
    }

    private int framedLength() {
        return framedHeight * framedWidth * outChannels();
    }

    private int inChannels() {
        return weight.value().size(0);
    }

    private int outChannels() {
        return weight.value().size(1);
    }

    private int kernelSize() {
        return weight.value().size(2);
    }
}
