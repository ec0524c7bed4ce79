package atelier.measure;

import atelier.data.ImageSet;
import atelier.tensor.Gemm;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The best that a linear code of D numbers can do: the D directions in which the images differ most.
 *
 * <pre>{@code
 * Σ = (1/N) Σ_n (x_n − m)(x_n − m)ᵀ,   Σ u_d = λ_d u_d,   λ₁ ≥ λ₂ ≥ …         (Y1)
 * code = Uᵀ(x − m),   x̂ = U · code + m,   U = (u₁ … u_D)                      (Y2)
 * }</pre>
 *
 * <p>Shapes: images {@code [N,C,H,W]} or rows {@code [N,F]}; m {@code [F]}, U {@code [F,D]}, codes {@code [N,D]}.
 *
 * <p>On the images that it was made of, the squared error of an image is λ_{D+1} + λ_{D+2} + … on average, and no linear code
 * of D numbers does better. The divisor is N, not N − 1, to make that exact. Of the two signs of u, its largest entry is
 * positive.
 *
 * <p>Products of matrices are in float, sums over images and eigenvectors in double.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Pearson 1901, doi:10.1080/14786440109462720.
 */
public final class Pca {

    private static final int CHUNK = 2000;

    private final Tensor mean;
    private final double[] eigenvalues;
    private final Tensor directions; // [F,F], a row a direction
    private final int codeSize;

    private Pca(Tensor mean, double[] eigenvalues, Tensor directions, int codeSize) {
        int f = mean.length();
        if (codeSize < 1 || codeSize > f) {
            throw new IllegalArgumentException("Pca: expected a code of 1 to " + f + " numbers but got " + codeSize
                    + ". An image of " + f + " pixels has that many directions.");
        }
        this.mean = mean;
        this.eigenvalues = eigenvalues;
        this.directions = directions;
        this.codeSize = codeSize;
    }

    /** Of a set of images. */
    public static Pca of(ImageSet images, int codeSize) {
        return of(images::images, images.count(), images.height() * images.width(), codeSize);
    }

    /** Of rows {@code [N,F]} or images {@code [N,C,H,W]}. */
    public static Pca of(Tensor rows, int codeSize) {
        Tensor x = rows.rowMajor();
        return of(x::slice, x.size(0), x.length() / Math.max(1, x.size(0)), codeSize);
    }

    /** The same with a code of another size; nothing is worked out anew. */
    public Pca withCodeSize(int codeSize) {
        return new Pca(mean, eigenvalues, directions, codeSize);
    }

