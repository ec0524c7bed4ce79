package atelier.train;

/**
 * Where a training stands.
 *
 * @param epoch how many epochs are complete
 * @param batch how many batches of the next epoch are learnt
 * @param lossSum the sum of the losses of that epoch's images so far
 */
public record Position(int epoch, int batch, double lossSum) {

    static final Position START = new Position(0, 0, 0);
}
