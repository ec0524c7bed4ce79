package atelier.optim;

import atelier.layer.Parameter;
import atelier.tensor.Parallel;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The parameters cut in runs of at most {@value #PIECE} numbers, the same runs on any number of threads.
 *
 * <p>Every number is updated on its own, so the cut changes no bit; it lets a large matrix be updated by all cores.
 */
final class Pieces {

    /** Updates the numbers from ≤ i &lt; to of the parameter with this index. */
    interface Update {
        void apply(int parameter, int from, int to);
    }

    private record Piece(int parameter, int from, int to) {}

    private static final int PIECE = 1 << 14;

    private final Piece[] pieces;
    private final Update update;
    private final IntConsumer piece = this::piece;

    Pieces(List<Parameter> parameters, Update update) {
        List<Piece> cut = new ArrayList<>();
        for (int parameter = 0; parameter < parameters.size(); parameter++) {
            int length = parameters.get(parameter).value().length();
            for (int from = 0; from < length; from += PIECE) {
                cut.add(new Piece(parameter, from, Math.min(from + PIECE, length)));
            }
        }
        this.pieces = cut.toArray(Piece[]::new);
        this.update = update;
    }

    void run() {
        Parallel.run(pieces.length, piece);
    }

    private void piece(int i) {
        Piece p = pieces[i];
        update.apply(p.parameter, p.from, p.to);
    }

    /** A tensor of zeros for every parameter, for an optimiser to remember something in. */
    static List<Parameter> zeros(List<Parameter> parameters, String suffix) {
        return parameters.stream()
                .map(p -> new Parameter(
                        p.name() + "." + suffix, Tensor.zeros(p.value().shape())))
                .toList();
    }
}
