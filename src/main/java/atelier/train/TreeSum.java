package atelier.train;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sum over numbered pieces in the order of one fixed tree, whatever order they come in.
 *
 * <pre>{@code
 * ((g₀ + g₁) + (g₂ + g₃)) + ((g₄ + g₅) + g₆)                                             (N3)
 * }</pre>
 *
 * <p>Floating-point addition is not associative: added as they arrive, the gradients of a cluster would give other bits each time.
 * Here two neighbours are added as soon as both are there, and only these two, so it does not matter who works out which
 * piece, when, or on how many machines.
 */
public final class TreeSum implements Serializable {

    private static final long serialVersionUID = 1;

    private final int pieces;
    private final Map<Long, Part> waiting = new TreeMap<>(); // by level and number, for its neighbour
    private transient ArrayDeque<Part> spare;
    private Part total;

    /** Of so many pieces, numbered from 0. */
    public TreeSum(int pieces) {
        if (pieces < 1) {
            throw new IllegalArgumentException(
                    "TreeSum: expected 1 piece or more but got " + pieces + ". It is how many there are to be added.");
        }
        this.pieces = pieces;
    }

    int pieces() {
        return pieces;
    }

    /** Adds a piece; it belongs to the sum from now on. */
    public void add(int piece, Part part) {
        if (piece < 0 || piece >= pieces) {
            throw new IllegalArgumentException("TreeSum: expected a piece from 0 to " + (pieces - 1) + " but got "
                    + piece + ". Each is added once, by its number.");
        }
        put(0, piece, part);
    }

    /** Adds all that another sum of the same pieces has; it must not be used afterwards. */
    public TreeSum merge(TreeSum other) {
        other.waiting.forEach((place, part) -> put((int) (place >>> 32), (int) (long) place, part));
        total = other.total != null ? other.total : total;
        return this;
    }

    private void put(int level, int number, Part part) {
        Part sum = part;
        int height = level;
        int index = number;
        for (; 1L << height < pieces; height++, index >>= 1) {
            boolean isLeft = index % 2 == 0;
            if (isLeft && (index + 1L) << height >= pieces) {
                continue; // nothing stands to its right
            }
            Part neighbour = waiting.remove(place(height, index ^ 1));
            if (neighbour == null) {
                waiting.put(place(height, index), sum);
                return;
            }
            Part left = isLeft ? sum : neighbour;
            Part right = isLeft ? neighbour : sum;
            left.add(right);
            spares().push(right);
            sum = left;
        }
        total = sum;
    }

    private static long place(int level, int number) {
        return (long) level << 32 | number;
    }

    /** The sum of all pieces. */
    public Part total() {
        if (total == null) {
            throw new IllegalStateException(
                    "TreeSum.total: expected all " + pieces + " pieces but some are missing. Add each of them once.");
        }
        return total;
    }

    /** A part that is no longer needed, or a new one: to be filled and added. */
    public Part blank(int length) {
        Part part = spares().poll();
        return part != null ? part : new Part(length);
    }

    /** Begins anew, in the same room. */
    void clear() {
        spares().addAll(waiting.values());
        waiting.clear();
        if (total != null) {
            spares().push(total);
            total = null;
        }
    }

    private ArrayDeque<Part> spares() {
        spare = spare == null ? new ArrayDeque<>() : spare; // a copy from another machine has none
        return spare;
    }

    /** What is known of one piece, or of several that were added. */
    public static final class Part implements Serializable {

        private static final long serialVersionUID = 1;

        final float[] gradients; // of all parameters, one behind the other
        double loss;
        long[] positions = {}; // where its random streams stand now
        String fault; // of the first piece in which a number was not finite

        public Part(int length) {
            gradients = new float[length];
        }

        private void add(Part right) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] += right.gradients[i];
            }
            loss += right.loss;
            fault = fault != null ? fault : right.fault;
        }
    }
}
