package atelier.loss;

/**
 * Least squares: real images should get a 1, fakes a 0, and the generator wants a 1 for its own.
 *
 * <pre>{@code
 * real(d) = ½ (d − 1)²       fake(d) = ½ d²       generator(d) = ½ (d − 1)²                       (J4)
 * }</pre>
 *
 * <p>The slope grows with the distance, so a fake that lies far on the right side still moves; d itself is no probability.
 *
 * <p>Source: Mao et al. 2017, "Least Squares Generative Adversarial Networks", arXiv:1611.04076, equation 9.
 */
public record LeastSquares() implements AdversarialLoss {

    @Override
    public String name() {
        return "least squares";
    }

    @Override
    public double real(double d) {
        return 0.5 * (d - 1) * (d - 1);
    }

    @Override
    public double realSlope(double d) {
        return d - 1;
    }

    @Override
    public double fake(double d) {
        return 0.5 * d * d;
    }

    @Override
    public double fakeSlope(double d) {
        return d;
    }

    @Override
    public double generator(double d) {
        return real(d);
    }

    @Override
    public double generatorSlope(double d) {
        return realSlope(d);
    }
}
