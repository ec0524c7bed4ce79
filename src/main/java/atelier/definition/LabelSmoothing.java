package atelier.definition;

/**
 * One-sided label smoothing: real images get the label 1 − s, so that the judge is never quite sure, and its logits stay small.
 *
 * <pre>{@code
 * L_D = 1/N Σ_n ( −(1−s) ln σ(d[n]) − s ln(1−σ(d[n])) ) + 1/M Σ_m −ln(1−σ(d̃[m]))                 (J7)
 * }</pre>
 *
 * <p>Shapes: logits d {@code [N]} of real images, d̃ {@code [M]} of generated ones. Nats, means over the batches. s is small,
 * usually 0.1; with s = 0 this is (J2). The generator's loss does not change.
 *
 * <p>Best for the judge is now σ(d) = 1 − s: to be surer than that costs. Only the real labels are smoothed: if generated images
 * had the label s, the best judge would say s wherever there are only generated ones, and such a plateau pulls them nowhere.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Salimans et al. 2016, "Improved techniques for training GANs",
 * arXiv:1606.03498, section 3.4.
 */
public final class LabelSmoothing {

    private LabelSmoothing() {}

    /** L_D. */
    public static double discriminator(double[] real, double[] fake, double smoothing) {
        double ofReal =
                Judgements.mean(real, d -> (1 - smoothing) * Softplus.forward(-d) + smoothing * Softplus.forward(d));
        return ofReal + Judgements.mean(fake, Softplus::forward);
    }

    /** ∂L_D/∂d[n] = (σ(d[n]) − (1 − s)) / N; that of the generated images is {@link NonSaturating#dFake}. */
    public static double[] dReal(double[] real, double smoothing) {
        return Judgements.slopes(real, d -> Sigmoid.forward(d) - (1 - smoothing));
    }
}
