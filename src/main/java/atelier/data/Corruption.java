package atelier.data;

import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * A way to spoil images, for a network to learn to undo it.
 *
 * @param name what it does, in one line
 * @param change writes spoilt copies of clean images {@code [N,1,H,W]} into a tensor of their shape
 */
public record Corruption(String name, Change change) {

    /** Clean images, where chance comes from, where to write. */
    public interface Change {
        void apply(Tensor clean, RandomStream random, Tensor into);
    }

    /** Writes spoilt copies of {@code clean} into a tensor of its shape; pixels stay in [0,1]. */
    public void apply(Tensor clean, RandomStream random, Tensor into) {
        clean.requireSameShape(into, "Corruption");
        change.apply(clean, random, into);
    }

    /** Normal noise of this deviation on every pixel, cut off at 0 and 1. */
    public static Corruption gaussian(double sigma) {
        requireIn(sigma > 0 && sigma <= 10, "a deviation above 0, at most 10,", sigma);
        return new Corruption("gaussian noise, deviation " + sigma, (clean, random, into) -> {
            Noise.normal(random, into);
            float[] from = clean.rowMajor().data();
            float[] to = into.data();
            for (int i = 0; i < into.length(); i++) {
                to[i] = Math.min(1, Math.max(0, from[i] + (float) sigma * to[i]));
            }
        });
    }

    /** Each pixel turns black with half this probability, and white with the other half. */
    public static Corruption saltAndPepper(double probability) {
        requireIn(probability > 0 && probability <= 1, "a probability above 0, at most 1,", probability);
        return new Corruption("salt and pepper, probability " + probability, (clean, random, into) -> {
            float[] from = clean.rowMajor().data();
            float[] to = into.data();
            for (int i = 0; i < into.length(); i++) {
                double u = random.uniform();
                to[i] = u < probability / 2 ? 0 : u < probability ? 1 : from[i];
            }
        });
    }

    /** A black square of this side at a random place inside each image. */
    public static Corruption block(int side) {
        requireIn(side > 0, "a side of 1 or more", side);
        return new Corruption("a missing block of " + side + " pixels a side", (clean, random, into) -> {
            into.copyFrom(clean);
            int height = clean.size(2);
            int width = clean.size(3);
            int room = Math.min(height, width);
            requireIn(side <= room, "a side of at most the image's, " + room + ",", side);
            for (int n = 0; n < clean.size(0); n++) {
                int top = random.below(height - side + 1);
                int left = random.below(width - side + 1);
                for (int h = top; h < top + side; h++) {
                    int from = (n * height + h) * width + left;
                    Arrays.fill(into.data(), from, from + side, 0f);
                }
            }
        });
    }

    private static void requireIn(boolean condition, String expected, Object got) {
        if (!condition) {
            throw new IllegalArgumentException("Corruption: expected " + expected + " but got " + got
                    + ". A spoilt image must still show something.");
        }
    }
}
