package atelier.model;

import atelier.tensor.Tensor;

/**
 * One number of each row, the label's: a discriminator with an output a class judges an image by the class it is said to be of.
 *
 * <pre>{@code
 * d[n,0] = y[n, label_n]          dY[n,k] = dD[n,0] where k = label_n, else 0
 * }</pre>
 *
 * <p>Source: Miyato and Koyama 2018, "cGANs with Projection Discriminator", arXiv:1802.05637, without the part that all classes share.
 */
final class ByLabel {

    private final Labelled labelled;
    private Tensor chosen = Tensor.zeros(0, 1);
    private Tensor gradient = Tensor.zeros(0, 0);
    private int[] labels = {};
    private int classes;

    ByLabel(Labelled labelled) {
        this.labelled = labelled;
    }

    Tensor forward(Tensor y, int[] labels) {
        int n = y.size(0);
        labelled.require(n, labels);
        this.labels = labels;
        classes = y.size(1);
        chosen = chosen.hasShape(n, 1) ? chosen : Tensor.zeros(n, 1);
        for (int row = 0; row < n; row++) {
            chosen.data()[row] = y.data()[row * classes + labels[row]];
        }
        return chosen;
    }

    Tensor backward(Tensor dD) {
        int n = dD.size(0);
        gradient = gradient.hasShape(n, classes) ? gradient : Tensor.zeros(n, classes);
        gradient.fill(0);
        for (int row = 0; row < n; row++) {
            gradient.data()[row * classes + labels[row]] = dD.data()[row];
        }
        return gradient;
    }
}
