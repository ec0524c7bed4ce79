package atelier.measure;

import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * What a network notices when the image moves by a few pixels.
 *
 * <pre>{@code
 * change = ‖f(shifted x) − f(x)‖ / ‖f(x)‖                              (M4)
 * }</pre>
 *
 * <p>0 means that f does not notice the shift (it is invariant). Pooling is often said to learn that; it learns nothing,
 * and helps only while a feature stays inside its window: measure it.
 *
 * <p>Walk-through: notebooks/04-pooling. Source: Zhang 2019, "Making Convolutional Networks Shift-Invariant Again",
 * arXiv:1904.11486.
 */
public final class Shift {

    private Shift() {}

    /** The images {@code [N,C,H,W]} moved down and to the right (negative: up, left); what comes in is 0. */
    public static Tensor of(Tensor images, int down, int right) {
        if (images.rank() != 4) {
            throw new ShapeException("Shift.of: expected images [N,C,H,W] but got " + Arrays.toString(images.shape())
                    + ". Reshape them first.");
        }
        Tensor moved = Tensor.zeros(images.shape());
        for (int n = 0; n < images.size(0); n++) {
            for (int c = 0; c < images.size(1); c++) {
                for (int h = Math.max(0, down); h < Math.min(images.size(2), images.size(2) + down); h++) {
                    for (int w = Math.max(0, right); w < Math.min(images.size(3), images.size(3) + right); w++) {
                        moved.set(images.at(n, c, h - down, w - right), n, c, h, w);
                    }
                }
            }
        }
        return moved;
    }

    /** (M4) over all images together; 0 where f(x) is 0 and stays so. */
    public static double change(Layer f, Tensor images, int down, int right) {
        float[] before = f.forward(images, Mode.INFER).rowMajor().data().clone();
        float[] after =
                f.forward(of(images, down, right), Mode.INFER).rowMajor().data();
        double moved = 0;
        double size = 0;
        for (int i = 0; i < before.length; i++) {
            double difference = (double) after[i] - before[i];
            moved += difference * difference;
            size += (double) before[i] * before[i];
        }
        return moved == 0 ? 0 : Math.sqrt(moved / size);
    }
}
