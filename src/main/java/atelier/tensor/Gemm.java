package atelier.tensor;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The matrix product, single precision (BLAS calls it SGEMM).
 *
 * <pre>{@code
 * C[i,j] = Σ_q A[i,q] · B[q,j]           A is m×depth, B is depth×n, C is m×n            (G0)
 * }</pre>
 *
 * <p>Each of A and B may be given transposed. Every C[i,j] is one chain of fused multiply-adds over q = 0 … depth−1, whatever
 * the machine, the number of threads or the shape of the blocks: always the same bits.
 *
 * <p>How it is fast: a tile of C (6 rows by 2 vectors) stays in registers while a panel of B, made contiguous first if it is not,
 * streams through the first-level cache. Source: Goto and van de Geijn 2008, doi:10.1145/1356052.1356053.
 */
public final class Gemm {

    private static final int TILE = 6; // rows of C that the kernels work out together
    private static final int COLUMNS = 32; // columns of C that they do, or half of them
    private static final int ROWS = 96; // of C at a time, at most: their part of A stays in the second-level cache
    private static final int DEEP = 256; // rows of B whose part of a panel stays in the first-level cache
    private static final int DEEPER = 768; // the same where C is large and would be fetched and stored too often
    private static final int LINE = 16; // floats
    private static final int WHOLE = 1 << 22; // numbers of B that are worth a second copy, 16 MB
    private static final int ENOUGH = 24; // pieces to keep many threads busy
    private static final int ENOUGH_ROWS = 24; // of C to pay for packing B
    private static final long SMALL = 200_000; // multiply-adds that are worth a piece of their own
    private static final ThreadLocal<Gemm> MINE = ThreadLocal.withInitial(() -> new Gemm(Kernels.best()));

    private static final ThreadLocal<Product> PRODUCT = ThreadLocal.withInitial(Product::new);

    private final Kernels kernels;
    private int[] rows = new int[256];
    private int[] cols = new int[1024];
    private float[] panel = new float[4096];
    private float[] edge = new float[1024];

    Gemm(Kernels kernels) {
        this.kernels = kernels;
    }

    /** The calling thread's own workspace. */
    public static Gemm mine() {
        return MINE.get();
    }

    /** A new workspace that computes without vectors, to see what they bring: slower, the same bits. */
    public static Gemm plain() {
        return new Gemm(new PlainKernels());
    }

    /** {@code C = A·B}, or {@code C += A·B}, of whole matrices on all threads; {@code …T} says that the array holds the transpose. */
    public static void multiply(
            boolean aT, boolean bT, int m, int n, int depth, float[] a, float[] b, boolean accumulate, float[] c) {
        multiply(aT, bT, m, n, depth, a, b, null, accumulate, c);
    }

    /** {@code C = A·B + 1·biasᵀ}: the bias, if any, is added to each row. */
    public static void multiply(
            boolean aT,
            boolean bT,
            int m,
            int n,
            int depth,
            float[] a,
            float[] b,
            float[] bias,
            boolean accumulate,
            float[] c) {
        requireLength("A", a, m, depth);
        requireLength("B", b, depth, n);
        requireLength("C", c, m, n);
        Product product = PRODUCT.get();
        product.set(aT, bT, m, n, depth, a, b, bias, accumulate, c);
        try {
            product.run();
        } finally {
            product.clear();
        }
    }

    /**
     * Rows {@code iFrom … iTo} and columns {@code jFrom … jTo} of C, on this thread.
     *
     * @param panels the whole of B in panels, or null where this block packs what it needs of B itself
     */
    void block(
            boolean aT,
            boolean bT,
            int iFrom,
            int iTo,
            int jFrom,
            int jTo,
            int m,
            int n,
            int depth,
            float[] a,
            float[] b,
            float[] panels,
            float[] bias,
            boolean accumulate,
            float[] c) {
        int height = iTo - iFrom;
        rows = stride(rows, height, aT ? 1 : depth, aT ? iFrom : iFrom * depth);
        cols = stride(cols, depth, aT ? m : 1, 0);
        int lanes = kernels.lanes();
        int deep = panels == null ? Math.max(1, depth) : DEEPER;
        int from = 0;
        do {
            int some = Math.min(deep, depth - from);
            for (int j = jFrom; j < jTo; ) {
                int vectors = jTo - j >= 2 * lanes ? 2 : 1;
                int full = vectors * lanes;
                int width = Math.min(full, jTo - j);
                boolean packed = panels != null || bT || (height >= ENOUGH_ROWS && n > 2 * lanes);
                if (packed && panels == null) {
                    pack(bT, b, bT ? j * depth : j, bT ? depth : n, width, full, depth);
                }
                columns(
                        vectors,
                        width,
                        height,
                        some,
                        panels == null ? DEEP : DEEPER,
                        a,
                        cols[from],
                        rows,
                        cols,
                        panels != null ? panels : packed ? panel : b,
                        panels != null ? depth * j + from * full : packed ? 0 : j,
                        packed ? full : n,
                        bias,
                        j,
                        accumulate || from > 0,
                        c,
                        iFrom * n + j,
                        n);
                j += width;
            }
            from += some;
        } while (from < depth);
    }

