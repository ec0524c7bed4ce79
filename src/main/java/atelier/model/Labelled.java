package atelier.model;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;

/** Rows of numbers with their label behind them, one-hot: what a conditional network reads. */
final class Labelled {

    private final int classes;
    private Tensor joined = Tensor.zeros(0, 0);
    private Tensor gradient = Tensor.zeros(0, 0);

    Labelled(int classes) {
        this.classes = classes;
    }

    /** {@code [x[n,0] … x[n,F−1], onehot(label_n)]}, {@code [N,F+classes]}, of a tensor with N first. */
    Tensor join(Tensor x, int[] labels) {
        int n = x.size(0);
        int f = x.length() / n;
        if (labels == null || labels.length < n) {
            throw new ShapeException("Vae: expected a label for each of " + n + " rows but got "
                    + (labels == null ? "none" : labels.length)
                    + ". This model is conditional: give labels to encode, decode and forward.");
        }
        int width = f + classes;
        joined = joined.hasShape(n, width) ? joined : Tensor.zeros(n, width);
        joined.fill(0);
        for (int row = 0; row < n; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw new IllegalArgumentException("Vae: expected labels in 0 … " + (classes - 1) + " but got "
                        + labels[row] + " in row " + row + ". Classes are counted from 0.");
            }
            System.arraycopy(x.data(), row * f, joined.data(), row * width, f);
            joined.data()[row * width + f + labels[row]] = 1;
        }
        return joined;
    }

    /** The gradient's columns without those of the label. */
    Tensor part(Tensor d) {
        int n = d.size(0);
        int f = d.size(1) - classes;
        gradient = gradient.hasShape(n, f) ? gradient : Tensor.zeros(n, f);
        for (int row = 0; row < n; row++) {
            System.arraycopy(d.data(), row * d.size(1), gradient.data(), row * f, f);
        }
        return gradient;
    }
}
