package atelier.definition;

/**
 * How far two clouds of points are apart, if all that is known of each is its mean and its covariance.
 *
 * <p>Roots of matrices are found the long way: Jacobi's rotations turn the axes, two at a time, until the matrix is diagonal;
 * there the root is the root of each number.
 *
 * <p>Walk-through: notebooks/17-measuring-generators. Source: Dowson and Landau 1982, doi:10.1016/0047-259X(82)90077-X.
 */
public final class FrechetDistance {

    private static final int SWEEPS = 100; // ten are plenty

    private FrechetDistance() {}

    /**
     * Between the rows of x {@code [N,F]} and those of y {@code [M,F]}.
     *
     * <pre>{@code
     * distance = ‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½)                       (E1)
     * }</pre>
     */
    public static double of(double[][] x, double[][] y) {
        return of(mean(x), covariance(x), mean(y), covariance(y));
    }

    /**
     * (E1) from the means and covariances. (Σ₁Σ₂)^½ has the trace of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric.
     *
     * @return 0 when all four agree; in one dimension {@code (μ₁ − μ₂)² + (σ₁ − σ₂)²}
     */
    public static double of(double[] mu1, double[][] sigma1, double[] mu2, double[][] sigma2) {
        int f = mu1.length;
        if (mu2.length != f || sigma1.length != f || sigma2.length != f) {
            throw new IllegalArgumentException("FrechetDistance: expected means and covariances of " + f
                    + " numbers a point but got " + mu2.length + ", " + sigma1.length + " and " + sigma2.length
                    + ". Compare points of the same kind.");
        }
        double[][] root1 = root(sigma1);
        double[][] root = root(product(product(root1, sigma2), root1));
        double distance = 0;
        for (int i = 0; i < f; i++) {
            distance += (mu1[i] - mu2[i]) * (mu1[i] - mu2[i]);
            distance += sigma1[i][i] + sigma2[i][i] - 2 * root[i][i];
        }
        return distance;
    }

    /** μ_i = (1/N) Σ_n x[n][i]. */
    public static double[] mean(double[][] x) {
        double[] mu = new double[x[0].length];
        for (double[] row : x) {
            for (int i = 0; i < mu.length; i++) {
                mu[i] += row[i] / x.length;
            }
        }
        return mu;
    }

    /** Σ_ij = 1/(N−1) Σ_n (x[n][i] − μ_i)(x[n][j] − μ_j). */
    public static double[][] covariance(double[][] x) {
        if (x.length < 2) {
            throw new IllegalArgumentException("FrechetDistance.covariance: expected at least 2 points but got "
                    + x.length + ". One point has no spread.");
        }
        double[] mu = mean(x);
        double[][] sigma = new double[mu.length][mu.length];
        for (double[] row : x) {
            for (int i = 0; i < mu.length; i++) {
                for (int j = 0; j < mu.length; j++) {
                    sigma[i][j] += (row[i] - mu[i]) * (row[j] - mu[j]) / (x.length - 1);
                }
            }
        }
        return sigma;
    }

    /** The symmetric matrix whose square is the symmetric matrix a, which must have no direction of negative spread. */
    public static double[][] root(double[][] a) {
        int f = a.length;
        double[][] d = new double[f][f];
        double[][] v = new double[f][f]; // a = v · d · vᵀ, now and after each rotation
        for (int i = 0; i < f; i++) {
            for (int j = 0; j < f; j++) {
                d[i][j] = (a[i][j] + a[j][i]) / 2; // a product of matrices is symmetric but for its rounding
            }
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && !isDiagonal(d); sweep++) {
            for (int p = 0; p < f; p++) {
                for (int q = p + 1; q < f; q++) {
                    rotate(d, v, p, q);
                }
            }
        }
        double[][] root = new double[f][f];
        for (int k = 0; k < f; k++) {
            double s = Math.sqrt(Math.max(0, d[k][k])); // below 0 only by rounding
            for (int i = 0; i < f; i++) {
                for (int j = 0; j < f; j++) {
                    root[i][j] += v[i][k] * s * v[j][k];
                }
            }
        }
        return root;
    }

    /** Turns the axes p and q by the angle, at most 45°, at which d[p][q] becomes 0. */
    private static void rotate(double[][] d, double[][] v, int p, int q) {
        if (d[p][q] == 0) {
            return;
        }
        double cot = (d[q][q] - d[p][p]) / (2 * d[p][q]); // of twice the angle
        double tan = (cot < 0 ? -1 : 1) / (Math.abs(cot) + Math.sqrt(cot * cot + 1));
        double c = 1 / Math.sqrt(tan * tan + 1);
        double s = tan * c;
        for (int k = 0; k < d.length; k++) { // columns
            double kp = d[k][p];
            double kq = d[k][q];
            d[k][p] = c * kp - s * kq;
            d[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < d.length; k++) { // rows
            double pk = d[p][k];
            double qk = d[q][k];
            d[p][k] = c * pk - s * qk;
            d[q][k] = s * pk + c * qk;
        }
        d[p][q] = 0;
        d[q][p] = 0;
        for (int k = 0; k < d.length; k++) {
            double kp = v[k][p];
            double kq = v[k][q];
            v[k][p] = c * kp - s * kq;
            v[k][q] = s * kp + c * kq;
        }
    }

    /** Whether what is beside the diagonal is smaller than the rounding of what is on it. */
    private static boolean isDiagonal(double[][] d) {
        double beside = 0;
        double on = 0;
        for (int i = 0; i < d.length; i++) {
            for (int j = 0; j < d.length; j++) {
                if (i == j) {
                    on = Math.max(on, Math.abs(d[i][i]));
                } else {
                    beside = Math.max(beside, Math.abs(d[i][j]));
                }
            }
        }
        return beside <= 1e-18 * on;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }
}
