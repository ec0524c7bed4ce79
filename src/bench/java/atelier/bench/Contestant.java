package atelier.bench;

/** A model in some engine, about to be timed: it has its weights and batches, and does whole training steps. */
public interface Contestant {

    /**
     * Forward, loss, backward, update on one of the batches.
     *
     * @return the mean loss before the update
     */
    double step(int batch);
}
