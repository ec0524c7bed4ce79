package atelier.cli;

import atelier.tensor.RandomStream;
import java.io.Serializable;

/**
 * What decides the model that is trained, besides its name.
 *
 * @param seed of its first weights
 * @param latent numbers in its code, D; 0 where it has none
 * @param beta weight of the divergence, where it has one
 * @param iwae importance samples an image, k, with which it is judged; 0 for none
 */
record Choice(long seed, int latent, double beta, int iwae) implements Serializable {

    /** Where the model draws from: its first weights, its own noise. */
    RandomStream random() {
        return RandomStream.seed(seed);
    }

    /** Where its teacher draws from: what is done to the images before they are shown. */
    RandomStream noise() {
        return RandomStream.seed(seed).split(99);
    }
}