    /**
     * The general product on this thread: {@code C[i,j] = start + Σ_q a[aFrom + rows[i] + cols[q]]·B[q,j]} for all n columns of a row-major B.
     * With the tables of {@link Patches} A is the patch matrix of an image that is nowhere stored.
     */
    public void multiply(
            int m,
            int n,
            int depth,
            float[] a,
            int aFrom,
            int[] rows,
            int[] cols,
            float[] b,
            int bFrom,
            float[] bias,
            boolean accumulate,
            float[] c,
            int cFrom) {
        int lanes = kernels.lanes();
        for (int j = 0; j < n; ) {
            int vectors = n - j >= 2 * lanes ? 2 : 1;
            int width = Math.min(vectors * lanes, n - j);
            boolean packed = m >= ENOUGH_ROWS && n > 2 * lanes;
            if (packed) {
                pack(false, b, bFrom + j, n, width, vectors * lanes, depth);
            }
            columns(
                    vectors,
                    width,
                    m,
                    depth,
                    DEEP,
                    a,
                    aFrom,
                    rows,
                    cols,
                    packed ? panel : b,
                    packed ? 0 : bFrom + j,
                    packed ? vectors * lanes : n,
                    bias,
                    j,
                    accumulate,
                    c,
                    cFrom + j,
                    n);
            j += width;
        }
    }

    /** The same with a B that is in panels already: {@code C[i,j] = bias[j] + Σ_q a[aFrom + rows[i] + cols[q]]·B[q,j]}. */
    public void multiply(
            int m, float[] a, int aFrom, int[] rows, int[] cols, Packed b, float[] bias, float[] c, int cFrom) {
        multiply(m, DEEP, a, aFrom, rows, cols, b, bias, c, cFrom);
    }

    private void multiply(
            int m,
            int deep,
            float[] a,
            int aFrom,
            int[] rows,
            int[] cols,
            Packed b,
            float[] bias,
            float[] c,
            int cFrom) {
        int lanes = b.requireLanes(kernels.lanes());
        int n = b.n();
        for (int j = 0; j < n; j += b.width(j)) {
            int full = b.width(j);
            columns(
                    full / lanes,
                    Math.min(full, n - j),
                    m,
                    b.depth(),
                    deep,
                    a,
                    aFrom,
                    rows,
                    cols,
                    b.panels(),
                    b.at(j),
                    full,
                    bias,
                    j,
                    false,
                    c,
                    cFrom + j,
                    n);
        }
    }

    /** {@code C = A·B} of the row-major matrices that stand in the arrays from these places on, on this thread. */
    public void multiplyRows(int m, int n, int depth, float[] a, int aFrom, float[] b, float[] c, int cFrom) {
        rows = stride(rows, m, depth, 0);
        cols = stride(cols, depth, 1, 0);
        multiply(m, n, depth, a, aFrom, rows, cols, b, 0, null, false, c, cFrom);
    }

    /** {@code C = A·B + 1·biasᵀ} of a row-major A that stands in its array from this place on, on this thread; bias may be null. */
    public void multiplyRows(int m, float[] a, int aFrom, Packed b, float[] bias, float[] c, int cFrom) {
        rows = stride(rows, m, b.depth(), 0);
        cols = stride(cols, b.depth(), 1, 0);
        multiply(m, a, aFrom, rows, cols, b, bias, c, cFrom);
    }

    /**
     * The same as {@link #multiply(int, float[], int, int[], int[], Packed, float[], float[], int)} where the numbers of A stand in runs: the
     * kernel takes a run at a time and reads it where it stands, some rows of A after the other.
     *
     * @param run so many neighbours in a row of A are neighbours in its array, too; it divides the depth
     */
    void multiplyRuns(
            int m,
            float[] a,
            int aFrom,
            int[] rowTable,
            int[] colTable,
            int run,
            Packed b,
            float[] bias,
            float[] c,
            int cFrom) {
        int cuts = (run + DEEP - 1) / DEEP;
        int deep = run % cuts == 0 ? run / cuts : run;
        for (int i = 0; i < m; i += ROWS) {
            int height = Math.min(ROWS, m - i);
            rows = atLeast(rows, height);
            System.arraycopy(rowTable, i, rows, 0, height);
            multiply(height, deep, a, aFrom, rows, colTable, b, bias, c, cFrom + i * b.n());
        }
    }

