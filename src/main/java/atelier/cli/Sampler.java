package atelier.cli;

import atelier.data.ImageSet;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;

/** A trained model as a maker of images: from noise, where it is asked to, of a chosen digit. */
interface Sampler {

    int AT_ONCE = 100;

    /** How many numbers an image is made of. */
    int latents();

    /** How many digits one may choose from; 0 where one cannot choose. */
    int classes();

    /** Images {@code [N,1,28,28]} in [0,1] of noise {@code [N,D]}; the labels are read where one can choose. */
    Tensor images(Tensor z, int... labels);

    /** So many images as bytes; where one can choose, each digit as often as the others. Always the same for a seed. */
    default ImageSet set(int count, long seed) {
        byte[] pixels = new byte[count * 784];
        byte[] labels = new byte[count];
        RandomStream noise = RandomStream.seed(seed);
        for (int from = 0; from < count; from += AT_ONCE) {
            int n = Math.min(AT_ONCE, count - from);
            int[] digits = new int[n];
            for (int i = 0; i < n; i++) {
                digits[i] = (from + i) % Math.max(1, classes());
                labels[from + i] = (byte) digits[i];
            }
            float[] x = images(noise(noise, n), digits).rowMajor().data();
            for (int i = 0; i < n * 784; i++) {
                pixels[from * 784 + i] = (byte) Math.round(255 * x[i]);
            }
        }
        return new ImageSet(pixels, labels, 28, 28);
    }

    /** So many images of one digit. */
    default Tensor some(int count, int digit, long seed) {
        int[] labels = new int[count];
        Arrays.fill(labels, digit);
        return images(noise(RandomStream.seed(seed), count), labels).copy();
    }

    private Tensor noise(RandomStream random, int n) {
        Tensor z = Tensor.zeros(n, latents());
        Noise.normal(random, z);
        return z;
    }
}
