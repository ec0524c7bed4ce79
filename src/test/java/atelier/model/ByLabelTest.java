package atelier.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.layer.LayerLaws;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ByLabelTest {

    private final ByLabel byLabel = new ByLabel(new Labelled("Gan", 3));

    @Test
    void workedByHand() {
        Tensor y = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Tensor d = byLabel.forward(y, new int[] {2, 0});
        assertArrayEquals(new int[] {2, 1}, d.shape());
        assertArrayEquals(new float[] {3, 4}, d.data());
        Tensor dY = byLabel.backward(Tensor.of(new float[] {7, 8}, 2, 1));
        assertArrayEquals(new int[] {2, 3}, dY.shape());
        assertArrayEquals(new float[] {0, 0, 7, 8, 0, 0}, dY.data());
    }

    @Test
    void nothingOfAnEarlierGradientIsLeft() {
        Tensor y = LayerLaws.normal(1, 2, 3);
        byLabel.forward(y, new int[] {2, 0});
        byLabel.backward(Tensor.filled(9, 2, 1));
        byLabel.forward(y, new int[] {1, 1});
        assertArrayEquals(
                new float[] {0, 5, 0, 0, 5, 0},
                byLabel.backward(Tensor.filled(5, 2, 1)).data());
    }

    @Test
    void batchesMayHaveOtherSizesAndMoreLabelsThanRows() {
        for (int n : new int[] {4, 1, 3}) {
            Tensor y = LayerLaws.normal(n, n, 3);
            Tensor d = byLabel.forward(y, new int[] {1, 2, 0, 1, 2});
            assertEquals(n, d.size(0));
            assertEquals(y.at(0, 1), d.at(0, 0));
            assertEquals(n, byLabel.backward(d).size(0));
        }
    }

    @Test
    void aLabelForEachRowAndOfAClassIsNeeded() {
        Tensor y = LayerLaws.normal(1, 2, 3);
        assertEquals(
                "Gan: expected a label for each of 2 rows but got 1. "
                        + "This model is conditional: give labels wherever it takes them.",
                assertThrows(ShapeException.class, () -> byLabel.forward(y, new int[1]))
                        .getMessage());
        assertEquals(
                "Gan: expected labels in 0 … 2 but got 3 in row 1. Classes are counted from 0.",
                assertThrows(IllegalArgumentException.class, () -> byLabel.forward(y, new int[] {0, 3}))
                        .getMessage());
    }
}
