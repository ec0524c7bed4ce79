package atelier.train;

import atelier.data.Batches;

/** Who works out the pieces of a batch: this machine ({@link OneMachine}), or a cluster. */
public interface Workforce extends AutoCloseable {

    /**
     * The sum over all pieces of one batch, of the gradients at the learner's weights as they stand.
     *
     * @param positions where the learner's random streams stand
     */
    TreeSum.Part sum(Batches batches, int epoch, int batch, long[] positions);

    /** Images of a piece. */
    int pieceSize();

    /** Lets them go. */
    @Override
    void close();
}
