package atelier.measure;

import atelier.tensor.Parallel;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * How alike two images are in what an eye looks for: brightness, contrast and structure, compared window by window.
 *
 * <pre>{@code
 * SSIM = mean over windows of (2 μx μy + C₁)(2 σxy + C₂) / ((μx² + μy² + C₁)(σx² + σy² + C₂))    (M10)
 * }</pre>
 *
 * <p>A window is 11×11 pixels under a Gaussian of deviation 1.5 whose weights add up to 1, and lies wholly inside the image; μ,
 * σ² and σxy are the means, variances and covariance under it. C₁ = 0.01², C₂ = 0.03² for pixels in [0,1]. Of several
 * channels, the mean is taken.
 *
 * <p>1 says equal; it may be negative. Two flat black windows count as equal, so the empty border of a digit flatters every
 * method.
 *
 * <p>Source: Wang, Bovik, Sheikh and Simoncelli 2004, doi:10.1109/TIP.2003.819861, equation 13 and section III-C.
 */
public final class Ssim {

    private static final int SIZE = 11;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;
    private static final double[] GAUSSIAN = gaussian(1.5);

    private Ssim() {}

    /** (M10) of each image y beside x, both {@code [N,C,H,W]}. */
    public static double[] of(Tensor y, Tensor x) {
        x.requireSameShape(y, "Ssim.of");
        if (x.rank() != 4 || x.size(2) < SIZE || x.size(3) < SIZE) {
            throw new ShapeException("Ssim.of: expected images [N,C,H,W] of at least 11×11 pixels but got "
                    + Arrays.toString(x.shape()) + ". A window of 11×11 must fit inside.");
        }
        float[] a = y.rowMajor().data();
        float[] b = x.rowMajor().data();
        int channels = x.size(1);
        double[] ssim = new double[x.size(0)];
        Parallel.run(ssim.length, n -> {
            for (int c = 0; c < channels; c++) {
                int from = (n * channels + c) * x.size(2) * x.size(3);
                ssim[n] += channel(a, b, from, x.size(2), x.size(3)) / channels;
            }
        });
        return ssim;
    }

    private static double channel(float[] y, float[] x, int from, int height, int width) {
        int size = height * width;
        double[][] planes = new double[5][size]; // x, y, x², y², x·y
        for (int i = 0; i < size; i++) {
            double u = x[from + i];
            double v = y[from + i];
            planes[0][i] = u;
            planes[1][i] = v;
            planes[2][i] = u * u;
            planes[3][i] = v * v;
            planes[4][i] = u * v;
        }
        for (int p = 0; p < planes.length; p++) {
            planes[p] = windows(planes[p], height, width);
        }
        double sum = 0;
        int count = planes[0].length;
        for (int i = 0; i < count; i++) {
            double mx = planes[0][i];
            double my = planes[1][i];
            double vx = planes[2][i] - mx * mx;
            double vy = planes[3][i] - my * my;
            double vxy = planes[4][i] - mx * my;
            sum += (2 * mx * my + C1) * (2 * vxy + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2));
        }
        return sum / count;
    }

    /** The Gaussian mean of every window, row after row: first along the rows of the plane, then down its columns. */
    private static double[] windows(double[] plane, int height, int width) {
        int columns = width - SIZE + 1;
        double[] along = new double[height * columns];
        for (int h = 0; h < height; h++) {
            for (int j = 0; j < columns; j++) {
                for (int v = 0; v < SIZE; v++) {
                    along[h * columns + j] += GAUSSIAN[v] * plane[h * width + j + v];
                }
            }
        }
        double[] mean = new double[(height - SIZE + 1) * columns];
        for (int i = 0; i < mean.length; i++) {
            for (int u = 0; u < SIZE; u++) {
                mean[i] += GAUSSIAN[u] * along[i + u * columns];
            }
        }
        return mean;
    }

    private static double[] gaussian(double deviation) {
        double[] weights = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double distance = i - SIZE / 2;
            weights[i] = StrictMath.exp(-distance * distance / (2 * deviation * deviation));
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }
}