    private static Pca of(Chunks chunks, int n, int f, int codeSize) {
        if (n == 0 || f == 0) {
            throw new IllegalArgumentException("Pca.of: expected at least one image of at least one pixel but got " + n
                    + " of " + f + ". Give it a set that is not empty.");
        }
        Tensor mean = mean(chunks, n, f);
        DMatrixRMaj covariance = covariance(chunks, n, mean);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(f, true, true);
        if (!eigen.decompose(covariance)) {
            throw new ArithmeticException("Pca.of: expected eigenvectors of the covariance but got none. Check that "
                    + "every pixel is a number.");
        }
        int[] order = IntStream.range(0, f)
                .boxed()
                .sorted((i, j) -> Double.compare(eigen.getEigenvalue(j).real, eigen.getEigenvalue(i).real))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] eigenvalues = new double[f];
        Tensor directions = Tensor.zeros(f, f);
        for (int d = 0; d < f; d++) {
            eigenvalues[d] = Math.max(0, eigen.getEigenvalue(order[d]).real);
            double[] u = eigen.getEigenVector(order[d]).data;
            double largest = Arrays.stream(u).reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
            for (int i = 0; i < f; i++) {
                directions.data()[d * f + i] = (float) (largest < 0 ? -u[i] : u[i]);
            }
        }
        return new Pca(mean, eigenvalues, directions, codeSize);
    }

    private static Tensor mean(Chunks chunks, int n, int f) {
        double[] sum = new double[f];
        for (int from = 0; from < n; from += CHUNK) {
            float[] x = chunks.rows(from, Math.min(n, from + CHUNK)).data();
            for (int i = 0; i < x.length; i += f) {
                for (int j = 0; j < f; j++) {
                    sum[j] += x[i + j];
                }
            }
        }
        Tensor mean = Tensor.zeros(f);
        for (int j = 0; j < f; j++) {
            if (!Double.isFinite(sum[j])) {
                throw new IllegalArgumentException("Pca.of: expected finite numbers but pixel " + j + " adds up to "
                        + sum[j] + ". Look at what made them.");
            }
            mean.data()[j] = (float) (sum[j] / n);
        }
        return mean;
    }

    private static DMatrixRMaj covariance(Chunks chunks, int n, Tensor mean) {
        int f = mean.length();
        DMatrixRMaj covariance = new DMatrixRMaj(f, f);
        float[] product = new float[f * f];
        for (int from = 0; from < n; from += CHUNK) {
            int rows = Math.min(n, from + CHUNK) - from;
            float[] x = chunks.rows(from, from + rows).data();
            centre(x, mean);
            Gemm.multiply(true, false, f, f, rows, x, x, false, product);
            for (int i = 0; i < product.length; i++) {
                covariance.data[i] += product[i] / (double) n;
            }
        }
        return covariance;
    }

    private static void centre(float[] x, Tensor mean) {
        for (int i = 0; i < x.length; i += mean.length()) {
            for (int j = 0; j < mean.length(); j++) {
                x[i + j] -= mean.data()[j];
            }
        }
    }

    /** A copy of some of the images, as rows. */
    private interface Chunks {
        Tensor rows(int from, int to);
    }

    public int codeSize() {
        return codeSize;
    }

    /** The mean image m, {@code [F]}. */
    public Tensor mean() {
        return mean;
    }

    /** U, {@code [F,D]}: a column a direction, of length 1 and at right angles to the others. */
    public Tensor basis() {
        int f = mean.length();
        Tensor basis = Tensor.zeros(f, codeSize);
        for (int i = 0; i < f; i++) {
            for (int d = 0; d < codeSize; d++) {
                basis.data()[i * codeSize + d] = directions.data()[d * f + i];
            }
        }
        return basis;
    }

    /** The variance λ along every one of the F directions, the largest first. */
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /** The share of all variance that lies in the D directions of the code, from 0 to 1. */
    public double explained() {
        double all = Arrays.stream(eigenvalues).sum();
        return all == 0 ? 1 : Arrays.stream(eigenvalues, 0, codeSize).sum() / all;
    }

    /** Codes {@code [N,D]} of images or rows, (Y2). */
    public Tensor encode(Tensor x) {
        int f = mean.length();
        if (x.rank() < 2 || x.length() != (long) x.size(0) * f) {
            throw new ShapeException("Pca.encode: expected images or rows of " + f + " numbers but got "
                    + Arrays.toString(x.shape()) + ". Use images of the size that it was made of.");
        }
        Tensor centred = x.rowMajor().copy();
        centre(centred.data(), mean);
        Tensor code = Tensor.zeros(x.size(0), codeSize);
        Gemm.multiply(false, true, x.size(0), codeSize, f, centred.data(), firstDirections(), false, code.data());
        return code;
    }

    /** Rows {@code [N,F]} of codes {@code [N,D]}, (Y2); nothing keeps them in [0,1]. */
    public Tensor decode(Tensor code) {
        if (code.rank() != 2 || code.size(1) != codeSize) {
            throw new ShapeException("Pca.decode: expected codes [N," + codeSize + "] but got "
                    + Arrays.toString(code.shape()) + ". Use codes that this PCA made.");
        }
        int f = mean.length();
        Tensor x = Tensor.zeros(code.size(0), f);
        Gemm.multiply(
                false, false, code.size(0), f, codeSize, code.data(), firstDirections(), mean.data(), false, x.data());
        return x;
    }

    /** There and back: x̂ in the shape of x. */
    public Tensor reconstruct(Tensor x) {
        return decode(encode(x)).reshape(x.shape());
    }

    /** The mean squared error per pixel of x̂, over a set of images that may be another than it was made of. */
    public double mse(ImageSet images) {
        double sum = 0;
        for (int from = 0; from < images.count(); from += CHUNK) {
            Tensor x = images.images(from, Math.min(images.count(), from + CHUNK));
            sum += Arrays.stream(Quality.mse(reconstruct(x), x)).sum();
        }
        return sum / images.count();
    }

    private float[] firstDirections() { // [D,F]
        return Arrays.copyOf(directions.data(), codeSize * mean.length());
    }
}
