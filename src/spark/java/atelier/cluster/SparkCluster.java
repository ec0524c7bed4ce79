package atelier.cluster;

import atelier.train.Cluster;
import atelier.train.Workforce;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Connects to a Spark cluster.
 *
 * <p>What the executors need comes with the job: the kit's own jar. One task has one thread, as many tasks run as there are cores.
 *
 * <p>Source: Spark 3.5, configuration, https://spark.apache.org/docs/3.5.7/configuration.html.
 */
public final class SparkCluster implements Cluster {

    private static final int PATIENCE = 5000; // milliseconds

    @Override
    public Workforce connect(String address, Job job, Consumer<String> note) {
        Thread.currentThread()
                .setContextClassLoader(SparkCluster.class.getClassLoader()); // a notebook's sees none of this
        boolean local = address.startsWith("local[");
        SparkConf conf = new SparkConf(true)
                .setAppName("Atelier: " + job.learner().model().name())
                .setMaster(address)
                .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector")
                .set("spark.task.maxFailures", "8")
                .set("spark.locality.wait", "0s")
                .setIfMissing("spark.ui.enabled", "false");
        if (!local) {
            conf.set("spark.jars", kit().toString());
        }
        if (address.startsWith("spark://")) {
            requireMaster(address, conf);
        }
        JavaSparkContext context = context(address, conf);
        Hearing hearing = new Hearing(note);
        context.sc().addSparkListener(hearing);
        try {
            if (!local) {
                hearing.awaitExecutor(address);
            }
            return new SparkWorkforce(context, job, local);
        } catch (RuntimeException failure) {
            context.close();
            throw failure;
        }
    }

    private static JavaSparkContext context(String address, SparkConf conf) {
        try {
            return new JavaSparkContext(conf);
        } catch (Exception failure) {
            throw new IllegalStateException(
                    "Cluster: expected a Spark master at " + address + " but got " + message(failure)
                            + ". Look whether it runs and can be reached from here, or use local[2].",
                    failure);
        }
    }

    private static Path kit() {
        try {
            return KitJar.find();
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "Cluster: expected room for the kit's jar in the folder for temporary files but got "
                            + failure.getMessage() + ". -Djava.io.tmpdir=FOLDER chooses another.",
                    failure);
        }
    }

    /** Spark itself asks for a minute before it gives up. Masters stand one behind the other, with commas; one is enough. */
    private static void requireMaster(String address, SparkConf conf) {
        List<String> failures = new ArrayList<>();
        for (String master : address.substring("spark://".length()).split(",")) {
            int colon = master.lastIndexOf(':');
            String host = master.substring(0, colon);
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, Integer.parseInt(master.substring(colon + 1))), PATIENCE);
                if (socket.getInetAddress().isLoopbackAddress()) {
                    conf.setIfMissing("spark.driver.host", "127.0.0.1");
                }
                return;
            } catch (IOException failure) {
                failures.add(master + " (" + failure.getMessage() + ")");
            }
        }
        throw new IllegalStateException(
                "Cluster: expected a Spark master that listens but got none: " + String.join(", ", failures)
                        + ". Look whether it runs and can be reached from here, or use local[2].");
    }

    static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause instanceof SparkException || cause.getMessage() == null)) {
            cause = cause.getCause();
        }
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return said.lines().findFirst().orElse("nothing").strip();
    }
}
