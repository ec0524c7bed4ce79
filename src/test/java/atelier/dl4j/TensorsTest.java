package atelier.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Tag("dl4j")
class TensorsTest {

    @Test
    void everyIndexHoldsTheSameNumberInNd4jWhateverTheLayout() {
        Tensor rowMajor = Tensor.normal(RandomStream.seed(1), 1, 2, 3, 4, 5);
        for (Tensor tensor : new Tensor[] {rowMajor, rowMajor.channelsLast()}) {
            INDArray array = Tensors.toNd4j(tensor);
            assertArrayEquals(new long[] {2, 3, 4, 5}, array.shape());
            for (int n = 0; n < 2; n++) {
                for (int c = 0; c < 3; c++) {
                    for (int h = 0; h < 4; h++) {
                        for (int w = 0; w < 5; w++) {
                            assertEquals(tensor.at(n, c, h, w), array.getFloat(n, c, h, w));
                        }
                    }
                }
            }
        }
    }

    @Test
    void anArrayComesBackWhateverItsOrderStridesAndType() {
        INDArray c = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
        float[] byRows = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(byRows, Tensors.toTensor(c).data());
        assertArrayEquals(byRows, Tensors.toTensor(c.dup('f')).data());
        assertArrayEquals(byRows, Tensors.toTensor(c.castTo(DataType.DOUBLE)).data());
        assertArrayEquals(
                byRows, Tensors.toTensor(c.transpose().dup('c').transpose()).data());
        assertArrayEquals(new float[] {2, 5}, Tensors.toTensor(c.getColumn(1)).data());
    }

    @Test
    void neitherSideSeesTheOthersChanges() {
        Tensor tensor = Tensor.filled(1, 2, 2);
        INDArray array = Tensors.toNd4j(tensor);
        tensor.set(7, 0, 0);
        assertEquals(1, array.getFloat(0, 0));
        Tensor back = Tensors.toTensor(array);
        array.putScalar(1, 1, 9);
        assertEquals(1, back.at(1, 1));
    }

    @Test
    void aLabelBecomesARowWithASingleOne() {
        Tensor rows = Tensors.toTensor(Tensors.oneHot(new int[] {2, 0, 99}, 2, 3));
        assertArrayEquals(new int[] {2, 3}, rows.shape());
        assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0}, rows.data());
    }
}
