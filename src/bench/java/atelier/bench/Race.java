package atelier.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/** All engines with the same model, batch size and threads: they take turns, A B C A B C, so that a slow minute hits them all. */
record Race(String model, int batch, int threads) {

    /**
     * How one engine did.
     *
     * @param imagesPerSecond of each round
     * @param firstLoss the mean loss of its first steps
     * @param bytesPerStep allocated on the heap
     */
    record Place(List<Double> imagesPerSecond, double firstLoss, double bytesPerStep) {

        double median() {
            return StatUtils.percentile(
                    imagesPerSecond.stream().mapToDouble(Double::doubleValue).toArray(), 50);
        }
    }

    /** How it went, by engine; the first is ours. */
    Map<String, Place> run(List<Engine> engines, String data, int rounds, double seconds, Path folder)
            throws IOException {
        List<Lane> lanes = new ArrayList<>();
        try {
            for (Engine engine : engines) {
                Lane lane = new Lane(engine, model, batch, threads, data, folder);
                lanes.add(lane);
                lane.warmUp(8 * seconds, seconds);
            }
            for (int round = 0; round < rounds; round++) {
                for (Lane lane : lanes) {
                    lane.lap();
                }
            }
            Map<String, Place> places = new LinkedHashMap<>();
            for (Lane lane : lanes) {
                places.put(lane.engine(), new Place(lane.imagesPerSecond(), lane.firstLoss(), lane.bytesPerStep()));
            }
            requireTheSame(places);
            return places;
        } finally {
            for (Lane lane : lanes) {
                lane.close();
            }
        }
    }

    /** An engine that computes something else is no peer. */
    private void requireTheSame(Map<String, Place> places) {
        double ours = places.values().iterator().next().firstLoss();
        places.forEach((engine, place) -> {
            double apart = Math.abs(place.firstLoss() / ours - 1);
            double allowed = ownNoise(engine) ? 0.03 : 0.01;
            if (!(apart <= allowed)) {
                throw new IllegalStateException(String.format(
                        "Bench: expected %s to learn %s as we do, with a mean loss of %.4f in its first steps, but got %.4f. "
                                + "It computes something else: compare the models before the times.",
                        engine, model, ours, place.firstLoss()));
            }
        });
    }

    private boolean ownNoise(String engine) {
        return engine.equals("dl4j") && model.equals("vae");
    }
}
