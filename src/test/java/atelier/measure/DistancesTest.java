package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DistancesTest {

    @Test
    void everyPairOfRowsIsAsFarApartAsInDoubleAndEqualOnesNotAtAll() throws InterruptedException {
        Tensor y = Tensor.normal(RandomStream.seed(1), 10, 70, 45);
        Tensor x = Tensor.normal(RandomStream.seed(2), 10, 33, 45);
        System.arraycopy(y.data(), 8 * 45, x.data(), 0, 20 * 45); // x_i = y_{i+8} for i below 20
        int[] calls = new int[33];
        new Distances(y.data(), 70, 45, 10).from(x.data(), 33, (i, squares, from) -> {
            calls[i]++;
            for (int j = 0; j < 70; j++) {
                double expected = 0;
                for (int q = 0; q < 45; q++) {
                    double d = (double) x.at(i, q) - y.at(j, q);
                    expected += d * d;
                }
                assertEquals(expected, squares[from + j], i < 20 && j == i + 8 ? 0 : 1e-6 * 9000);
            }
        });
        for (int i = 0; i < 33; i++) {
            assertEquals(1, calls[i], "row " + i);
        }
    }
}
