package atelier.loss;

/**
 * The game as it is written: what the discriminator wins, the generator loses.
 *
 * <pre>{@code
 * real(d)      = −ln σ(d)       fake(d) = −ln(1 − σ(d))
 * generator(d) = ln(1 − σ(d))   = −softplus(d)      slope −σ(d), near 0 where the discriminator is sure      (J3)
 * }</pre>
 *
 * <p>Units: nats. It saturates: as long as the discriminator sees through every fake, the generator is told nothing.
 *
 * <p>Source: Goodfellow et al. 2014, arXiv:1406.2661, equation 1.
 */
public record Minimax() implements AdversarialLoss {

    @Override
    public String name() {
        return "minimax";
    }

    @Override
    public double real(double d) {
        return Softplus.of(-d);
    }

    @Override
    public double realSlope(double d) {
        return -Softplus.slope(-d);
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
        return -Softplus.of(d);
    }

    @Override
    public double generatorSlope(double d) {
        return -Softplus.slope(d);
    }
}
