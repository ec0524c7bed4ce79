package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.layer.Parameter;
import atelier.model.Model;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Synchronous stochastic gradient descent on large batches: the gradients of their pieces are added up, then the weights change once.
 *
 * <pre>{@code
 * g = Σ_p |P_p|/|B| · ∇L(P_p; w)          w ← w − change(g, η)
 * }</pre>
 *
 * <p>The pieces have a fixed size and a fixed tree ({@link TreeSum}), so one machine and a cluster give the same bits. A batch that is no larger than
 * a piece is learned as ever.
 *
 * <p>Walk-through: notebooks/21-scaling-out. Source: Goyal et al. 2017, arXiv:1706.02677.
 */
public final class InPieces implements Learner {

    /** Images of a piece, where nobody says otherwise. */
    public static final int USUAL = 256;

    private final DataParallel learner;
    private final Workforce workforce;

    /** On this machine. */
    public InPieces(DataParallel learner, int pieceSize) {
        this(learner, new OneMachine(learner, pieceSize));
    }

    public InPieces(DataParallel learner, Workforce workforce) {
        if (!learner.divides()) {
            throw new IllegalArgumentException("InPieces: expected a model whose images do not see each other but got "
                    + learner.model().name() + ", which has "
                    + learner.buffers().get(0).name()
                    + " of the whole batch. Learn its batches whole.");
        }
        if (workforce.pieceSize() < 1) {
            throw new IllegalArgumentException("InPieces: expected 1 image a piece or more but got "
                    + workforce.pieceSize() + ". " + USUAL + " is usual.");
        }
        this.learner = learner;
        this.workforce = workforce;
    }

    @Override
    public double step(Batches batches, int epoch, int batch) {
        if (batches.size(batch) <= workforce.pieceSize() && workforce instanceof OneMachine) {
            return learner.step(batches.batch(epoch, batch));
        }
        List<RandomStream> streams = randomness();
        long[] positions = streams.stream().mapToLong(RandomStream::position).toArray();
        TreeSum.Part sum = workforce.sum(batches, epoch, batch, positions);
        if (sum.fault != null) {
            throw new NonFiniteException(sum.fault);
        }
        for (int i = 0; i < positions.length; i++) {
            streams.get(i).position(sum.positions[i]);
        }
        Flat.spread(sum.gradients, learner.parameters(), Parameter::gradient);
        learner.update();
        return sum.loss;
    }

    @Override
    public double step(Batch batch) {
        return learner.step(batch);
    }

    /** The learner's; and the size of a piece where it is not the usual one, as it decides the bits. */
    @Override
    public Map<String, String> choices() {
        if (workforce.pieceSize() == USUAL) {
            return learner.choices();
        }
        Map<String, String> choices = new TreeMap<>(learner.choices());
        choices.put("images in a piece", String.valueOf(workforce.pieceSize()));
        return choices;
    }

    @Override
    public Model model() {
        return learner.model();
    }

    @Override
    public List<Optimizer> optimizers() {
        return learner.optimizers();
    }

    @Override
    public List<Parameter> buffers() {
        return learner.buffers();
    }

    @Override
    public List<RandomStream> randomness() {
        return learner.randomness();
    }

    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        return learner.evaluate(test);
    }
}
