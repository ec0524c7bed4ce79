package atelier.tensor;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Passes over a whole array, cut into pieces for all threads; kept by the calling thread, so that a pass allocates nothing. */
final class Sweep {

    private static final int PIECE = 1 << 14;
    private static final ThreadLocal<Sweep> MINE = ThreadLocal.withInitial(Sweep::new);

    private final IntConsumer filling = this::fillPiece;
    private final IntConsumer looking = this::lookAtPiece;
    private float[] x;
    private float value;
    private volatile boolean finite;

    static void fill(float[] x, float value) {
        Sweep mine = MINE.get();
        mine.value = value;
        mine.run(x, mine.filling);
    }

    static boolean allFinite(float[] x) {
        Sweep mine = MINE.get();
        mine.finite = true;
        mine.run(x, mine.looking);
        return mine.finite;
    }

    private void run(float[] x, IntConsumer pass) {
        this.x = x;
        try {
            Parallel.run((x.length + PIECE - 1) / PIECE, pass);
        } finally {
            this.x = null; // a thread must not keep an array alive
        }
    }

    private void fillPiece(int piece) {
        Arrays.fill(x, piece * PIECE, to(piece), value);
    }

    private void lookAtPiece(int piece) {
        if (!Kernels.best().allFinite(x, piece * PIECE, to(piece))) {
            finite = false;
        }
    }

    private int to(int piece) {
        return Math.min(x.length, (piece + 1) * PIECE);
    }
}
