package atelier.measure;

import atelier.data.ImageSet;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * How close each image y comes to the image x that it should be.
 *
 * <pre>{@code
 * MSE(n)  = (1/CHW) Σ_i (y[n,i] − x[n,i])²                             (M8)
 * PSNR(n) = 10 · log₁₀(1 / MSE(n))                                     (M9)
 * }</pre>
 *
 * <p>The structural similarity, (M10), is {@link Ssim}'s.
 *
 * <p>Units: pixels in [0,1]; MSE per pixel; PSNR in decibels, ∞ for equal images; SSIM at most 1.
 *
 * <p>Of a set, each figure is the mean over its images. For PSNR that is the custom where images are restored; it is never
 * below the PSNR of the mean MSE ({@link #pooledPsnr}), and a single image that is restored exactly makes it infinite.
 *
 * <p>Walk-through: notebooks/08-autoencoder-at-work.
 *
 * @param mse (M8) of each image
 * @param ssim (M10) of each image
 */
public record Quality(double[] mse, double[] ssim) {

    private static final int BATCH = 256;

    /** Of images y beside the true x, both {@code [N,C,H,W]} with at least 11×11 pixels. */
    public static Quality of(Tensor y, Tensor x) {
        return new Quality(mse(y, x), Ssim.of(y, x));
    }

    /** Of what {@code restore} makes of each image of the set: {@code x → model.forward(x, INFER)}, a PCA, a filter. */
    public static Quality of(ImageSet images, UnaryOperator<Tensor> restore) {
        if (images.count() == 0) {
            throw new IllegalArgumentException(
                    "Quality.of: expected at least one image but got none. Give it a set that is not empty.");
        }
        double[] mse = new double[images.count()];
        double[] ssim = new double[images.count()];
        for (int from = 0; from < images.count(); from += BATCH) {
            int to = Math.min(images.count(), from + BATCH);
            Quality part = of(restore.apply(images.images(from, to)), images.images(from, to));
            System.arraycopy(part.mse, 0, mse, from, to - from);
            System.arraycopy(part.ssim, 0, ssim, from, to - from);
        }
        return new Quality(mse, ssim);
    }

    /** (M8) of each image; x and y may have any shape whose first axis counts images. */
    public static double[] mse(Tensor y, Tensor x) {
        x.requireSameShape(y, "Quality.mse");
        if (x.rank() == 0 || x.length() == 0) {
            throw new ShapeException("Quality.mse: expected at least one image but got shape "
                    + Arrays.toString(x.shape()) + ". Give it a batch that is not empty.");
        }
        float[] a = y.rowMajor().data();
        float[] b = x.rowMajor().data();
        double[] mse = new double[x.size(0)];
        int each = x.length() / mse.length;
        for (int n = 0; n < mse.length; n++) {
            double sum = 0;
            for (int i = n * each; i < (n + 1) * each; i++) {
                double d = (double) a[i] - b[i];
                sum += d * d;
            }
            mse[n] = sum / each;
        }
        return mse;
    }

    /** (M9) of one mean squared error. */
    public static double psnr(double mse) {
        return 10 * StrictMath.log10(1 / mse);
    }

    /** (M9) of each image. */
    public double[] psnr() {
        return Arrays.stream(mse).map(Quality::psnr).toArray();
    }

    public double meanMse() {
        return Arrays.stream(mse).sum() / mse.length;
    }

    /** The mean of the images' PSNR. */
    public double meanPsnr() {
        return Arrays.stream(psnr()).sum() / mse.length;
    }

    /** The PSNR of the mean MSE, as if the set were one large image: the worst images weigh most. */
    public double pooledPsnr() {
        return psnr(meanMse());
    }

    public double meanSsim() {
        return Arrays.stream(ssim).sum() / ssim.length;
    }
}
