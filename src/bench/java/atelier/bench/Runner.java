package atelier.bench;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.Datasets;
import atelier.data.ImageSet;
import atelier.tensor.Parallel;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One contestant in a JVM of its own. It answers each line "N" with N training steps: the seconds that they took, their mean loss, and
 * the bytes that all threads have allocated on the heap meanwhile.
 */
final class Runner {

    private static final int BATCHES = 16;

    private Runner() {}

    /** Arguments: engine, model, batch size, threads, data. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err); // whatever a library says stays out of the answers
        Parallel.threads(Integer.parseInt(arguments[3]));
        Contestant contestant =
                Contestants.of(arguments[0], arguments[1], batches(arguments[4], Integer.parseInt(arguments[2])));
        answers.println("ready");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int done = 0;
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            int steps = Integer.parseInt(line);
            long bytes = allocated();
            long began = System.nanoTime();
            double loss = 0;
            for (int i = 0; i < steps; i++) {
                loss += contestant.step((done + i) % BATCHES);
            }
            long took = System.nanoTime() - began;
            done += steps;
            answers.println(took * 1e-9 + " " + loss / steps + " " + (allocated() - bytes));
        }
        System.exit(0);
    }

    private static List<Batch> batches(String data, int size) throws IOException {
        ImageSet images = Datasets.load(data).train();
        Batches all = new Batches(images, size, Contestants.SEED);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            Batch batch = all.batch(0, i % (images.count() / size));
            batches.add(new Batch(batch.x().copy(), batch.labels().clone(), batch.size()));
        }
        return batches;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
