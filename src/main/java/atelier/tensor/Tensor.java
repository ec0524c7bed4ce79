package atelier.tensor;

import java.util.Arrays;

/**
 * Float numbers with a shape: an image batch is {@code [N,C,H,W]}, a batch of vectors {@code [N,F]}.
 *
 * <pre>{@code
 * offset(i₀,i₁,…) = Σ_a i_a · stride_a                                 (T0)
 * }</pre>
 *
 * <p>Storage is {@link Layout#ROW_MAJOR} unless a four-axis tensor says {@link Layout#CHANNELS_LAST}; {@link #at} hides the
 * difference, {@link #data} does not.
 *
 * <p>Walk-through: notebooks/01-images-and-tensors.
 */
public final class Tensor {

    private final float[] data;
    private final int[] shape;
    private final int[] strides;
    private final Layout layout;

    private Tensor(float[] data, Layout layout, int... shape) {
        this.data = data;
        this.shape = shape.clone();
        this.layout = layout;
        this.strides = strides(layout, shape);
    }

    // ---- making one ----

    /** A row-major tensor of zeros. */
    public static Tensor zeros(int... shape) {
        return new Tensor(new float[length(shape)], Layout.ROW_MAJOR, shape);
    }

    /** A tensor of zeros whose numbers stand channels last, (T2). */
    public static Tensor zerosChannelsLast(int n, int c, int h, int w) {
        return new Tensor(new float[length(n, c, h, w)], Layout.CHANNELS_LAST, n, c, h, w);
    }

    /** A row-major tensor over these very numbers: the array is not copied, so a change in one is seen in the other. */
    public static Tensor of(float[] data, int... shape) {
        if (data.length != length(shape)) {
            throw new ShapeException("Tensor.of: expected " + length(shape) + " numbers for shape "
                    + Arrays.toString(shape) + " but got " + data.length + ". Check the product of the sizes.");
        }
        return new Tensor(data, Layout.ROW_MAJOR, shape);
    }

    /** A row-major tensor {@code [N,C,H,W]} of the numbers that the definitions compute with, rounded to float. */
    public static Tensor of(double[][][][] images) {
        Tensor tensor = zeros(images.length, images[0].length, images[0][0].length, images[0][0][0].length);
        for (int i = 0; i < tensor.data.length; i++) {
            int h = i / tensor.strides[2];
            int c = i / tensor.strides[1];
            int n = i / tensor.strides[0];
            tensor.data[i] = (float) images[n][c % tensor.shape[1]][h % tensor.shape[2]][i % tensor.shape[3]];
        }
        return tensor;
    }

    /** A row-major tensor in which every number is {@code value}. */
    public static Tensor filled(float value, int... shape) {
        Tensor tensor = zeros(shape);
        Arrays.fill(tensor.data, value);
        return tensor;
    }

    /** Independent normal numbers with mean 0 and the given standard deviation. */
    public static Tensor normal(RandomStream random, double deviation, int... shape) {
        Tensor tensor = zeros(shape);
        random.fillNormal(tensor.data, 0, tensor.data.length, deviation);
        return tensor;
    }

    /** Independent uniform numbers in {@code [low, high)}. */
    public static Tensor uniform(RandomStream random, double low, double high, int... shape) {
        Tensor tensor = zeros(shape);
        for (int i = 0; i < tensor.data.length; i++) {
            tensor.data[i] = (float) (low + (high - low) * random.uniform());
        }
        return tensor;
    }

    // ---- asking it ----

    public int rank() {
        return shape.length;
    }

    /** The size of one axis: {@code size(0)} is N. */
    public int size(int axis) {
        return shape[axis];
    }

    /** A copy of the sizes. */
    public int[] shape() {
        return shape.clone();
    }

    /** A copy of the strides: how far apart in {@link #data} two neighbours along each axis stand. */
    public int[] strides() {
        return strides.clone();
    }

    public Layout layout() {
        return layout;
    }

    /** How many numbers it holds. */
    public int length() {
        return data.length;
    }

    /** The numbers themselves, in the order of {@link #layout}; not a copy. */
    public float[] data() {
        return data;
    }

    public boolean hasShape(int... sizes) {
        return Arrays.equals(shape, sizes);
    }

    public float at(int i) {
        return data[offset(i)];
    }

    public float at(int i, int j) {
        return data[offset(i, j)];
    }

    public float at(int i, int j, int k) {
        return data[offset(i, j, k)];
    }

    public float at(int n, int c, int h, int w) {
        return data[offset(n, c, h, w)];
    }

    public void set(float value, int... index) {
        data[offset(index)] = value;
    }

