package atelier.measure;

import atelier.data.ImageSet;
import atelier.tensor.ShapeException;
import java.util.Arrays;

/**
 * Whether a generator makes images or remembers them: how near the nearest training image is to each sample.
 *
 * <pre>{@code
 * copying = P(d(sample) < d(unseen)) + ½ P(d(sample) = d(unseen))       (E6)
 *     d(y) = min_i ‖y − x_i‖ over the training images x_i
 * }</pre>
 *
 * <p>Unseen images are real ones that the generator never got: they show how near one comes by chance. ½ says that samples are no
 * nearer to what was learnt than new handwriting is; 1 that every one of them is nearer: remembered. Distances are Euclid's
 * over the pixels in [0,1].
 *
 * <p>Blurred images lie near to all others, and so do plain ones: unseen ones alone get 0.9 without a copy among them. Look
 * at the neighbours before you accuse. And a copy that is moved by a pixel is not found.
 *
 * <p>The nearest image is searched for with products in float; its distance is worked out anew in double. A thousand
 * images against 60,000 are 47,000,000,000 multiply-adds: a second or two.
 *
 * <p>Walk-through: notebooks/17-measuring-generators. Source: Meehan, Chaudhuri and Dasgupta 2020, arXiv:2004.05675, who
 * compare region by region what is compared as a whole here.
 */
public final class Memorisation {

    private static final int CHUNK = 2000; // training images at once
    private static final int BLOCK = 1000; // others at once

    private final ImageSet training;
    private final double[] unseen;

    /**
     * Prepares to compare with how near unseen images come to the training images.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Memorisation(ImageSet training, ImageSet unseen) throws InterruptedException {
        this.training = training;
        this.unseen = nearest(unseen).distances;
    }

    /**
     * The nearest training image of each image of a set.
     *
     * @param images its number in the training set; of several the first
     * @param distances how far it is
     */
    public record Nearest(int[] images, double[] distances) {}

    /**
     * What the test found.
     *
     * @param copying (E6)
     * @param nearest the nearest training image of each sample
     * @param unseen how far the nearest training image of each unseen image is
     */
    public record Result(double copying, Nearest nearest, double[] unseen) {

        /** The share of the samples that are nearer to a training image than all but 1 % of the unseen images: by chance 0.01. */
        public double suspicious() {
            double[] sorted = unseen.clone();
            Arrays.sort(sorted);
            double close = sorted[sorted.length / 100];
            return (double) Arrays.stream(nearest.distances)
                            .filter(d -> d < close)
                            .count()
                    / nearest.distances.length;
        }
    }

    /**
     * Puts samples to the test.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Result of(ImageSet samples) throws InterruptedException {
        Nearest nearest = nearest(samples);
        double[] scores = new double[nearest.distances.length + unseen.length];
        boolean[] sample = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            sample[i] = i < nearest.distances.length;
            scores[i] = -(sample[i] ? nearest.distances[i] : unseen[i - nearest.distances.length]);
        }
        return new Result(Roc.of(scores, sample).auc(), nearest, unseen.clone()); // (M12) is (E6) of scores −d
    }

    /**
     * The nearest training image of each image.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Nearest nearest(ImageSet images) throws InterruptedException {
        int size = training.height() * training.width();
        if (training.count() == 0
                || images.count() == 0
                || images.height() != training.height()
                || images.width() != training.width()) {
            throw new ShapeException("Memorisation: expected training images and others of the same size but got "
                    + training + " and " + images + ". Neither may be empty.");
        }
        int n = images.count();
        float[] x = images.images(0, n).data();
        int[] number = new int[n];
        float[] best = new float[n];
        Arrays.fill(best, Float.POSITIVE_INFINITY);
        for (int first = 0; first < training.count(); first += CHUNK) {
            int start = first;
            int count = Math.min(training.count() - first, CHUNK);
            float[] chunk = training.images(first, first + count).data();
            new Distances(chunk, count, size, Math.min(n, BLOCK)).from(x, n, (i, squares, from) -> {
                for (int j = 0; j < count; j++) {
                    if (squares[from + j] < best[i]) {
                        best[i] = squares[from + j];
                        number[i] = start + j;
                    }
                }
            });
        }
        double[] distances = new double[n];
        for (int i = 0; i < n; i++) {
            distances[i] = distance(images.pixels(), i * size, training.pixels(), number[i] * size, size);
        }
        return new Nearest(number, distances);
    }

    private static double distance(byte[] x, int xFrom, byte[] y, int yFrom, int size) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            int d = (x[xFrom + i] & 0xFF) - (y[yFrom + i] & 0xFF);
            sum += d * d;
        }
        return Math.sqrt(sum) / 255;
    }
}
