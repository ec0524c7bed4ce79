package atelier.measure;

import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * A set of images, seen from far away: the mean and the covariance of its features; and how far two such sets are apart.
 *
 * <pre>{@code
 * distance = ‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½)                       (E1)
 *     μ = (1/N) Σ_n x_n,   Σ = 1/(N−1) Σ_n (x_n − μ)(x_n − μ)ᵀ
 * }</pre>
 *
 * <p>It is the square of the distance by which two normal distributions with these means and covariances must be moved to lie
 * on each other. Unit: that of a feature, squared, so numbers compare under one judge only. Everything is in double.
 *
 * <p>(Σ₁Σ₂)^½ is nowhere worked out. Its trace is that of (Σ₁^½ Σ₂ Σ₁^½)^½, whose eigenvalues are the singular values of
 * Σ₁^½Σ₂^½: of these no digit is lost to a root of something next to 0. Features that never fire are no harm.
 *
 * <p>Two surprises. It depends on n: two halves of one set are not at distance 0, and the fewer images, the farther apart they
 * are ({@link #bias}); compare at one n only. And it sees neither single images nor where they come from: a generator that copies
 * its training images is as close as the training set itself.
 *
 * <p>Walk-through: notebooks/17-measuring-generators. Source: Dowson and Landau 1982, doi:10.1016/0047-259X(82)90077-X; for
 * generators, on another network's features: Heusel et al. 2017, arXiv:1706.08500.
 *
 * @param n images
 * @param mean μ of each feature
 * @param covariance Σ, a row a feature
 */
public record Frechet(int n, double[] mean, double[][] covariance) {

    /** Of features {@code [N,F]}, at least two rows. */
    public static Frechet of(Tensor features) {
        if (features.rank() != 2 || features.size(0) < 2 || features.size(1) == 0) {
            throw new ShapeException("Frechet.of: expected features [N,F] of at least 2 images but got "
                    + Arrays.toString(features.shape()) + ". One image has no spread.");
        }
        int n = features.size(0);
        int f = features.size(1);
        float[] x = features.data();
        double[] mean = new double[f];
        for (int i = 0; i < x.length; i++) {
            mean[i % f] += x[i];
        }
        for (int j = 0; j < f; j++) {
            mean[j] /= n;
            if (!Double.isFinite(mean[j])) {
                throw new IllegalArgumentException("Frechet.of: expected finite features but feature " + j
                        + " has the mean " + mean[j] + ". Look at the images that it was seen in.");
            }
        }
        double[][] covariance = new double[f][f];
        double[] d = new double[f];
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < f; j++) {
                d[j] = x[row * f + j] - mean[j];
            }
            for (int i = 0; i < f; i++) {
                double[] sums = covariance[i];
                for (int j = 0; j <= i; j++) {
                    sums[j] += d[i] * d[j];
                }
            }
        }
        for (int i = 0; i < f; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] /= n - 1;
                covariance[j][i] = covariance[i][j];
            }
        }
        return new Frechet(n, mean, covariance);
    }

    /** (E1) between two sets of features {@code [N,F]}; their sizes may differ. */
    public static double distance(Tensor x, Tensor y) {
        return of(x).distance(of(y));
    }

    /** (E1) from another set. */
    public double distance(Frechet other) {
        if (mean.length != other.mean.length) {
            throw new ShapeException("Frechet.distance: expected " + mean.length + " features but got "
                    + other.mean.length + ". Both sets must be seen by the same judge.");
        }
        double moved = 0;
        double spread = 0;
        for (int j = 0; j < mean.length; j++) {
            moved += (mean[j] - other.mean[j]) * (mean[j] - other.mean[j]);
            spread += covariance[j][j] + other.covariance[j][j];
        }
        DMatrixRMaj product = new DMatrixRMaj(mean.length, mean.length);
        CommonOps_DDRM.mult(root(covariance), root(other.covariance), product);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(mean.length, mean.length, false, false, true);
        require(svd.decompose(product));
        return moved + spread - 2 * Arrays.stream(svd.getSingularValues()).sum();
    }

    /** Σ^½ = V · diag(√λ) · Vᵀ. An eigenvalue that is no more than what rounding leaves of 0 is 0. */
    private static DMatrixRMaj root(double[][] covariance) {
        int f = covariance.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(f, true, true);
        require(eigen.decompose(new DMatrixRMaj(covariance)));
        double largest = 0;
        for (int d = 0; d < f; d++) {
            largest = Math.max(largest, eigen.getEigenvalue(d).real);
        }
        DMatrixRMaj root = new DMatrixRMaj(f, f);
        for (int d = 0; d < f; d++) {
            double lambda = eigen.getEigenvalue(d).real;
            if (lambda > f * Math.ulp(largest)) {
                DMatrixRMaj v = eigen.getEigenVector(d);
                CommonOps_DDRM.multAddTransB(Math.sqrt(lambda), v, v, root);
            }
        }
        return root;
    }

    private static void require(boolean converged) {
        if (!converged) {
            throw new ArithmeticException("Frechet.distance: expected eigenvalues of the covariances but got none. "
                    + "Check that every feature is a number.");
        }
    }

    /**
     * How far two samples of one set are apart, for samples of n images each: what the distance shows when there is nothing to
     * see. The rows are shuffled once; the first n are held against the next n.
     */
    public static double[] bias(Tensor features, RandomStream random, int... sizes) {
        int[] order = random.permutation(features.size(0));
        double[] distances = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            int n = sizes[i];
            if (n < 2 || 2 * (long) n > order.length) {
                throw new IllegalArgumentException("Frechet.bias: expected sizes from 2 to " + order.length / 2
                        + ", half of the images, but got " + n + ". Two samples that share no image are compared.");
            }
            distances[i] = distance(
                    rows(features, Arrays.copyOf(order, n)), rows(features, Arrays.copyOfRange(order, n, 2 * n)));
        }
        return distances;
    }

    private static Tensor rows(Tensor features, int... numbers) {
        int f = features.size(1);
        Tensor rows = Tensor.zeros(numbers.length, f);
        for (int row = 0; row < numbers.length; row++) {
            System.arraycopy(features.data(), numbers[row] * f, rows.data(), row * f, f);
        }
        return rows;
    }
}
