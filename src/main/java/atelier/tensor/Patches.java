package atelier.tensor;

/**
 * The patches of an image as a matrix P that is nowhere stored: every entry is read from the image itself.
 *
 * <pre>{@code
 * P[(i,j), (u,v,c)] = x[c, s·i + d·u, s·j + d·v] = image[rows[(i,j)] + cols[(u,v,c)]]
 * Y  = P·W + 1·bᵀ                                                               (G1)
 * dW = Pᵀ·dY                                                                    (G2)
 * dP = dY·Wᵀ,   dX = fold(dP):  image[rows[m] + cols[q]] += dP[m,q]             (G3)
 * }</pre>
 *
 * <p>Shapes: image {@code [H,W,C]} channels last, already padded; P {@code [I·J, R·R·C]}. Because the channels stand last, a row of P
 * is R runs of R·C contiguous numbers (dilation 1).
 *
 * <p>Several images that stand one behind another have one tall P: up to {@value #TOGETHER} of them are multiplied together, so that W is read
 * once for all, and few rows are left over.
 *
 * <p>Many texts store P ("im2col"): that is R·R times the image. The two tables need I·J + R·R·C whole numbers instead.
 *
 * <p>Source: Chellapilla, Puri and Simard 2006, "High performance convolutional neural networks for document processing".
 */
public final class Patches {

    /** So many images may be multiplied together. */
    public static final int TOGETHER = 8;

    private static final int SHORT = 16; // a run that vectors do not pay for

    private final int[] rows; // of the patches of one image after the other
    private final int[] cols;
    private final int count;
    private final int run; // how many neighbours in a row of P are neighbours in the image, too

    /** The patches of an H×W image with C channels under an R×R kernel with this stride and dilation. */
    public Patches(int channels, int height, int width, int kernelSize, int stride, int dilation) {
        int reach = dilation * (kernelSize - 1) + 1;
        int outHeight = (height - reach) / stride + 1;
        int outWidth = (width - reach) / stride + 1;
        count = outHeight * outWidth;
        rows = new int[TOGETHER * count];
        cols = new int[kernelSize * kernelSize * channels];
        run = dilation == 1 ? kernelSize * channels : channels;
        for (int m = 0; m < rows.length; m++) {
            int i = m % count / outWidth;
            int j = m % outWidth;
            rows[m] = (m / count * height * width + stride * i * width + stride * j) * channels;
        }
        for (int u = 0, q = 0; u < kernelSize; u++) {
            for (int v = 0; v < kernelSize; v++) {
                for (int c = 0; c < channels; c++) {
                    cols[q++] = (dilation * u * width + dilation * v) * channels + c;
                }
            }
        }
    }

    /** How many patches an image has: I·J. */
    public int count() {
        return count;
    }

    /** How many numbers a patch has: R·R·C. */
    public int length() {
        return cols.length;
    }

    /** (G1): y {@code [images·I·J,K]} from w {@code [R·R·C,K]} and b {@code [K]}. */
    public void multiply(float[] image, int imageFrom, int images, Packed w, float[] b, float[] y, int yFrom) {
        Gemm gemm = Gemm.mine();
        if (run < SHORT) {
            gemm.multiply(images * count, image, imageFrom, rows, cols, w, b, y, yFrom);
        } else {
            gemm.multiplyRuns(images * count, image, imageFrom, rows, cols, run, w, b, y, yFrom);
        }
    }

    /** (G2): dW {@code [R·R·C,K]} from dY {@code [images·I·J,K]}; overwrites, or adds if {@code accumulate}. */
    public void multiplyTransposed(
            float[] image,
            int imageFrom,
            int images,
            float[] dY,
            int dYFrom,
            int outputs,
            boolean accumulate,
            float[] dW,
            int dWFrom) {
        Gemm.mine()
                .multiply(
                        cols.length,
                        outputs,
                        images * count,
                        image,
                        imageFrom,
                        cols,
                        rows,
                        dY,
                        dYFrom,
                        null,
                        accumulate,
                        dW,
                        dWFrom);
    }

    /** The second half of (G3): adds every entry of dP to the pixel that it came from. */
    public void fold(float[] dP, int dPFrom, float[] image, int imageFrom) {
        Kernels kernels = Kernels.best();
        for (int m = 0; m < count; m++) {
            int from = dPFrom + m * cols.length;
            int to = imageFrom + rows[m];
            for (int q = 0; run < SHORT && q < cols.length; q++) {
                image[to + cols[q]] += dP[from + q];
            }
            for (int q = 0; run >= SHORT && q < cols.length; q += run) {
                kernels.add(dP, from + q, image, to + cols[q], run);
            }
        }
    }
}
