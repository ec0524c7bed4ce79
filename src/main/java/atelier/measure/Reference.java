package atelier.measure;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * The real images that generators are held against, looked at once: every measure of samples, in one call.
 *
 * <p>The rules, so that numbers compare:
 *
 * <ul>
 *   <li>Samples are held against the <em>test</em> images. A generator that only remembers its training images gains nothing
 *       by the difference of the two, and what it remembers is for {@link Memorisation} to find.
 *   <li>There are n of each: 10,000, or fewer where there are not so many samples, test or training images. The Fréchet
 *       distance of fewer images is larger, whatever they are, so n is part of the result.
 *   <li>The floor is the distance between n training images and the same n test images: what is left when nothing is wrong.
 *       At small n it is mostly bias, as the distance of the samples is: look at the quotient of the two.
 *   <li>Images of a set are drawn, by a fixed seed, never taken from its beginning: the first half of MNIST's test images was
 *       written by other people than the second, and the two are farther apart than many a generator is.
 * </ul>
 *
 * <p>Shares of digits are compared with those of the same n test images as the judge reads them. Memorisation is looked for
 * in up to 1000 samples, against all training images and up to 1000 test images.
 *
 * <p>Serves one thread at a time, as its judge does.
 *
 * <p>Walk-through: notebooks/17-measuring-generators.
 */
public final class Reference {

    /** With fewer images there is nothing to judge by: a pair for each block of {@link KernelDistance}. */
    public static final int FEWEST = 20;

    private static final int MOST = 10_000;
    private static final int REMEMBERED = 1000;
    private static final RandomStream DRAWING = RandomStream.seed(1);

    private final Judge judge;
    private final Dataset data;
    private final Features test;
    private final Tensor train; // activations
    private Memorisation memorisation;
    private Some some;

    /** What does not depend on the samples, but on how many they are. */
    private record Some(Features test, Frechet moments, double floor, Support support) {}

    /**
     * Has the judge look at the real images.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Reference(Judge judge, Dataset data) throws InterruptedException {
        int most = Math.min(MOST, Math.min(data.test().count(), data.train().count()));
        if (most < FEWEST) {
            throw new IllegalArgumentException("Reference: expected at least " + FEWEST
                    + " training images and as many test images but got " + data
                    + ". Distances between fewer say nothing.");
        }
        this.judge = judge;
        this.data = data;
        test = judge.of(data.test().some(draw(1, data.test().count(), most)));
        train = judge.of(data.train().some(draw(2, data.train().count(), most))).activations();
    }

    /** Some of so many numbers, in random order, always the same. */
    private static int[] draw(int key, int of, int count) {
        return Arrays.copyOf(DRAWING.split(key).permutation(of), count);
    }

    /** How many samples it judges at most. */
    public int most() {
        return test.count();
    }

    /**
     * All measures of samples, at least 20; of more than {@link #most} a draw is judged.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Generated measure(ImageSet samples) throws InterruptedException {
        requireEnough(samples.count());
        int n = Math.min(most(), samples.count());
        int[] judged = judged(samples.count(), n);
        ImageSet images = samples.some(judged);
        Features seen = judge.of(images);
        Some real = real(n);
        return new Generated(
                judged,
                Frechet.of(seen.activations()).distance(real.moments),
                real.floor,
                KernelDistance.of(seen.activations(), real.test.activations()),
                PrecisionRecall.of(real.support, seen.activations()),
                Modes.of(seen.digits(), real.test.digits()),
                memorisation().of(images.slice(0, Math.min(REMEMBERED, n))));
    }

    /**
     * The Fréchet distance of samples alone, the one that {@link #measure} gives: quick enough for each epoch of a training.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public double frechet(ImageSet samples) throws InterruptedException {
        requireEnough(samples.count());
        int n = Math.min(most(), samples.count());
        ImageSet images = samples.some(judged(samples.count(), n));
        return Frechet.of(judge.of(images).activations()).distance(real(n).moments);
    }

    private static int[] judged(int of, int n) {
        int[] judged = draw(3, of, n);
        Arrays.sort(judged);
        return judged;
    }

    /** The floor for so many images. */
    public double floor(int n) {
        requireEnough(n);
        return moments(train, n).distance(moments(test.activations(), n));
    }

    /**
     * The Fréchet distance of so many images of uniform noise: whoever comes near this has learnt nothing.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public double ceiling(int n) throws InterruptedException {
        requireEnough(n);
        Tensor noise = Tensor.uniform(DRAWING.split(4), 0, 1, n, 1, 28, 28);
        return Frechet.of(judge.of(noise).activations()).distance(moments(test.activations(), n));
    }

    /**
     * The test for remembered images, to look at the neighbours of chosen ones.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Memorisation memorisation() throws InterruptedException {
        if (memorisation == null) {
            ImageSet unseen = data.test();
            memorisation = new Memorisation(
                    data.train(), unseen.some(draw(1, unseen.count(), Math.min(REMEMBERED, unseen.count()))));
        }
        return memorisation;
    }

    private Some real(int n) throws InterruptedException {
        if (some == null || some.test.count() != n) {
            Features first = test.first(n);
            some = new Some(
                    first,
                    Frechet.of(first.activations()),
                    floor(n),
                    Support.of(first.activations(), PrecisionRecall.NEIGHBOUR));
        }
        return some;
    }

    private static Frechet moments(Tensor features, int n) {
        return Frechet.of(features.slice(0, n));
    }

    private void requireEnough(int n) {
        if (n < FEWEST) {
            throw new IllegalArgumentException("Reference: expected at least " + FEWEST + " images but got " + n
                    + ". Distances between fewer say nothing.");
        }
    }
}
