package atelier.model;

import atelier.layer.Parameter;
import atelier.tensor.Tensor;
import java.util.List;

/**
 * WGAN's first way to bound a critic's slope: after each of its steps every weight and bias is cut back to [−c, c].
 *
 * <pre>{@code
 * w ← max(−c, min(c, w))                                               (W5)
 * }</pre>
 *
 * <p>Simple and blunt: most weights end at ±c, so the critic can only be a simple function. With a large c it takes long to reach
 * the bound, with a small one gradients vanish on their way through many layers.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Arjovsky, Chintala and Bottou 2017, arXiv:1701.07875, algorithm 1.
 *
 * @param bound c, for instance 0.01
 */
public record WeightClipping(double bound) implements Constraint {

    /** @throws IllegalArgumentException when the bound is not above 0 */
    public WeightClipping {
        if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "WeightClipping: expected a bound above 0 but got " + bound + ". 0.01 is usual.");
        }
    }

    @Override
    public String name() {
        return "weights clipped to ±" + bound;
    }

    @Override
    public void limit(List<Parameter> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            clip(parameters.get(i).value(), (float) bound);
        }
    }

    private static void clip(Tensor weight, float c) {
        float[] w = weight.data();
        for (int i = 0; i < w.length; i++) {
            w[i] = Math.max(-c, Math.min(c, w[i]));
        }
    }
}
