package atelier.measure;

import atelier.data.ImageSet;
import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * What a classifier answered to each image of a set, and what follows from that.
 *
 * <pre>{@code
 * accuracy     = (1/N) Σ_n [ŷ_n = y_n]                                 (M1)
 * precision(k) = right answers k / all answers k                       (M2)
 * recall(k)    = right answers k / all images of class k               (M3)
 * }</pre>
 *
 * <p>Units: losses in nats, one an image. Two scores that are equal count for the smaller class.
 *
 * @param classes how many scores the classifier gives
 * @param labels the true class y of each image
 * @param predicted the class ŷ with the highest score
 * @param losses −ln p(y) of each image
 */
public record Evaluation(int classes, int[] labels, int[] predicted, double[] losses) {

    private static final int BATCH = 256;

    /** Shows every image to the classifier, in {@link Mode#INFER}; its outputs are scores (logits) {@code [N,classes]}. */
    public static Evaluation of(Layer classifier, ImageSet images) {
        if (images.count() == 0) {
            throw new IllegalArgumentException(
                    "Evaluation.of: expected at least one image but got none. Give it a set that is not empty.");
        }
        Evaluation[] parts = new Evaluation[(images.count() + BATCH - 1) / BATCH];
        for (int i = 0; i < parts.length; i++) {
            int from = i * BATCH;
            int to = Math.min(images.count(), from + BATCH);
            parts[i] = of(classifier.forward(images.images(from, to), Mode.INFER), images.labels(from, to));
        }
        return new Evaluation(
                parts[0].classes,
                Arrays.stream(parts)
                        .flatMapToInt(part -> Arrays.stream(part.labels))
                        .toArray(),
                Arrays.stream(parts)
                        .flatMapToInt(part -> Arrays.stream(part.predicted))
                        .toArray(),
                Arrays.stream(parts)
                        .flatMapToDouble(part -> Arrays.stream(part.losses))
                        .toArray());
    }

    /** From scores {@code [N,classes]} that any engine worked out. */
    public static Evaluation of(Tensor scores, int[] labels) {
        if (scores.rank() != 2 || scores.size(0) != labels.length || scores.size(1) == 0) {
            throw new ShapeException("Evaluation.of: expected scores [" + labels.length
                    + ",classes], a row a label, but got " + Arrays.toString(scores.shape())
                    + ". Use scores and labels of the same images.");
        }
        int n = labels.length;
        int classes = scores.size(1);
        int[] predicted = new int[n];
        double[] losses = new double[n];
        for (int i = 0; i < n; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("Evaluation.of: expected labels in 0 … " + (classes - 1)
                        + " but got " + labels[i] + " for image " + i + ". Classes are counted from 0.");
            }
            for (int k = 1; k < classes; k++) {
                if (scores.at(i, k) > scores.at(i, predicted[i])) {
                    predicted[i] = k;
                }
            }
            double largest = scores.at(i, predicted[i]);
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += StrictMath.exp(scores.at(i, k) - largest);
            }
            losses[i] = StrictMath.log(sum) - (scores.at(i, labels[i]) - largest);
        }
        return new Evaluation(classes, labels.clone(), predicted, losses);
    }

    /** (M1), from 0 to 1. */
    public double accuracy() {
        return (double) right() / labels.length;
    }

    /** How many answers are right. */
    public int right() {
        return (int) IntStream.range(0, labels.length)
                .filter(i -> labels[i] == predicted[i])
                .count();
    }

    /** The mean loss, in nats an image. */
    public double loss() {
        return Arrays.stream(losses).sum() / losses.length;
    }

    /** How often an image of class i (row) was taken for class j (column). */
    public int[][] confusion() {
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]][predicted[i]]++;
        }
        return counts;
    }

    /** A row a class: class, images, precision (M2) and recall (M3); nothing where they would divide by 0. */
    public Table perClass() {
        int[][] counts = confusion();
        IntColumn name = IntColumn.create("class");
        IntColumn images = IntColumn.create("images");
        DoubleColumn precision = DoubleColumn.create("precision");
        DoubleColumn recall = DoubleColumn.create("recall");
        for (int k = 0; k < classes; k++) {
            int answer = k;
            int answers = Arrays.stream(counts).mapToInt(row -> row[answer]).sum();
            int truths = Arrays.stream(counts[k]).sum();
            name.append(k);
            images.append(truths);
            precision.append((double) counts[k][k] / answers);
            recall.append((double) counts[k][k] / truths);
        }
        return Table.create("per class", name, images, precision, recall);
    }

    /** The numbers of the images that it got wrong with the greatest loss, at most this many, the worst first. */
    public int[] mistakes(int most) {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] != predicted[i])
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -losses[i]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
