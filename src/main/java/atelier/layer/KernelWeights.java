package atelier.layer;

import atelier.tensor.Loops;
import atelier.tensor.Packed;
import atelier.tensor.Parallel;
import atelier.tensor.Tensor;
import java.util.function.IntConsumer;

/**
 * The weights w {@code [A,B,R,R]} of a convolution in the two orders in which its products read them, and their gradient as a sum for each
 * piece of a batch. A and B are K and C of {@link Conv2d}, C and K of {@link ConvTranspose2d}.
 */
final class KernelWeights {

    private final Parameter weight;
    private final int a;
    private final int b;
    private final int area; // R·R
    private final float[] columns; // w as [R·R·B, A]
    private final float[] rows; // w as [A, R·R·B]
    private final Packed byPatch;
    private final Packed transposed;
    private final float[] gradients; // for each piece [R·R·B, A]
    private final IntConsumer packing = this::packPixel;
    private final IntConsumer adding = this::addPixel;
    private int pieces;

    KernelWeights(Parameter weight, int pieces) {
        this.weight = weight;
        Tensor w = weight.value();
        a = w.size(0);
        b = w.size(1);
        area = w.size(2) * w.size(3);
        columns = new float[w.length()];
        rows = new float[w.length()];
        byPatch = new Packed(area * b, a);
        transposed = new Packed(a, area * b);
        gradients = new float[pieces * w.length()];
    }

    /** w as it is now. */
    void pack() {
        Parallel.run(area, packing);
        byPatch.set(columns);
        transposed.set(rows);
    }

    private void packPixel(int uv) {
        float[] w = weight.value().data();
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                float value = w[(i * b + j) * area + uv];
                columns[(uv * b + j) * a + i] = value;
                rows[i * area * b + uv * b + j] = value;
            }
        }
    }

    /** {@code [R·R·B, A]} as of the latest {@link #pack}. */
    Packed byPatch() {
        return byPatch;
    }

    /** {@code [A, R·R·B]} as of the latest {@link #pack}. */
    Packed transposed() {
        return transposed;
    }

    /** Where the pieces leave their gradients {@code [R·R·B, A]}, each from {@link #at} on. */
    float[] gradients() {
        return gradients;
    }

    int at(int piece) {
        return piece * columns.length;
    }

    /** The pieces' sums, added in order, go to the parameter's gradient. */
    void addGradients(int pieces) {
        this.pieces = pieces;
        Parallel.run(area, adding);
    }

    private void addPixel(int uv) {
        int from = uv * a * b;
        addPieces(gradients, pieces, at(1), from, a * b);
        float[] gradient = weight.gradient().data();
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                gradient[(i * b + j) * area + uv] += gradients[from + j * a + i];
            }
        }
    }

    /** Some numbers of the pieces' sums, which stand {@code apart}, are added to the first piece's in order. */
    static void addPieces(float[] sums, int pieces, int apart, int from, int length) {
        for (int piece = 1; piece < pieces; piece++) {
            Loops.add(sums, piece * apart + from, sums, from, length);
        }
    }
}
