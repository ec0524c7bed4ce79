package atelier.show;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.Color;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pairs, manifolds, interpolations and clusters. */
class LatentsTest {

    private static final int BLACK = Color.BLACK.getRGB();
    private static final int WHITE = Color.WHITE.getRGB();

    private static Tensor images(int n, float... greys) {
        Tensor x = Tensor.zeros(n, 1, 7, 7);
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] = greys[i / 49 % greys.length];
        }
        return x;
    }

    // ---- before and after ----

    @Test
    void imageNStandsAboveWhatBecameOfIt() {
        Picture picture = Pairs.of(images(2, 0, 1), images(2, 1, 0));
        assertEquals("2 images a row; rows: before, after.", picture.alt());
        int left = picture.width() - 2 * 60;
        int[] corners = {BLACK, WHITE, WHITE, BLACK};
        for (int i = 0; i < 4; i++) {
            int x = left + i % 2 * 60 + 20;
            int y = 4 + i / 2 * 60 + 20;
            assertEquals(corners[i], picture.getRGB(2 * x, 2 * y), "image " + i);
        }
    }

    @Test
    void threeRowsHaveTheirNamesAndColumnsTheirHeads() {
        Tensor x = images(3, 0.5f);
        assertEquals(
                "3 images a row; rows: original, noisy, restored.",
                Pairs.of(List.of("original", "noisy", "restored"), x, x, x).alt());
        Picture heads = Pairs.of(List.of("thin"), List.of("0", "1", "2"), x);
        assertEquals("3 images a row; rows: thin; columns: 0, 1, 2.", heads.alt());
        assertTrue(Pairs.of(images(40, 0), images(40, 1)).width() <= 900);
        assertEquals("No images to show.", Pairs.of(List.of()).alt());
        assertEquals("No images to show.", Pairs.of(images(0, 0), images(0, 0)).alt());
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        Tensor x = images(2, 0);
        assertThrows(ShapeException.class, () -> Pairs.of(x, images(3, 0)));
        assertThrows(ShapeException.class, () -> Pairs.of(x, Tensor.zeros(2, 49)));
        assertThrows(IllegalArgumentException.class, () -> Pairs.of(List.of("one"), x, x));
        assertThrows(IllegalArgumentException.class, () -> Pairs.of(List.of("a"), List.of("0"), x));
        assertThrows(IllegalArgumentException.class, () -> Pairs.of(images(41, 0), images(41, 0)));
        assertThrows(ShapeException.class, () -> Pairs.grids("a", x, "b", images(3, 0)));
    }

    @Test
    void twentyFiveImagesMakeTwoSquares() {
        Picture picture = Pairs.grids("original", images(25, 0), "reconstruction", images(25, 1));
        assertTrue(picture.alt().startsWith("original: 25 images in 5 rows of 5"), picture.alt());
        assertTrue(picture.alt().contains("reconstruction: 25 images in 5 rows of 5"), picture.alt());
        assertEquals(BLACK, picture.getRGB(2 * 20, 2 * 60));
        assertEquals(WHITE, picture.getRGB(2 * (picture.width() - 20), 2 * 60));
    }

    // ---- the latent plane ----

    @Test
    void theQuantileUndoesTheNormalDistribution() {
        assertEquals(0, Manifold.quantile(0.5), 1e-15);
        assertEquals(1.959963984540054, Manifold.quantile(0.975), 1e-12);
        assertEquals(-1.2815515655446004, Manifold.quantile(0.1), 1e-12);
        assertEquals(-4.753424308822899, Manifold.quantile(1e-6), 1e-9);
        for (double p = 0.001; p < 1; p += 0.001) {
            assertEquals(p, below(Manifold.quantile(p)), 1e-9);
        }
    }

    /** Φ(z), by Simpson's rule from 0 to z. */
    private static double below(double z) {
        int n = 2000;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            double t = z * i / n;
            sum += (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-t * t / 2);
        }
        return 0.5 + sum * z / n / 3 / Math.sqrt(2 * Math.PI);
    }

    @Test
    void thePlaneStepsEvenlyInProbability() {
        Tensor z = Manifold.latents(4);
        double far = 1.1503493803760079; // Φ⁻¹(7/8)
        double near = 0.31863936396437514; // Φ⁻¹(5/8)
        float[] first = {(float) -far, (float) far, (float) -near, (float) far};
        assertArrayEquals(first, new float[] {z.at(0, 0), z.at(0, 1), z.at(1, 0), z.at(1, 1)}, 1e-6f);
        assertEquals(far, z.at(15, 0), 1e-6);
        assertEquals(-far, z.at(15, 1), 1e-6);
    }

    @Test
    void theFirstLatentGrowsToTheRightAndTheSecondUpwards() {
        Picture picture = Manifold.of(2, z -> {
            Tensor x = Tensor.zeros(4, 1, 28, 28);
            for (int i = 0; i < x.length(); i++) {
                x.data()[i] = z.at(i / 784, 0) > 0 && z.at(i / 784, 1) > 0 ? 1 : 0;
            }
            return x;
        });
        assertEquals(WHITE, picture.getRGB(2 * (54 + 56 + 28), 2 * (4 + 28)));
        assertEquals(BLACK, picture.getRGB(2 * (54 + 28), 2 * (4 + 28)));
        assertEquals(BLACK, picture.getRGB(2 * (54 + 56 + 28), 2 * (4 + 56 + 28)));
        assertTrue(picture.alt().startsWith("2 by 2 images decoded on a plane of the two latents, from −0.7 to 0.7"));
    }

    @Test
    void aPlaneLiesAnywhereInAWiderLatentSpace() {
        Tensor origin = Tensor.of(new float[] {1, 2, 3}, 1, 3);
        Tensor across = Tensor.of(new float[] {1, 0, 0}, 1, 3);
        Tensor up = Tensor.of(new float[] {0, 0, 2}, 1, 3);
        AtomicReference<Tensor> asked = new AtomicReference<>();
        Manifold.of(2, origin, across, up, z -> {
            asked.set(z);
            return Tensor.zeros(4, 1, 28, 28);
        });
        float q = (float) 0.6744897501960817; // Φ⁻¹(3/4)
        assertTrue(asked.get().hasShape(4, 3));
        float[] expected = {1 - q, 2, 3 + 2 * q, 1 + q, 2, 3 + 2 * q, 1 - q, 2, 3 - 2 * q, 1 + q, 2, 3 - 2 * q};
        assertArrayEquals(expected, asked.get().data(), 1e-5f);
        assertThrows(ShapeException.class, () -> Manifold.of(2, origin, across, Tensor.zeros(1, 2), z -> images(4, 0)));
    }

    @Test
    void aManifoldFitsThePageAndChecksItsDecoder() {
        Picture picture = Manifold.of(20, z -> Tensor.zeros(z.size(0), 1, 28, 28));
        assertTrue(picture.width() <= 900 && picture.height() <= 900, picture.toString());
        assertThrows(ShapeException.class, () -> Manifold.of(3, z -> images(1, 0)));
        assertThrows(IllegalArgumentException.class, () -> Manifold.of(0, z -> images(1, 0)));
    }

    // ---- from one latent to another ----

    @Test
    void theWayIsStraightAndHasBothEnds() {
        Tensor from = Tensor.of(new float[] {0, 1, 10, 20}, 2, 2);
        Tensor to = Tensor.of(new float[] {4, -1, 10, 0}, 2, 2);
        float[] expected = {0, 1, 2, 0, 4, -1, 10, 20, 10, 10, 10, 0};
        assertArrayEquals(expected, Interpolation.latents(from, to, 3).data());
        Picture picture = Interpolation.of(from, to, 5, z -> images(10, 0));
        assertEquals(
                "2 rows of 5 images, decoded on the way from one latent to another, t from 0 to 1.", picture.alt());
        assertThrows(ShapeException.class, () -> Interpolation.latents(from, Tensor.zeros(1, 2), 3));
        assertThrows(ShapeException.class, () -> Interpolation.latents(Tensor.zeros(2), Tensor.zeros(2), 3));
        assertThrows(IllegalArgumentException.class, () -> Interpolation.latents(from, to, 1));
    }

    // ---- classes in the plane ----

    @Test
    void everyClassHasItsColourInPlotAndLegend() {
        Tensor points = Tensor.normal(RandomStream.seed(1), 1, 400, 2);
        int[] labels = IntStream.range(0, 400).map(i -> i % 10).toArray();
        Picture picture = Clusters.of("Codes", "z1", "z2", points, labels);
        assertEquals("Codes, z2 against z1: 400 points in 10 classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.", picture.alt());
        int legend = picture.getWidth() - 2 * 46;
        for (Color colour : Palette.CLASSES) {
            assertTrue(count(picture, colour, 0, legend) > 200, "plot, " + colour);
            assertTrue(count(picture, colour, legend, picture.getWidth()) > 200, "legend, " + colour);
        }
    }

    @Test
    void pointsThatAreNotFiniteAreLeftOutAndNegativeLabelsRefused() {
        Tensor points = Tensor.of(new float[] {0, 0, Float.NaN, 1, 1, 1}, 3, 2);
        assertEquals(
                "C, y against x: 2 points in 2 classes: 3, 5.",
                Clusters.of("C", "x", "y", points, new int[] {3, 4, 5}).alt());
        assertEquals(
                "C: no points to show.",
                Clusters.of("C", "x", "y", Tensor.zeros(0, 2), new int[0]).alt());
        assertThrows(ShapeException.class, () -> Clusters.of("C", "x", "y", points, new int[2]));
        assertThrows(ShapeException.class, () -> Clusters.of("C", "x", "y", Tensor.zeros(2, 3), new int[2]));
        assertThrows(IllegalArgumentException.class, () -> Clusters.of("C", "x", "y", points, new int[] {0, 0, -1}));
    }

    private static int count(Picture picture, Color colour, int from, int to) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = from; x < to; x++) {
                count += picture.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }
}
