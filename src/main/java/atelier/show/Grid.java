package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Numbers in rows and columns, whatever they came from, and the colours that suit them. */
record Grid(double[][] values) {

    /** {@code where} begins the message if the rows are of different lengths. */
    static Grid of(String where, double[][] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i].length != values[0].length) {
                throw new ShapeException(where + ": expected rows of the same length but row 0 has " + values[0].length
                        + " numbers and row " + i + " has " + values[i].length + ". Fill the shorter row.");
            }
        }
        return new Grid(values);
    }

    /** The last two axes of a tensor whose other axes are 1; a vector is one row. */
    static Grid of(String where, Tensor tensor) {
        int rank = tensor.rank();
        int columns = rank == 0 ? 0 : tensor.size(rank - 1);
        int rows = rank < 2 ? 1 : tensor.size(rank - 2);
        if (rank == 0 || tensor.length() != rows * columns) {
            throw new ShapeException(where + ": expected one matrix, [H,W] or [1,1,H,W], but got "
                    + Arrays.toString(tensor.shape()) + ". Take one: tensor.slice(n, n + 1).");
        }
        float[] data = tensor.rowMajor().data();
        double[][] values = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i][j] = data[i * columns + j];
            }
        }
        return new Grid(values);
    }

    int rows() {
        return values.length;
    }

    int columns() {
        return values.length == 0 ? 0 : values[0].length;
    }

    boolean isEmpty() {
        return rows() == 0 || columns() == 0;
    }

    DoubleStream stream() {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream);
    }

    Ramp ramp() {
        return Ramp.of(stream());
    }
}
