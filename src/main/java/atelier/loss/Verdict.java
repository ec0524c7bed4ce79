package atelier.loss;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What a batch of verdicts costs one player, and the gradient that goes back into the discriminator.
 *
 * <pre>{@code
 * L     = (1/N) Σ_n f(d[n])         d [N,1] the logits, f one of the six functions of an AdversarialLoss
 * dD[n] = f′(d[n]) / N
 * }</pre>
 *
 * <p>The slopes are taken in {@code forward}: logits that their owner overwrites afterwards do no harm.
 */
public final class Verdict {

    private final DoubleUnaryOperator cost;
    private final DoubleUnaryOperator slope;
    private Tensor gradient = Tensor.zeros(0, 1);

    private Verdict(DoubleUnaryOperator cost, DoubleUnaryOperator slope) {
        this.cost = cost;
        this.slope = slope;
    }

    /** What the discriminator pays for real images. */
    public static Verdict real(AdversarialLoss loss) {
        return new Verdict(loss::real, loss::realSlope);
    }

    /** What the discriminator pays for fakes. */
    public static Verdict fake(AdversarialLoss loss) {
        return new Verdict(loss::fake, loss::fakeSlope);
    }

    /** What the generator pays. */
    public static Verdict generator(AdversarialLoss loss) {
        return new Verdict(loss::generator, loss::generatorSlope);
    }

    /** @throws ShapeException when the logits are not {@code [N,1]} with N above 0 */
    public double forward(Tensor logits) {
        int n = logits.size(0);
        if (logits.rank() != 2 || logits.size(1) != 1 || n == 0) {
            throw new ShapeException("Verdict: expected a logit for each image, [N,1], but got "
                    + Arrays.toString(logits.shape()) + ". A discriminator ends in one number.");
        }
        gradient = gradient.size(0) == n ? gradient : Tensor.zeros(n, 1);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double d = logits.data()[i];
            sum += cost.applyAsDouble(d);
            gradient.data()[i] = (float) (slope.applyAsDouble(d) / n);
        }
        return sum / n;
    }

    /** {@code [N,1]}; a later forward overwrites it. */
    public Tensor backward() {
        return gradient;
    }
}
