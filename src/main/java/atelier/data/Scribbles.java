package atelier.data;

import atelier.data.DigitShapes.Stroke;
import atelier.tensor.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Digits that the kit draws itself, in MNIST's form: 28×28, white on black, 20 pixels at the longer side, centred by mass.
 *
 * <p>A hand is imitated in five steps: a style of writing the digit; each point missed by a little; a slant, a turn and a
 * bend of the whole; a pen of some width and pressure; a blurred edge. Every image has a random stream of its own, so the
 * same seed gives the same bytes on every machine and any number of threads.
 */
public final class Scribbles {

    static final long SEED = 1;
    private static final int TRAIN = 60_000;
    private static final int TEST = 10_000;

    private static final int SIZE = 28;
    private static final double BOX = 20;
    private static final int STEPS = 6;

    private final RandomStream random;
    private final Ink ink = new Ink();
    private final double[] field = new double[SIZE * SIZE];

    private Scribbles(RandomStream random) {
        this.random = random;
    }

    /** As many as MNIST has, 60,000 to train and 10,000 to test, in a few seconds. */
    public static Dataset load() {
        return load(SEED, TRAIN, TEST);
    }

    /** Its first images, at most so many to train and to test; the others are not drawn. */
    static Dataset first(int limit) {
        RandomStream random = RandomStream.seed(SEED);
        return new Dataset(
                "scribbles",
                draw(random.split(1), TRAIN, Math.min(limit, TRAIN)),
                draw(random.split(2), TEST, Math.min(limit, TEST)));
    }

    /** Drawn from a seed; the first images of a larger set are not those of a smaller one, for their labels are shuffled. */
    public static Dataset load(long seed, int train, int test) {
        RandomStream random = RandomStream.seed(seed);
        return new Dataset("scribbles", draw(random.split(1), train, train), draw(random.split(2), test, test));
    }

    static Holding holding() {
        return new Holding("scribbles", "drawn when asked for", "60,000 + 10,000", "needs no files", true);
    }

    /** The sample that comes with the kit must be what its seed draws. */
    static Holding sample() {
        Path folder = Places.downloads("scribbles");
        if (Files.notExists(folder)) {
            String remedy = "./atelier data make scribbles --train 1600 --test 400 --out datasets/scribbles";
            return new Holding("scribbles, sample", remedy, "1,600 + 400", Holding.NOT_HERE, true);
        }
        try {
            Dataset onDisk = Dataset.read("scribbles", folder);
            Dataset drawn = load(SEED, onDisk.train().count(), onDisk.test().count());
            boolean same = onDisk.train().equals(drawn.train()) && onDisk.test().equals(drawn.test());
            return new Holding(
                    "scribbles, sample",
                    folder.toString(),
                    String.format(
                            Locale.ROOT,
                            "%,d + %,d",
                            onDisk.train().count(),
                            onDisk.test().count()),
                    same
                            ? "as drawn from seed " + SEED
                            : "Scribbles: expected in " + folder + " what seed " + SEED
                                    + " draws but got other images. Draw them again: ./atelier data make scribbles.",
                    same);
        } catch (DataException wrong) {
            return new Holding("scribbles, sample", folder.toString(), "", wrong.getMessage(), false);
        }
    }

    /** The first of so many images, which have each digit equally often (to within one), in random order. */
    private static ImageSet draw(RandomStream random, int all, int count) {
        if (count < 0) {
            throw new DataException("Scribbles", "0 or more images", "" + count, "Ask for some.");
        }
        int[] order = random.split(-1).permutation(all);
        byte[] labels = new byte[count];
        byte[] pixels = new byte[Math.multiplyExact(count, SIZE * SIZE)];
        IntStream.range(0, count).parallel().forEach(i -> {
            labels[i] = (byte) (order[i] % 10);
            new Scribbles(random.split(i)).draw(labels[i], pixels, i * SIZE * SIZE);
        });
        return new ImageSet(pixels, labels, SIZE, SIZE);
    }

    private void draw(int digit, byte[] pixels, int from) {
        double radius = Math.max(0.7, Math.min(2.1, 1.3 * StrictMath.exp(0.27 * random.normal())));
        double softness = 0.9 + 0.7 * random.uniform();
        Hand hand = new Hand(random);
        for (Stroke stroke : DigitShapes.strokes(digit, random.below(DigitShapes.styles(digit)))) {
            trace(stroke, hand, radius);
        }
        double middle = SIZE / 2.0;
        ink.fit(middle + random.uniform() - 0.5, middle + random.uniform() - 0.5, BOX);
        ink.draw(field, SIZE, softness);
        putCentred(pixels, from);
    }

    /** Follows the points of a stroke along Catmull and Rom's curve, which passes through each of them. */
    private void trace(Stroke stroke, Hand hand, double radius) {
        int n = stroke.x().length;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double miss = i == 0 || i == n - 1 ? 0.05 : 0.032; // where a stroke begins and ends matters least to a hand
            x[i] = hand.x(stroke.x()[i], stroke.y()[i]) + miss * random.normal();
            y[i] = hand.y(stroke.x()[i], stroke.y()[i]) + miss * random.normal();
        }
        double pressure = 0.2 * random.normal();
        double phase = 2 * Math.PI * random.uniform();
        for (int i = 0; i + 1 < n; i++) {
            int before = i == 0 || stroke.corner()[i] ? i : i - 1;
            int after = i + 2 == n || stroke.corner()[i + 1] ? i + 1 : i + 2;
            for (int step = 0; step < STEPS; step++) {
                double t0 = (double) step / STEPS;
                double t1 = (step + 1.0) / STEPS;
                double along = 2 * Math.PI * (i + t0) / (n - 1);
                double wide = radius * (1 + Math.max(-0.3, Math.min(0.3, pressure)) * StrictMath.sin(along + phase));
                ink.add(
                        curve(x[before], x[i], x[i + 1], x[after], t0),
                        curve(y[before], y[i], y[i + 1], y[after], t0),
                        curve(x[before], x[i], x[i + 1], x[after], t1),
                        curve(y[before], y[i], y[i + 1], y[after], t1),
                        wide);
            }
        }
    }

    private static double curve(double a, double b, double c, double d, double t) {
        return 0.5 * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
    }

    /** Shifts by whole pixels so that the centre of mass comes to the middle, and turns [0,1] into bytes. */
    private void putCentred(byte[] pixels, int from) {
        double mass = 0;
        double right = 0;
        double down = 0;
        for (int h = 0; h < SIZE; h++) {
            for (int w = 0; w < SIZE; w++) {
                double value = field[h * SIZE + w];
                mass += value;
                right += value * (w + 0.5);
                down += value * (h + 0.5);
            }
        }
        int dw = (int) Math.rint(SIZE / 2.0 - right / mass);
        int dh = (int) Math.rint(SIZE / 2.0 - down / mass);
        for (int h = Math.max(0, dh); h < Math.min(SIZE, SIZE + dh); h++) {
            for (int w = Math.max(0, dw); w < Math.min(SIZE, SIZE + dw); w++) {
                pixels[from + h * SIZE + w] = (byte) (int) (255 * field[(h - dh) * SIZE + w - dw] + 0.5);
            }
        }
    }
}