    /**
     * A panel whose last columns may be missing: then the result goes through a padded copy of C, and B is padded with zeros unless its rows
     * stand a panel's width apart, as they do where it is packed.
     */
    private void columns(
            int vectors,
            int width,
            int m,
            int depth,
            int deep,
            float[] a,
            int aFrom,
            int[] rows,
            int[] cols,
            float[] b,
            int bFrom,
            int bStride,
            float[] bias,
            int biasFrom,
            boolean accumulate,
            float[] c,
            int cFrom,
            int cStride) {
        int full = vectors * kernels.lanes();
        if (width == full) {
            blocks(
                    vectors,
                    m,
                    depth,
                    deep,
                    a,
                    aFrom,
                    rows,
                    cols,
                    b,
                    bFrom,
                    bStride,
                    bias,
                    biasFrom,
                    accumulate,
                    c,
                    cFrom,
                    cStride);
            return;
        }
        float[] padded = b;
        int from = bFrom;
        if (bStride != full) {
            panel = atLeast(panel, depth * full);
            copy(b, bFrom, bStride, panel, 0, full, depth, width);
            padded = panel;
            from = 0;
        }
        edge = atLeast(edge, (m + 1) * full);
        if (accumulate) {
            copy(c, cFrom, cStride, edge, 0, full, m, width);
        } else if (bias != null) {
            System.arraycopy(bias, biasFrom, edge, m * full, width);
        }
        float[] start = bias == null ? null : edge;
        blocks(
                vectors,
                m,
                depth,
                deep,
                a,
                aFrom,
                rows,
                cols,
                padded,
                from,
                full,
                start,
                m * full,
                accumulate,
                edge,
                0,
                full);
        copy(edge, 0, full, c, cFrom, cStride, m, width);
    }

    /**
     * Some of the depth at a time, so that this part of the panel stays in a near cache for all rows of A; of an A in runs of neighbours a run
     * or a part of it, which the kernel then reads without the table.
     */
    private void blocks(
            int vectors,
            int m,
            int depth,
            int deep,
            float[] a,
            int aFrom,
            int[] rows,
            int[] cols,
            float[] b,
            int bFrom,
            int bStride,
            float[] bias,
            int biasFrom,
            boolean accumulate,
            float[] c,
            int cFrom,
            int cStride) {
        int from = 0;
        do {
            int some = Math.min(deep, depth - from);
            kernels.panel(
                    vectors,
                    m,
                    some,
                    a,
                    aFrom,
                    rows,
                    cols,
                    from,
                    b,
                    bFrom + from * bStride,
                    bStride,
                    bias,
                    biasFrom,
                    accumulate || from > 0,
                    c,
                    cFrom,
                    cStride);
            from += some;
        } while (from < depth);
    }

    /** Some columns of B, contiguous and padded with zeros to {@code full} columns; B as in {@link #packRows}. */
    private void pack(boolean bT, float[] b, int bFrom, int bStride, int width, int full, int depth) {
        panel = atLeast(panel, depth * full);
        for (int from = 0; from < depth; from += LINE) {
            packRows(bT, b, bFrom, bStride, width, full, from, Math.min(depth, from + LINE), panel, 0);
        }
    }

    /**
     * Rows {@code from … to} of a panel that begins at {@code at}: {@code width} columns of B, then zeros. The first of them begins at {@code bFrom}
     * in B's array; its rows, of a transpose its columns, stand {@code bStride} apart. Of a transpose a line of the cache (16 rows here) is
     * read whole, or it is read sixteen times.
     */
    private static void packRows(
            boolean bT,
            float[] b,
            int bFrom,
            int bStride,
            int width,
            int full,
            int from,
            int to,
            float[] into,
            int at) {
        if (bT) {
            for (int v = 0; v < width; v++) {
                int column = bFrom + v * bStride;
                for (int q = from; q < to; q++) {
                    into[at + q * full + v] = b[column + q];
                }
            }
        } else {
            copy(b, bFrom + from * bStride, bStride, into, at + from * full, full, to - from, width);
        }
        if (width < full) {
            for (int q = from; q < to; q++) {
                Arrays.fill(into, at + q * full + width, at + (q + 1) * full, 0f);
            }
        }
    }

