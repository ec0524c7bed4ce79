package atelier.loss;

/**
 * Wasserstein: the critic puts real images high and fakes low; how far apart it can put them measures how different they are.
 *
 * <pre>{@code
 * real(d) = −d       fake(d) = d       generator(d) = −d                                          (J5)
 * }</pre>
 *
 * <p>Without a bound on the critic's slope this has no lowest value: it needs clipped weights, a gradient penalty or spectral
 * normalisation. Then −L_D is an estimate of the earth mover's distance (times the bound).
 *
 * <p>Source: Arjovsky, Chintala and Bottou 2017, "Wasserstein GAN", arXiv:1701.07875.
 */
public record Wasserstein() implements AdversarialLoss {

    @Override
    public String name() {
        return "wasserstein";
    }

    @Override
    public double real(double d) {
        return -d;
    }

    @Override
    public double realSlope(double d) {
        return -1;
    }

    @Override
    public double fake(double d) {
        return d;
    }

    @Override
    public double fakeSlope(double d) {
        return 1;
    }

    @Override
    public double generator(double d) {
        return -d;
    }

    @Override
    public double generatorSlope(double d) {
        return -1;
    }
}
