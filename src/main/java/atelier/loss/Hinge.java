package atelier.loss;

/**
 * Hinge: the critic pays only for images on the wrong side of the margin; the generator pushes its own up, always.
 *
 * <pre>{@code
 * real(d) = max(0, 1 − d)       fake(d) = max(0, 1 + d)       generator(d) = −d                   (J6)
 * }</pre>
 *
 * <p>At a kink the slope is 0. Sources: Lim and Ye 2017, "Geometric GAN", arXiv:1705.02894; Miyato et al. 2018,
 * arXiv:1802.05957.
 */
public record Hinge() implements AdversarialLoss {

    @Override
    public String name() {
        return "hinge";
    }

    @Override
    public double real(double d) {
        return Math.max(0, 1 - d);
    }

    @Override
    public double realSlope(double d) {
        return d < 1 ? -1 : 0;
    }

    @Override
    public double fake(double d) {
        return Math.max(0, 1 + d);
    }

    @Override
    public double fakeSlope(double d) {
        return d > -1 ? 1 : 0;
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
