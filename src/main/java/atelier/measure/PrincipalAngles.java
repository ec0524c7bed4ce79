package atelier.measure;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * How far apart two subspaces lie, whatever the directions that span them.
 *
 * <pre>{@code
 * A = Q_A R_A,   B = Q_B R_B
 * θ_d = atan2(s_d, c_d):   c singular values of Q_Aᵀ Q_B, falling;   s of Q_B − Q_A Q_Aᵀ Q_B, rising        (Y3)
 * }</pre>
 *
 * <p>Shapes: bases {@code [F,D]}, a column a direction; they need not be orthogonal, nor as many in A as in B.
 *
 * <p>Units: radians, from 0 to π/2, the smallest first. All 0: the same subspace (or the one lies inside the other).
 *
 * <p>A cosine near 1 cannot tell angles below 1e-8 apart; that is why the sines are worked out too.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Björck and Golub 1973, doi:10.1090/S0025-5718-1973-0348991-3.
 */
public final class PrincipalAngles {

    private PrincipalAngles() {}

    /** (Y3): as many angles as the smaller of the two bases has directions. */
    public static double[] between(Tensor basisA, Tensor basisB) {
        if (basisA.rank() != 2
                || basisB.rank() != 2
                || basisA.size(0) != basisB.size(0)
                || Math.min(basisA.length(), basisB.length()) == 0) {
            throw new ShapeException("PrincipalAngles.between: expected two bases [F,D] with one F and D ≥ 1 but got "
                    + Arrays.toString(basisA.shape()) + " and " + Arrays.toString(basisB.shape())
                    + ". A column is a direction; transpose weights that hold them in rows.");
        }
        boolean swap = basisA.size(1) < basisB.size(1); // Q_B gets the fewer columns
        DMatrixRMaj a = orthonormal(swap ? basisB : basisA);
        DMatrixRMaj b = orthonormal(swap ? basisA : basisB);
        DMatrixRMaj shared = new DMatrixRMaj(a.numCols, b.numCols);
        CommonOps_DDRM.multTransA(a, b, shared);
        DMatrixRMaj rest = b.copy();
        CommonOps_DDRM.multAdd(-1, a, shared, rest);

        double[] cosines = singularValues(shared);
        double[] sines = singularValues(rest);
        double[] angles = new double[cosines.length];
        for (int d = 0; d < angles.length; d++) {
            angles[d] = StrictMath.atan2(sines[angles.length - 1 - d], cosines[d]);
        }
        return angles;
    }

    private static DMatrixRMaj orthonormal(Tensor basis) {
        int f = basis.size(0);
        int d = basis.size(1);
        DMatrixRMaj matrix = new DMatrixRMaj(f, d);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = basis.data()[i];
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(f, d);
        boolean done = d <= f && qr.decompose(matrix.copy());
        DMatrixRMaj r = done ? qr.getR(null, true) : null;
        for (int i = 0; i < d; i++) {
            if (r == null || !(Math.abs(r.get(i, i)) > 1e-6 * columnLength(matrix, i))) {
                throw new IllegalArgumentException("PrincipalAngles.between: expected " + d + " directions in " + f
                        + " dimensions, none of them a mixture of the others, but got a basis in which direction "
                        + i + " is one. Leave it out.");
            }
        }
        return qr.getQ(null, true);
    }

    private static double columnLength(DMatrixRMaj matrix, int column) {
        double sum = 0;
        for (int i = 0; i < matrix.numRows; i++) {
            sum += matrix.get(i, column) * matrix.get(i, column);
        }
        return Math.sqrt(sum);
    }

    /** The largest first. */
    private static double[] singularValues(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, true);
        if (!svd.decompose(matrix.copy())) {
            throw new ArithmeticException("PrincipalAngles.between: expected singular values but got none. Check that "
                    + "every number of the bases is finite.");
        }
        double[] values = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        Arrays.sort(values);
        for (int i = 0, j = values.length - 1; i < j; i++, j--) {
            double swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
        return values;
    }
}
