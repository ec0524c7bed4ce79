package atelier.cluster;

import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.tensor.Parallel;
import atelier.train.Cluster;
import atelier.train.DataParallel;
import atelier.train.PieceWork;
import atelier.train.TreeSum;
import java.io.Serializable;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The learners of one executor: as many as it runs tasks at once, kept from step to step. */
final class Team {

    private static Team latest; // an executor serves one training; in a notebook one follows the other

    /** What a training is, sent once; and whether the executor is a process of its own. */
    record Orders(
            String application,
            Cluster.Recipe recipe,
            byte[] pixels,
            byte[] labels,
            int height,
            int width,
            int batchSize,
            long seed,
            int pieceSize,
            boolean elsewhere)
            implements Serializable {}

    /** What a step is: sent to every executor for each. */
    record Step(int epoch, int batch, long[] positions, float[] weights, long steps) implements Serializable {}

    private final Orders orders;
    private final ImageSet images;
    private final ConcurrentLinkedDeque<Member> idle = new ConcurrentLinkedDeque<>();

    private Team(Orders orders) {
        this.orders = orders;
        images = new ImageSet(orders.pixels, orders.labels, orders.height, orders.width);
        if (orders.elsewhere) {
            Parallel.threads(1); // a task has one thread; results do not depend on it
        }
    }

    private static synchronized Team of(Orders orders) {
        if (latest == null || !latest.orders.application.equals(orders.application)) {
            latest = new Team(orders);
        }
        return latest;
    }

    /** A learner, and the step whose weights it has. */
    private static final class Member {

        private final PieceWork work;
        private Step step;

        Member(Orders orders, ImageSet images) {
            DataParallel learner = orders.recipe.learner();
            work = new PieceWork(learner, new Batches(images, orders.batchSize, orders.seed), orders.pieceSize);
        }
    }

    /** Works out one piece and adds it. */
    static TreeSum add(TreeSum sum, int piece, Orders orders, Step step) {
        Team team = of(orders);
        Member idle = team.idle.poll();
        Member member = idle != null ? idle : new Member(orders, team.images);
        if (member.step != step) {
            member.work.become(step.weights, step.steps);
            member.step = step;
        }
        TreeSum.Part part = sum.blank(member.work.length());
        member.work.work(step.epoch, step.batch, piece, step.positions, part);
        team.idle.push(member);
        sum.add(piece, part);
        return sum;
    }
}
