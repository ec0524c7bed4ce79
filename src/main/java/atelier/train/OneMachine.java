package atelier.train;

import atelier.data.Batches;

/** One piece after the other, by the learner itself: a large batch in the memory of a small one. */
final class OneMachine implements Workforce {

    private final DataParallel learner;
    private final int pieceSize;
    private PieceWork work;
    private Batches known;
    private TreeSum sum;

    OneMachine(DataParallel learner, int pieceSize) {
        this.learner = learner;
        this.pieceSize = pieceSize;
    }

    @Override
    public TreeSum.Part sum(Batches batches, int epoch, int batch, long[] positions) {
        if (batches != known) {
            work = new PieceWork(learner, batches, pieceSize);
            known = batches;
        }
        int count = PieceWork.count(batches.size(batch), pieceSize);
        if (sum == null || sum.pieces() != count) {
            sum = new TreeSum(count);
        } else {
            sum.clear(); // its total was read a step ago
        }
        for (int piece = 0; piece < count; piece++) {
            TreeSum.Part part = sum.blank(work.length());
            work.work(epoch, batch, piece, positions, part);
            sum.add(piece, part);
        }
        return sum.total();
    }

    @Override
    public int pieceSize() {
        return pieceSize;
    }

    @Override
    public void close() {
        // nobody else works here
    }
}
