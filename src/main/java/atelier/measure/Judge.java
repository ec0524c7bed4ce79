package atelier.measure;

import atelier.data.ImageSet;
import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.layer.Sequential;
import atelier.model.ConvNet;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network that learnt to read digits and now looks at images that nobody wrote: what it notices is what is compared.
 *
 * <pre>{@code
 * x [N,1,28,28] → ConvNet up to the ReLU of dense1 → activations [N,128] → dense2 → softmax → probabilities [N,10]
 * }</pre>
 *
 * <p>Pixels are a bad yardstick: the same digit one pixel to the right is far away. 128 numbers from which digits can be told
 * apart are a better one, and the only one here; other networks give other distances, so the standard judge is one file that
 * never changes, {@code judge.bin}, made by
 *
 * <pre>{@code
 * ./atelier train convnet --data mnist --seed 1 --out DIR, then DIR/model.bin
 * }</pre>
 *
 * <p>It names 99.15 % of MNIST's test images rightly, and 96 % of Scribbles, which it never saw. It was never asked whether an
 * image is a digit at all: noise is a digit too, to it.
 *
 * <p>A judge keeps its layers' outputs and so serves one thread at a time.
 *
 * <p>Walk-through: notebooks/17-measuring-generators.
 */
public final class Judge {

    private static final int BATCH = 250;

    private final Map<String, String> identity;
    private final Layer body;
    private final Layer head;

    /** A judge of one's own: another opinion, other distances. */
    public Judge(ConvNet net) {
        this(net, Map.of("model", net.name(), "architecture", net.architecture()));
    }

    private Judge(ConvNet net, Map<String, String> identity) {
        int last = net.layers().size() - 1;
        this.identity = new TreeMap<>(identity);
        body = new Sequential(net.layers().subList(0, last));
        head = net.layers().get(last);
    }

    /** The judge by which all numbers of the course were measured. */
    public static Judge standard() {
        ConvNet net = new ConvNet(RandomStream.seed(0));
        return new Judge(net, JudgeFile.into(net));
    }

    /** What it was trained with, by name; a copy. */
    public Map<String, String> identity() {
        return new TreeMap<>(identity);
    }

    /**
     * What it sees in a set.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Features of(ImageSet images) throws InterruptedException {
        return of(images::images, images.count(), 1, images.height(), images.width());
    }

    /**
     * What it sees in images {@code [N,1,28,28]}, pixels in [0,1].
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Features of(Tensor images) throws InterruptedException {
        int[] shape = images.rank() == 4 ? images.shape() : new int[4];
        return of(images::slice, shape[0], shape[1], shape[2], shape[3]);
    }

    /** A copy of some of the images. */
    private interface Some {
        Tensor images(int from, int to);
    }

    private Features of(Some some, int n, int c, int h, int w) throws InterruptedException {
        if (n == 0 || c != 1 || h != 28 || w != 28) {
            throw new ShapeException("Judge: expected at least one image of 28×28, [N,1,28,28], but got "
                    + Arrays.toString(new int[] {n, c, h, w}) + ". It has learnt to read images of that size.");
        }
        float[][] seen = new float[(n + BATCH - 1) / BATCH][];
        float[][] said = new float[seen.length][];
        for (int i = 0; i < seen.length; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Judge was interrupted.");
            }
            Tensor activations = body.forward(some.images(i * BATCH, Math.min(n, (i + 1) * BATCH)), Mode.INFER);
            seen[i] = activations.data().clone();
            said[i] = head.forward(activations, Mode.INFER).data().clone();
        }
        Tensor probabilities = joined(said, n);
        int[] digits = softmax(probabilities);
        return new Features(joined(seen, n), probabilities, digits);
    }

    private static Tensor joined(float[][] parts, int n) {
        int width = Arrays.stream(parts).mapToInt(part -> part.length).sum() / n;
        Tensor all = Tensor.zeros(n, width);
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all.data(), at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Logits into probabilities, in place, and the likeliest class of each row. */
    private static int[] softmax(Tensor y) {
        int[] likeliest = new int[y.size(0)];
        int classes = y.size(1);
        double[] e = new double[classes];
        for (int n = 0; n < likeliest.length; n++) {
            for (int k = 1; k < classes; k++) {
                likeliest[n] = y.at(n, k) > y.at(n, likeliest[n]) ? k : likeliest[n];
            }
            double largest = y.at(n, likeliest[n]);
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                e[k] = StrictMath.exp(y.at(n, k) - largest);
                sum += e[k];
            }
            for (int k = 0; k < classes; k++) {
                y.data()[n * classes + k] = (float) (e[k] / sum);
            }
        }
        return likeliest;
    }
}