    /** Some rows of the same width from one matrix to another. */
    static void copy(float[] x, int xFrom, int xStride, float[] y, int yFrom, int yStride, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(x, xFrom + i * xStride, y, yFrom + i * yStride, width);
        }
    }

    /** The table {@code from, from + step, from + 2·step, …}. */
    private static int[] stride(int[] table, int count, int step, int from) {
        int[] filled = atLeast(table, count);
        for (int i = 0; i < count; i++) {
            filled[i] = from + i * step;
        }
        return filled;
    }

    private static int[] atLeast(int[] table, int count) {
        return table.length >= count ? table : new int[Math.max(count, 2 * table.length)];
    }

    private static float[] atLeast(float[] array, int length) {
        return array.length >= length ? array : new float[Math.max(length, 2 * array.length)];
    }

    private static void requireLength(String name, float[] array, int rows, int columns) {
        if (array.length < (long) rows * columns) {
            throw new ShapeException("Gemm.multiply: expected " + name + " to hold " + rows + "×" + columns
                    + " numbers but got " + array.length + ". Check m, n, depth and the transpositions.");
        }
    }

    /** One product cut into pieces, each a block of C; kept by the calling thread, so that a call allocates nothing. */
    private static final class Product implements IntConsumer {

        private boolean aT;
        private boolean bT;
        private int m;
        private int n;
        private int depth;
        private float[] a;
        private float[] b;
        private float[] bias;
        private boolean accumulate;
        private float[] c;
        private int across; // pieces side by side, and one under the other
        private int down;
        private boolean whole; // B is packed once, for all pieces
        private float[] panels = new float[0];
        private float[] turned = new float[0];
        private final IntConsumer packing = this::packLine;
        private final IntConsumer turning = this::turnLine;

        void set(
                boolean aT,
                boolean bT,
                int m,
                int n,
                int depth,
                float[] a,
                float[] b,
                float[] bias,
                boolean accumulate,
                float[] c) {
            this.aT = aT;
            this.bT = bT;
            this.m = m;
            this.n = n;
            this.depth = depth;
            this.a = a;
            this.b = b;
            this.bias = bias;
            this.accumulate = accumulate;
            this.c = c;
        }

        void clear() {
            set(false, false, 0, 0, 0, null, null, null, false, null);
        }

        void run() {
            if (bT && !aT && !accumulate && bias == null && 4L * m * (n + depth) < 3L * n * depth) {
                runTurned();
                return;
            }
            int wanted = (int) Math.min(ENOUGH, (long) m * n * depth / SMALL);
            if (wanted <= 1) {
                mine().block(aT, bT, 0, m, 0, n, m, n, depth, a, b, null, bias, accumulate, c);
                return;
            }
            down = (m + ROWS - 1) / ROWS;
            across = Math.max(1, Math.min(wanted / down, n / COLUMNS));
            whole = down > 1 && (long) depth * n <= WHOLE;
            if (whole) {
                pack();
            }
            Parallel.run(across * down, this);
        }

        /** A large transposed B is read as it stands in {@code Cᵀ = Bᵀ·Aᵀ}: then the smaller A is transposed, and C. */
        private void runTurned() {
            float[] wanted = c;
            turned = atLeast(turned, m * n);
            set(false, true, n, m, depth, b, a, null, false, turned);
            run();
            c = wanted;
            Parallel.run((m + LINE - 1) / LINE, turning);
        }

        /** {@code C[i,j] = Cᵀ[j,i]} of sixteen columns of C, the m and n of Cᵀ being the n and m of C. */
        private void turnLine(int line) {
            int from = line * LINE;
            int to = Math.min(m, from + LINE);
            for (int i = 0; i < n; i++) {
                for (int j = from; j < to; j++) {
                    c[i * m + j] = turned[j * n + i];
                }
            }
        }

        @Override
        public void accept(int piece) {
            mine().block(
                            aT,
                            bT,
                            row(piece / across),
                            row(piece / across + 1),
                            column(piece % across),
                            column(piece % across + 1),
                            m,
                            n,
                            depth,
                            a,
                            b,
                            whole ? panels : null,
                            bias,
                            accumulate,
                            c);
        }

        /**
         * All of B into panels, once for all rows of C: each block that packed them anew would fetch them from far away, as their lines stand
         * a row of B apart, which no prefetcher guesses.
         */
        private void pack() {
            int lanes = mine().kernels.lanes();
            panels = atLeast(panels, depth * ((n + lanes - 1) / lanes) * lanes);
            Parallel.run((depth + LINE - 1) / LINE, packing);
        }

        private void packLine(int line) {
            int lanes = mine().kernels.lanes();
            int from = line * LINE;
            int to = Math.min(depth, from + LINE);
            int full;
            for (int j = 0; j < n; j += full) {
                full = n - j >= 2 * lanes ? 2 * lanes : lanes;
                int width = Math.min(full, n - j);
                packRows(bT, b, bT ? j * depth : j, bT ? depth : n, width, full, from, to, panels, depth * j);
            }
        }

        private int row(int piece) {
            return Math.min(m, Parallel.from(piece, down, (m + TILE - 1) / TILE) * TILE);
        }

        private int column(int piece) {
            return piece == across ? n : Parallel.from(piece, across, n / COLUMNS) * COLUMNS;
        }
    }
}
