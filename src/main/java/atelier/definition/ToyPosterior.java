package atelier.definition;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A model with one latent number, so small that a sum over a grid stands for every integral: nothing is hidden.
 *
 * <pre>{@code
 * z ~ N(0,1),   x given z ~ p(x|z),   q(z|x) = N(μ, σ²),  σ² = exp ℓ
 * p(x)    = Σ_i p(x,z_i) Δ                 p(z|x) = p(x,z)/p(x)
 * ELBO    = Σ_i q(z_i) ln (p(x,z_i)/q(z_i)) Δ
 * KL      = Σ_i q(z_i) ln (q(z_i)/p(z_i|x)) Δ
 * ln p(x) = ELBO + KL(q(z|x) ‖ p(z|x))                                                             (V1)
 * }</pre>
 *
 * <p>The grid goes from −10 to 10 in steps of Δ = 0.01. For smooth densities that die out at its ends such a sum is as
 * exact as double is, if q fits: σ above 0.01 and μ ± 6σ inside.
 *
 * <pre>{@code
 * double x = 0.5, s = 0.5;
 * var toy = new ToyPosterior(z -> ScoreFunction.logDensity(x, z + 0.5 * z * z, 2 * Math.log(s)));
 * toy.logEvidence() - toy.elbo(0.2, -1.9) - toy.gap(0.2, -1.9)     // 0
 * }</pre>
 *
 * <p>Units: nats.
 *
 * <p>Walk-through: notebooks/09-vae-mathematics. Source of (V1): Kingma and Welling 2014, arXiv:1312.6114, equation 1.
 */
public final class ToyPosterior {

    private static final double EDGE = 10;
    private static final double STEP = 0.01;
    private static final int POINTS = (int) Math.round(2 * EDGE / STEP) + 1;

    private static final double[] Z = new double[POINTS];

    static {
        Arrays.setAll(Z, i -> (i - POINTS / 2) * STEP);
    }

    private final double[] logJoint;
    private final double logEvidence;

    /**
     * The posterior of one observed x.
     *
     * @param logLikelihood ln p(x|z) as a function of z
     */
    public ToyPosterior(DoubleUnaryOperator logLikelihood) {
        logJoint = Arrays.stream(Z)
                .map(z -> logLikelihood.applyAsDouble(z) + ScoreFunction.logDensity(z, 0, 0))
                .toArray();
        logEvidence = ImportanceBound.logMean(logJoint) + Math.log(POINTS * STEP);
        if (!Double.isFinite(logEvidence)) {
            throw new IllegalArgumentException("ToyPosterior: expected a finite ln p(x) but got " + logEvidence
                    + ". Give a log-likelihood that is finite where |z| is below " + EDGE + ".");
        }
    }

    /** The places of the grid; a new array. */
    public static double[] z() {
        return Z.clone();
    }

    /** ln p(x): how likely the model holds this x to be, whatever its z. */
    public double logEvidence() {
        return logEvidence;
    }

    /** p(z|x) at each place of the grid; a new array. */
    public double[] density() {
        return Arrays.stream(logJoint).map(v -> Math.exp(v - logEvidence)).toArray();
    }

    /** The bound: the mean of ln p(x,z) − ln q(z) over q. */
    public double elbo(double mu, double l) {
        return sum(mu, l, (i, logQ) -> logJoint[i] - logQ);
    }

    /** KL(q ‖ p(z|x)): what the bound lacks. */
    public double gap(double mu, double l) {
        return sum(mu, l, (i, logQ) -> logQ - (logJoint[i] - logEvidence));
    }

    /** The exact gradient of the bound, dμ and dℓ: (V7) with a sum over all z where training has samples. */
    public double[] dElbo(double mu, double l) {
        double[] gradient = new double[2];
        for (int i = 0; i < POINTS; i++) {
            double logQ = ScoreFunction.logDensity(Z[i], mu, l);
            double q = Math.exp(logQ);
            if (q > 0) {
                double[] one = ScoreFunction.gradient(logJoint[i] - logQ, 0, Z[i], mu, l);
                gradient[0] += q * one[0] * STEP;
                gradient[1] += q * one[1] * STEP;
            }
        }
        return gradient;
    }

    /** The mean of any function over q = N(μ, exp ℓ). */
    public static double mean(double mu, double l, DoubleUnaryOperator function) {
        double sum = 0;
        for (double place : Z) {
            sum += Math.exp(ScoreFunction.logDensity(place, mu, l)) * function.applyAsDouble(place) * STEP;
        }
        return sum;
    }

    private interface Summand {
        double at(int i, double logQ);
    }

    private double sum(double mu, double l, Summand summand) {
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double logQ = ScoreFunction.logDensity(Z[i], mu, l);
            double q = Math.exp(logQ);
            sum += q > 0 ? q * summand.at(i, logQ) * STEP : 0; // q ln q goes to 0 with q
        }
        return sum;
    }
}
