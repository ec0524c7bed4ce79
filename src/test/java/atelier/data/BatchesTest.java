package atelier.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

    /** Image i is one pixel of value i, so a pixel tells which image a batch holds. */
    private static ImageSet numbered(int count) {
        byte[] pixels = new byte[count];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            pixels[i] = (byte) i;
            labels[i] = (byte) (i % 10);
        }
        return new ImageSet(pixels, labels, 1, 1);
    }

    private static List<Integer> imagesOf(Batches batches, int epoch) {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < batches.count(); i++) {
            Batch batch = batches.batch(epoch, i);
            assertEquals(batch.size(), batch.x().size(0));
            for (int n = 0; n < batch.size(); n++) {
                int image = Math.round(255 * batch.x().at(n, 0, 0, 0));
                assertEquals(image % 10, batch.labels()[n], "the label goes with its image");
                seen.add(image);
            }
        }
        return seen;
    }

    @Test
    void everyImageComesOnceAnEpochWhateverTheSizes() {
        int b = 4;
        for (int count : new int[] {0, 1, b - 1, b, b + 1, 2 * b - 1, 2 * b, 30}) {
            Batches batches = new Batches(numbered(count), b, 7);
            assertEquals((count + b - 1) / b, batches.count());
            for (int epoch = 0; epoch < 3; epoch++) {
                List<Integer> seen = imagesOf(batches, epoch);
                assertEquals(count, seen.size());
                assertEquals(count, seen.stream().distinct().count(), "no image twice");
            }
        }
    }

    @Test
    void theLastBatchHoldsWhatIsLeft() {
        Batches batches = new Batches(numbered(9), 4, 7);
        assertArrayEquals(new int[] {4, 4, 1}, new int[] {
            batches.batch(0, 0).size(),
            batches.batch(0, 1).size(),
            batches.batch(0, 2).size()
        });
    }

    @Test
    void theOrderOfAnEpochDependsOnSeedAndEpochAlone() {
        List<Integer> walked = new ArrayList<>();
        Batches first = new Batches(numbered(50), 8, 3);
        for (int epoch = 0; epoch < 3; epoch++) {
            walked = imagesOf(first, epoch);
        }
        assertEquals(walked, imagesOf(new Batches(numbered(50), 8, 3), 2), "as if it had started at epoch 2");
        assertEquals(walked, imagesOf(new Batches(numbered(50), 5, 3), 2), "whatever the batch size");
        assertNotEquals(walked, imagesOf(first, 1));
        assertNotEquals(walked, imagesOf(new Batches(numbered(50), 8, 4), 2));
    }

    @Test
    void anyBatchCanBeAskedForOutOfTurn() {
        Batches batches = new Batches(numbered(50), 8, 3);
        float[] expected = batches.batch(5, 4).x().data().clone();
        batches.batch(0, 0);
        assertArrayEquals(expected, batches.batch(5, 4).x().data());
    }

    @Test
    void inOrderWalksTheSetAsItStands() {
        Batches batches = Batches.inOrder(numbered(10), 4);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), imagesOf(batches, 0));
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), imagesOf(batches, 3));
        assertEquals(2, batches.batch(2).size());
    }

    @Test
    void theTensorsAreReused() {
        Batches batches = new Batches(numbered(10), 4, 1);
        assertSame(batches.batch(0, 0).x(), batches.batch(1, 1).x());
        assertSame(batches.batch(0, 2).x(), batches.batch(1, 2).x());
    }

    @Test
    void pixelsAreFloatsFromZeroToOne() {
        byte[] pixels = new byte[256];
        for (int i = 0; i < 256; i++) {
            pixels[i] = (byte) i;
        }
        float[] x = new ImageSet(pixels, new byte[1], 16, 16).images(0, 1).data();
        for (int i = 0; i < 256; i++) {
            assertEquals(i / 255f, x[i]);
        }
    }

    @Test
    void impossibleBatchesAreRefusedInOneLine() {
        DataException size = assertThrows(DataException.class, () -> new Batches(numbered(3), 0, 1));
        assertTrue(size.getMessage().contains("batch size of 1 or more but got 0"));
        for (int[] at : new int[][] {{0, 1}, {0, -1}, {-1, 0}}) {
            assertThrows(
                    DataException.class, () -> new Batches(numbered(3), 4, 1).batch(at[0], at[1]), Arrays.toString(at));
        }
    }
}
