package atelier.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Seconds of learning in each epoch, the unfinished one included; kept in {@code times.csv} beside the checkpoint, whose
 * bytes must not depend on them.
 */
final class Times {

    private double[] seconds = new double[16];

    void add(int epoch, long nanoseconds) {
        makeRoom(epoch);
        seconds[epoch] += nanoseconds * 1e-9;
    }

    double of(int epoch) {
        return epoch < seconds.length ? seconds[epoch] : 0;
    }

    double total() {
        double sum = 0;
        for (double each : seconds) {
            sum += each;
        }
        return sum;
    }

    void save(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("epoch,seconds\n");
        for (int epoch = 0; of(epoch) > 0; epoch++) {
            text.append(epoch + 1).append(',').append(of(epoch)).append('\n');
        }
        Replace.write(folder.resolve("times.csv"), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes over what an earlier run measured up to where its checkpoint stands; a missing or spoilt file is no time at all. */
    void load(Path folder, Position position) {
        try {
            List<String> rows = Files.readAllLines(folder.resolve("times.csv"));
            int known = position.epoch() + (position.batch() > 0 ? 1 : 0);
            for (int epoch = 0; epoch < Math.min(known, rows.size() - 1); epoch++) {
                double read = Double.parseDouble(rows.get(epoch + 1).split(",")[1]);
                makeRoom(epoch);
                seconds[epoch] = read >= 0 && read < 1e9 ? read : 0;
            }
        } catch (IOException | RuntimeException unknown) {
            // the numbers that decide are in the checkpoint; these are for the reader
        }
    }

    private void makeRoom(int epoch) {
        if (epoch >= seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * epoch);
        }
    }
}
