package atelier.loss;

/**
 * The loss that is used: the discriminator tells real from fake, the generator wants its fakes called real.
 *
 * <pre>{@code
 * real(d)      = −ln σ(d)       = softplus(−d)      fake(d) = −ln(1 − σ(d)) = softplus(d)
 * generator(d) = −ln σ(d)       = softplus(−d)      slope  −σ(−d), near −1 where the discriminator is sure   (J2)
 * }</pre>
 *
 * <p>Units: nats. With smoothing s a real image is called real with probability 1−s only, which keeps the discriminator from
 * being too sure; fakes stay fakes:
 *
 * <pre>{@code
 * real(d)      = −(1−s) ln σ(d) − s ln(1 − σ(d))                                               (J7)
 * }</pre>
 *
 * <p>Sources: Goodfellow et al. 2014, arXiv:1406.2661, section 3; smoothing: Salimans et al. 2016, arXiv:1606.03498.
 */
public record NonSaturating(double smoothing) implements AdversarialLoss {

    /** @throws IllegalArgumentException when the smoothing is not in [0, ½) */
    public NonSaturating {
        if (!(smoothing >= 0 && smoothing < 0.5)) {
            throw new IllegalArgumentException("NonSaturating: expected a smoothing of 0 or more and below 0.5 but got "
                    + smoothing + ". 0.1 is usual, 0 is none.");
        }
    }

    public NonSaturating() {
        this(0);
    }

    @Override
    public String name() {
        return "non-saturating" + (smoothing == 0 ? "" : ", real labels " + (1 - smoothing));
    }

    @Override
    public double real(double d) {
        return (1 - smoothing) * Softplus.of(-d) + smoothing * Softplus.of(d);
    }

    @Override
    public double realSlope(double d) {
        return Softplus.slope(d) - (1 - smoothing);
    }

    @Override
    public double fake(double d) {
        return Softplus.of(d);
    }

    @Override
    public double fakeSlope(double d) {
        return Softplus.slope(d);
    }

    @Override
    public double generator(double d) {
        return Softplus.of(-d);
    }

    @Override
    public double generatorSlope(double d) {
        return -Softplus.slope(-d);
    }
}
