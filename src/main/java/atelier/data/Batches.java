package atelier.data;

import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * An image set cut into batches: shuffled anew each epoch to train, in its own order to judge.
 *
 * <p>The order of an epoch is a permutation drawn from (seed, epoch) and nothing else, so training can go on at any
 * (epoch, batch) as if it had never stopped. The last batch of an epoch holds what is left and may be smaller.
 *
 * <p>A batch is filled into tensors that the next call overwrites: one pair for the full size, one for the last.
 */
public final class Batches {

    private static final int PIECE = 16; // images that one thread fills in at a time

    private final ImageSet images;
    private final int batchSize;
    private final RandomStream shuffling;
    private final int[] order;
    private final Batch full;
    private final Batch last;
    private final IntConsumer fillPiece = this::fillPiece;
    private final Map<Integer, Batch> parts = new HashMap<>(); // by their size
    private int epochInOrder = -1;
    private Batch filling;
    private int from; // where it begins in the order

    /** Shuffled anew each epoch. */
    public Batches(ImageSet images, int batchSize, long seed) {
        this(images, batchSize, RandomStream.seed(seed));
    }

    /** In the set's own order, the same each epoch: to measure. */
    public static Batches inOrder(ImageSet images, int batchSize) {
        return new Batches(images, batchSize, null);
    }

    private Batches(ImageSet images, int batchSize, RandomStream shuffling) {
        if (batchSize < 1) {
            throw new DataException(
                    "Batches", "a batch size of 1 or more", "" + batchSize, "It is the number of images in one step.");
        }
        this.images = images;
        this.batchSize = batchSize;
        this.shuffling = shuffling;
        this.order = new int[images.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        this.full = empty(Math.min(batchSize, images.count()));
        this.last = images.count() % batchSize == 0 ? full : empty(images.count() % batchSize);
    }

    /** How many batches an epoch has: ⌈images / batch size⌉. */
    public int count() {
        return (images.count() + batchSize - 1) / batchSize;
    }

    public ImageSet images() {
        return images;
    }

    /** Batch {@code i} of epoch 0: for a walk in order. */
    public Batch batch(int i) {
        return batch(0, i);
    }

    /** Batch {@code i} (0 … count−1) of epoch {@code epoch} (from 0 on). */
    public Batch batch(int epoch, int i) {
        if (i < 0 || i >= count() || epoch < 0) {
            throw new DataException(
                    "Batches",
                    "an epoch from 0 and a batch from 0 to " + (count() - 1),
                    "epoch " + epoch + ", batch " + i,
                    "An epoch of " + images.count() + " images has " + count() + " batches.");
        }
        return filled((i + 1) * (long) batchSize <= images.count() ? full : last, epoch, i * batchSize);
    }

    /** How many images batch {@code i} holds. */
    public int size(int i) {
        return Math.min(batchSize, images.count() - i * batchSize);
    }

    /** The images from the {@code first} on of batch {@code i}, so many of them: valid until the next call of this method. */
    public Batch part(int epoch, int i, int first, int count) {
        if (i < 0 || i >= count() || epoch < 0 || first < 0 || count < 1 || first + count > size(i)) {
            throw new DataException(
                    "Batches.part",
                    "images of one batch",
                    count + " from " + first + " on, of batch " + i + " of epoch " + epoch,
                    "An epoch has " + count() + " batches of " + batchSize + " images or less.");
        }
        return filled(parts.computeIfAbsent(count, this::empty), epoch, i * batchSize + first);
    }

    private Batch filled(Batch batch, int epoch, int first) {
        if (shuffling != null && epoch != epochInOrder) {
            shuffle(epoch);
        }
        filling = batch;
        from = first;
        Parallel.run((batch.size() + PIECE - 1) / PIECE, fillPiece);
        return batch;
    }

    private void fillPiece(int piece) {
        images.fill(filling, order, from, piece * PIECE, Math.min(filling.size(), (piece + 1) * PIECE));
    }

    private void shuffle(int epoch) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        shuffling.split(epoch).shuffle(order);
        epochInOrder = epoch;
    }

    private Batch empty(int size) {
        return new Batch(Tensor.zeros(size, 1, images.height(), images.width()), new int[size], size);
    }
}
