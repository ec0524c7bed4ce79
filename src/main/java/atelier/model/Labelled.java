package atelier.model;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;

/** Rows of numbers with their label behind them, one-hot: what a conditional network reads. */
final class Labelled {

    private final String where;
    private final int classes;
    private Tensor joined = Tensor.zeros(0, 0);
    private Tensor gradient = Tensor.zeros(0, 0);

    Labelled(String model, int classes) {
        where = model;
        this.classes = classes;
    }

    /** {@code [x[n,0] … x[n,F−1], onehot(label_n)]}, {@code [N,F+classes]}, of a tensor with N first. */
    Tensor join(Tensor x, int[] labels) {
        int n = x.size(0);
        int f = x.length() / n;
        require(n, labels);
        int width = f + classes;
        joined = joined.hasShape(n, width) ? joined : Tensor.zeros(n, width);
        joined.fill(0);
        for (int row = 0; row < n; row++) {
            System.arraycopy(x.data(), row * f, joined.data(), row * width, f);
            joined.data()[row * width + f + labels[row]] = 1;
        }
        return joined;
    }

    /**
     * Checks that there is a label for each of n rows.
     *
     * @throws ShapeException when there are too few
     * @throws IllegalArgumentException when one is no class
     */
    void require(int n, int[] labels) {
        if (labels == null || labels.length < n) {
            throw new ShapeException(where + ": expected a label for each of " + n + " rows but got "
                    + (labels == null ? "none" : labels.length)
                    + ". This model is conditional: give labels wherever it takes them.");
        }
        for (int row = 0; row < n; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw new IllegalArgumentException(where + ": expected labels in 0 … " + (classes - 1) + " but got "
                        + labels[row] + " in row " + row + ". Classes are counted from 0.");
            }
        }
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
