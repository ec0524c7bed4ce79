package atelier.cluster;

import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.tensor.Parallel;
import atelier.train.Cluster;
import atelier.train.PieceWork;
import atelier.train.TreeSum;
import atelier.train.Workforce;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The pieces of a batch on the executors of a cluster.
 *
 * <p>The images go to each executor once. A step sends the weights to all of them, and treeAggregate brings back one sum: {@link TreeSum} adds in
 * an order of its own, so it does not matter which partial sums Spark joins first, nor who works out a piece again after a loss.
 */
final class SparkWorkforce implements Workforce {

    private final JavaSparkContext context;
    private final Cluster.Job job;
    private final boolean local;
    private final Broadcast<Team.Orders> orders;

    SparkWorkforce(JavaSparkContext context, Cluster.Job job, boolean local) {
        this.context = context;
        this.job = job;
        this.local = local;
        ImageSet images = job.data().train();
        orders = context.broadcast(new Team.Orders(
                context.sc().applicationId(),
                job.recipe(),
                images.pixels(),
                images.labels(),
                images.height(),
                images.width(),
                job.settings().batchSize(),
                job.settings().seed(),
                job.pieceSize(),
                !local));
    }

    @Override
    public TreeSum.Part sum(Batches batches, int epoch, int batch, long[] positions) {
        int pieces = PieceWork.count(batches.size(batch), job.pieceSize());
        Broadcast<Team.Step> step = context.broadcast(new Team.Step(
                epoch,
                batch,
                positions,
                PieceWork.weights(job.learner()),
                job.learner().optimizer().steps()));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return sum(pieces, step);
                } catch (InterruptedException stop) {
                    interrupted = true; // the step in hand is finished first, then the training stops
                    context.cancelAllJobs();
                }
            }
        } catch (SparkException | RuntimeException failure) {
            throw new IllegalStateException(
                    "Cluster: expected batch " + (batch + 1) + " of epoch " + (epoch + 1) + " to be learned but got "
                            + SparkCluster.message(failure)
                            + ". Go on from the checkpoint with --resume when the cluster is well again.",
                    failure);
        } finally {
            step.unpersist(false);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Scala declares no exceptions, and throws these. */
    private TreeSum.Part sum(int pieces, Broadcast<Team.Step> step) throws InterruptedException, SparkException {
        int threads = Parallel.threads();
        if (local) {
            Parallel.threads(1); // the executor is this process: a task has one thread
        }
        try {
            List<Integer> numbers = IntStream.range(0, pieces).boxed().toList();
            Broadcast<Team.Orders> all = orders;
            return context.parallelize(numbers, Math.min(pieces, context.defaultParallelism()))
                    .treeAggregate(
                            new TreeSum(pieces),
                            (sum, piece) -> Team.add(sum, piece, all.value(), step.value()),
                            TreeSum::merge)
                    .total();
        } finally {
            if (local) {
                Parallel.threads(threads);
            }
        }
    }

    @Override
    public int pieceSize() {
        return job.pieceSize();
    }

    @Override
    public void close() {
        context.close();
    }
}
