package atelier.dl4j;

import atelier.tensor.Tensor;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The bridge between the kit's tensors and ND4J's arrays; the numbers are copied, so neither side sees the other's changes.
 *
 * <p>Both have a shape and strides. ND4J writes its orders as 'c', the last axis fastest (as in C: our row-major), and 'f',
 * the first axis fastest (as in Fortran). {@code array.data()} of an 'f' array, or of a view, is in its own order:
 * compare numbers through indices, or after {@code dup('c')} as here.
 */
public final class Tensors {

    private Tensors() {}

    /** The same shape and values as a 'c' array of floats, whatever the tensor's layout. */
    public static INDArray toNd4j(Tensor tensor) {
        Nd4jRuntime.start();
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        return Nd4j.create(tensor.rowMajor().data(), shape, 'c');
    }

    /** The same shape and values as a row-major tensor, whatever the array's order, strides and type. */
    public static Tensor toTensor(INDArray array) {
        try (INDArray rowMajor = array.castTo(DataType.FLOAT).dup('c')) {
            return Tensor.of(rowMajor.data().asFloat(), shape(array));
        }
    }

    /** Labels as DL4J wants them: {@code [N,classes]}, a 1 in the column of the true class and 0 elsewhere. */
    public static INDArray oneHot(int[] labels, int size, int classes) {
        Tensor rows = Tensor.zeros(size, classes);
        for (int n = 0; n < size; n++) {
            rows.set(1, n, labels[n]);
        }
        return toNd4j(rows);
    }

    static int[] shape(INDArray array) {
        return Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
    }
}
