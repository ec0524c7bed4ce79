package atelier.layer;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;

/**
 * Silences a random part of the numbers in every training step, so that no unit can rely on one other unit.
 *
 * <pre>{@code
 * y  = x · mask,    mask = 0 with probability r, else 1/(1−r)          (O1)
 * dX = dY · mask                                                       (O2)
 * }</pre>
 *
 * <p>Shapes: any; Y as X, in the same layout.
 *
 * <p>Dividing by 1−r while training keeps the mean of every number ("inverted" dropout), so that in {@link Mode#INFER} the
 * layer is the identity and gives back X itself. The mask takes one number of the stream for each number of X, in the
 * order in which X is stored.
 *
 * <p>Source: Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", JMLR 15.
 */
public final class Dropout implements Layer {

    private final double rate; // r
    private final RandomStream random;
    private final Output masks = new Output();
    private final Pointwise pointwise = new Pointwise("Dropout", this::o1, this::o2);
    private Tensor mask;
    private Mode mode = Mode.TRAIN;

    /** @throws IllegalArgumentException when the rate is not in [0,1) */
    public Dropout(double rate, RandomStream random) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("Dropout: expected a rate in [0,1) but got " + rate
                    + ". It is the part that is silenced; 0.5 is usual.");
        }
        this.rate = rate;
        this.random = random;
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        this.mode = mode;
        if (mode == Mode.INFER) {
            return x;
        }
        mask = masks.like(x);
        float[] numbers = mask.data();
        float kept = (float) (1 / (1 - rate));
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.uniform() < rate ? 0 : kept;
        }
        return pointwise.forward(x);
    }

    @Override
    public Tensor backward(Tensor dY) {
        return mode == Mode.INFER ? dY : pointwise.backward(dY);
    }

    private void o1(float[] x, float[] y, int from, int to) {
        float[] factor = mask.data();
        for (int i = from; i < to; i++) {
            y[i] = x[i] * factor[i];
        }
    }

    private void o2(float[] y, float[] dY, float[] dX, int from, int to) {
        float[] factor = mask.data();
        for (int i = from; i < to; i++) {
            dX[i] = dY[i] * factor[i];
        }
    }

    @Override
    public List<RandomStream> randomness() {
        return List.of(random);
    }
}
