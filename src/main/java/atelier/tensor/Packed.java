package atelier.tensor;

/**
 * A matrix B {@code [depth,n]}, cut once into the panels in which {@link Gemm} reads it, for many products with it.
 *
 * <p>A panel is as wide as two vectors, the last may be narrower and is filled up with zeros; its rows stand one behind the other, so that it
 * streams through the first-level cache.
 */
public final class Packed {

    private final int depth;
    private final int n;
    private final int lanes = Kernels.best().lanes();
    private final float[] panels;

    public Packed(int depth, int n) {
        this.depth = depth;
        this.n = n;
        panels = new float[depth * ((n + lanes - 1) / lanes) * lanes];
    }

    /** Takes over a row-major B. What fills up the last panel stays 0. */
    public void set(float[] b) {
        for (int j = 0; j < n; j += width(j)) {
            Gemm.copy(b, j, n, panels, at(j), width(j), depth, Math.min(width(j), n - j));
        }
    }

    /** @throws IllegalArgumentException when the kernels that want to read it have other vectors */
    int requireLanes(int expected) {
        if (lanes != expected) {
            throw new IllegalArgumentException("Packed: expected panels for vectors of " + expected
                    + " numbers but got " + lanes + ". They are cut for this machine's vectors: use Gemm.mine().");
        }
        return lanes;
    }

    int depth() {
        return depth;
    }

    int n() {
        return n;
    }

    float[] panels() {
        return panels;
    }

    /** Where the panel of the columns from j on begins. */
    int at(int j) {
        return depth * j;
    }

    /** How wide it is. */
    int width(int j) {
        return n - j >= 2 * lanes ? 2 * lanes : lanes;
    }
}
