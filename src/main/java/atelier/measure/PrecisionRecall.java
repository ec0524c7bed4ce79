package atelier.measure;

import atelier.tensor.Tensor;

/**
 * Two ways in which samples can fail, apart: being like no real image, and leaving real images out.
 *
 * <pre>{@code
 * precision = (1/M) Σ_j [y_j lies in a ball of the x]                   (E3)
 * recall    = (1/N) Σ_i [x_i lies in a ball of the y]                   (E4)
 *     a ball of the x: all points at most as far from an x_i as the third nearest of the other x
 * }</pre>
 *
 * <p>x are features of N real images, y of M samples. Both figures go from 0 to 1.
 *
 * <p>Two samples of one set do not reach 1: some real images are far from all others. And both depend on N and M, for balls
 * shrink as images become many. A generator of perfect digits that are all ones has much precision and little recall; one of
 * blurred digits of all kinds has it the other way round. Few odd images are enough to blow up balls, so figures of noise are not
 * always 0.
 *
 * <p>Walk-through: notebooks/17-measuring-generators. Source: Kynkäänniemi et al. 2019, arXiv:1904.06991.
 *
 * @param genuine which samples lie in a ball of a real image
 * @param covered which real images lie in a ball of a sample
 */
public record PrecisionRecall(boolean[] genuine, boolean[] covered) {

    /** Which neighbour a ball reaches to, as in the source. */
    static final int NEIGHBOUR = 3;

    /**
     * Of features {@code [N,F]} of real images and {@code [M,F]} of samples, more than 3 of each.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public static PrecisionRecall of(Tensor real, Tensor samples) throws InterruptedException {
        return of(Support.of(real, NEIGHBOUR), samples);
    }

    /** The same where the real images were seen before. */
    static PrecisionRecall of(Support real, Tensor samples) throws InterruptedException {
        boolean[] genuine = real.contains(samples);
        return new PrecisionRecall(genuine, Support.of(samples, NEIGHBOUR).contains(real.features()));
    }

    /** (E3). */
    public double precision() {
        return share(genuine);
    }

    /** (E4). */
    public double recall() {
        return share(covered);
    }

    private static double share(boolean... inside) {
        int count = 0;
        for (boolean one : inside) {
            count += one ? 1 : 0;
        }
        return (double) count / inside.length;
    }
}
