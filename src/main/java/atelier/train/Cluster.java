package atelier.train;

import atelier.data.Dataset;
import java.io.Serializable;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The door to other machines. What stands behind it is found by {@link ServiceLoader}; without a Maven profile there is nothing. */
public interface Cluster {

    /** How each machine makes its own copy of the learner. */
    interface Recipe extends Serializable {
        DataParallel learner();
    }

    /**
     * What is to be done there.
     *
     * @param learner whose weights are learned, here
     * @param recipe for one like it, there
     * @param data its training images go to every machine once
     * @param settings of the training
     * @param pieceSize images of a piece
     */
    record Job(DataParallel learner, Recipe recipe, Dataset data, Settings settings, int pieceSize) {}

    /** What stands behind the door, if anything does. */
    static Optional<Cluster> door() {
        return ServiceLoader.load(Cluster.class, Cluster.class.getClassLoader()).findFirst();
    }

    /**
     * Connects.
     *
     * @param address as Spark writes it: {@code local[2]}, {@code spark://HOST:PORT}
     * @param note told what a user should know of, such as a machine that was lost
     * @throws IllegalStateException when nobody answers, or nobody has room
     */
    Workforce connect(String address, Job job, Consumer<String> note);
}
