package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.layer.Parameter;
import atelier.tensor.RandomStream;
import java.util.List;

/**
 * Works out the gradient of one piece of a batch, weighted with the piece's part in the batch.
 *
 * <p>Which images it holds follows from the seed, the epoch and two numbers; what it draws begins 2⁴⁰ random numbers behind what the piece
 * before it draws. So whoever works it out, and however often, it is the same.
 */
public final class PieceWork {

    private static final long APART = 1L << 40;

    private final DataParallel learner;
    private final Batches batches;
    private final int size;
    private final int length;

    /** Of so many images a piece; the last of a batch may be smaller. */
    public PieceWork(DataParallel learner, Batches batches, int size) {
        this.learner = learner;
        this.batches = batches;
        this.size = size;
        this.length = Flat.length(learner.parameters());
    }

    /** How many pieces of such a size make up so many images. */
    public static int count(int images, int size) {
        return (images + size - 1) / size;
    }

    /** All weights, one behind the other. */
    public static float[] weights(DataParallel learner) {
        float[] all = new float[Flat.length(learner.parameters())];
        Flat.gather(learner.parameters(), Parameter::value, all);
        return all;
    }

    /** Makes this learner's state another's: its weights, and the number of steps, which a loss may depend on. */
    public void become(float[] weights, long steps) {
        Flat.spread(weights, learner.parameters(), Parameter::value);
        learner.optimizer().steps(steps);
    }

    /** The numbers of a part. */
    public int length() {
        return length;
    }

    /**
     * Piece {@code piece} of batch {@code batch}, into a part (N2).
     *
     * @param positions where the learner's random streams stand before the batch
     */
    public void work(int epoch, int batch, int piece, long[] positions, TreeSum.Part into) {
        int all = batches.size(batch);
        int from = piece * size;
        int n = Math.min(size, all - from);
        Batch images = batches.part(epoch, batch, from, n);
        List<RandomStream> streams = learner.randomness();
        for (int i = 0; i < positions.length; i++) {
            streams.get(i).position(positions[i] + piece * APART);
        }
        double share = (double) n / all;
        into.fault = null;
        into.loss = Double.NaN;
        try {
            into.loss = share * learner.gradients(images);
        } catch (NonFiniteException fault) {
            into.fault = fault.getMessage();
        }
        Flat.gather(learner.parameters(), Parameter::gradient, into.gradients);
        for (int i = 0; i < length; i++) {
            into.gradients[i] *= (float) share;
        }
        into.positions = new long[positions.length];
        for (int i = 0; i < positions.length; i++) {
            into.positions[i] = streams.get(i).position() - piece * APART;
        }
    }
}