    /** Where the number with this index stands in {@link #data}, (T0). */
    public int offset(int... index) {
        if (index.length != shape.length) {
            throw new ShapeException("Tensor: expected " + shape.length + " indices for shape " + Arrays.toString(shape)
                    + " but got " + Arrays.toString(index) + ". Give one index an axis.");
        }
        int offset = 0;
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw new ShapeException("Tensor: expected an index below " + Arrays.toString(shape) + " but got "
                        + Arrays.toString(index) + ". Indices start at 0.");
            }
            offset += index[axis] * strides[axis];
        }
        return offset;
    }

    // ---- turning it into another ----

    /** The same numbers under another shape, sharing the storage; one size may be −1 and is then worked out. */
    public Tensor reshape(int... sizes) {
        int[] wanted = sizes.clone();
        int known = 1;
        int free = -1;
        for (int axis = 0; axis < wanted.length; axis++) {
            if (wanted[axis] == -1) {
                free = axis;
            } else {
                known *= wanted[axis];
            }
        }
        if (free >= 0 && known > 0) {
            wanted[free] = data.length / known;
        }
        if (length(wanted) != data.length) {
            throw new ShapeException("Tensor.reshape: expected sizes whose product is " + data.length + " (shape "
                    + Arrays.toString(shape) + ") but got " + Arrays.toString(sizes)
                    + ". A reshape keeps the number of elements.");
        }
        if (layout != Layout.ROW_MAJOR && shape[1] > 1) { // with one channel both orders are the same
            throw new ShapeException("Tensor.reshape: expected a row-major tensor but got one stored channels last. "
                    + "Call rowMajor() first.");
        }
        return new Tensor(data, Layout.ROW_MAJOR, wanted);
    }

    /** Itself if it is row-major, else a row-major copy of the same values. */
    public Tensor rowMajor() {
        return layout == Layout.ROW_MAJOR ? this : inLayout(Layout.ROW_MAJOR);
    }

    /** Itself if it stands channels last, else such a copy of the same values; needs four axes. */
    public Tensor channelsLast() {
        return layout == Layout.CHANNELS_LAST ? this : inLayout(Layout.CHANNELS_LAST);
    }

    /** A copy with its own numbers. */
    public Tensor copy() {
        return new Tensor(data.clone(), layout, shape);
    }

    /** A copy of the slices {@code from} (included) to {@code to} (excluded) of the first axis. */
    public Tensor slice(int from, int to) {
        if (from < 0 || from > to || to > shape[0]) {
            throw new ShapeException("Tensor.slice: expected 0 ≤ from ≤ to ≤ " + shape[0] + " but got " + from + " and "
                    + to + ". The slice is taken along the first axis.");
        }
        int[] sizes = shape.clone();
        sizes[0] = to - from;
        int each = shape[0] == 0 ? 0 : data.length / shape[0];
        return new Tensor(Arrays.copyOfRange(data, from * each, to * each), layout, sizes);
    }

    /** The values of a tensor {@code [N,C,H,W]} as nested arrays, the form that the definitions read. */
    public double[][][][] nested() {
        double[][][][] images = new double[shape[0]][shape[1]][shape[2]][shape[3]];
        for (int n = 0; n < shape[0]; n++) {
            for (int c = 0; c < shape[1]; c++) {
                for (int h = 0; h < shape[2]; h++) {
                    for (int w = 0; w < shape[3]; w++) {
                        images[n][c][h][w] = at(n, c, h, w);
                    }
                }
            }
        }
        return images;
    }

    /** Takes over the values of a tensor of the same shape, whatever its layout. */
    public void copyFrom(Tensor other) {
        requireSameShape(other, "Tensor.copyFrom");
        if (layout == other.layout) {
            System.arraycopy(other.data, 0, data, 0, data.length);
            return;
        }
        int rows = layout == Layout.CHANNELS_LAST ? shape[2] * shape[3] : shape[1];
        int columns = layout == Layout.CHANNELS_LAST ? shape[1] : shape[2] * shape[3];
        for (int n = 0; n < shape[0]; n++) { // each image is a matrix [channels, pixels] or its transpose
            int start = n * rows * columns;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    data[start + i * columns + j] = other.data[start + j * rows + i];
                }
            }
        }
    }

    public void fill(float value) {
        Sweep.fill(data, value);
    }

    /**
     * Checks that another tensor has the same shape.
     *
     * @throws ShapeException when it has not; {@code where} begins the message
     */
    public void requireSameShape(Tensor other, String where) {
        if (!Arrays.equals(shape, other.shape)) {
            throw new ShapeException(where + ": expected shape " + Arrays.toString(shape) + " but got "
                    + Arrays.toString(other.shape) + ". Both tensors must have the same shape.");
        }
    }

    private Tensor inLayout(Layout wanted) {
        if (shape.length != 4) {
            throw new ShapeException("Tensor: expected four axes [N,C,H,W] for channels last but got "
                    + Arrays.toString(shape) + ". Reshape it first.");
        }
        Tensor to = new Tensor(new float[data.length], wanted, shape);
        to.copyFrom(this);
        return to;
    }

    private static int[] strides(Layout layout, int... shape) {
        int[] order = layout == Layout.CHANNELS_LAST
                ? new int[] {1, 3, 2, 0} // the fastest axis first: channel, column, row, image
                : null;
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int i = 0; i < shape.length; i++) {
            int axis = order == null ? shape.length - 1 - i : order[i];
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    private static int length(int... shape) {
        long length = 1;
        for (int size : shape) {
            if (size < 0) {
                throw new ShapeException("Tensor: expected sizes of 0 or more but got " + Arrays.toString(shape) + ".");
            }
            length *= size;
            if (length > Integer.MAX_VALUE - 8) {
                throw new ShapeException("Tensor: expected fewer than 2³¹ numbers but got shape "
                        + Arrays.toString(shape) + ". Work on smaller batches.");
            }
        }
        return (int) length;
    }

    @Override
    public String toString() {
        int shown = Math.min(8, data.length);
        StringBuilder text = new StringBuilder("Tensor ").append(Arrays.toString(shape));
        if (layout == Layout.CHANNELS_LAST) {
            text.append(" channels last");
        }
        text.append(" [");
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : ", ").append(data[i]);
        }
        return text.append(shown < data.length ? ", …]" : "]").toString();
    }
}
