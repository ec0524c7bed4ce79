package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.Scribbles;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class CompressionTest {

    private static final Dataset DATA = Scribbles.load(1, 1200, 1100);

    @Test
    void aTableHoldsEveryMethodAtItsBytes() {
        Pca eight = Pca.of(DATA.train(), 8);
        Table table = Compression.table(DATA, 8, eight::encode, eight::decode);
        List<String> methods = table.stringColumn("method").asList();
        assertEquals("autoencoder, 8 floats", methods.get(0));
        assertEquals("PCA, 8 bytes", methods.get(3));
        double[] bytes = table.doubleColumn("bytes").asDoubleArray();
        double[] mse = table.doubleColumn("mse").asDoubleArray();
        double[] ratio = table.doubleColumn("ratio").asDoubleArray();
        assertArrayEquals(new double[] {32, 8, 32, 8}, Arrays.copyOf(bytes, 4));
        assertEquals(784.0 / 32, ratio[0]);
        assertEquals(eight.mse(DATA.test()), mse[0], 1e-9);
        assertEquals(mse[2], mse[0], "the autoencoder of this test is the PCA");
        assertTrue(mse[1] > mse[0] && mse[1] < 1.05 * mse[0], "a byte a number is nearly as good: " + mse[1]);
        assertEquals(0, mse[6]);
        assertTrue(ratio[6] > 1);
        assertEquals(Double.POSITIVE_INFINITY, table.doubleColumn("psnr").get(6));
        assertEquals(7, table.rowCount());
    }

    @Test
    void aByteHasSteps255BetweenTheLeastAndTheGreatest() {
        Tensor known = Tensor.of(new float[] {-1, 5, 1, 5, 0, 5}, 3, 2);
        Tensor codes = Tensor.of(new float[] {0.001f, 5, 2, 5, -7, 6, 1, 4}, 4, 2);
        float[] rounded = Compression.rounded(codes, known).data();
        assertEquals(-1 + 128 * 2f / 255, rounded[0], 1e-6f); // step 127.6 of 255
        assertArrayEquals(
                new float[] {5, 1, 5, -1, 5, 1, 5}, Arrays.copyOfRange(rounded, 1, 8), 1e-6f); // outside: the end
    }
}
