package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.layer.Parameter;
import atelier.model.ConvNet;
import atelier.tensor.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class CostTest {

    private static Table convNet() {
        return Cost.table(
                1,
                28,
                28,
                Stage.convolution(16, 5),
                Stage.pooling(2, 2),
                Stage.convolution(32, 5),
                Stage.pooling(2, 2),
                Stage.dense(128),
                Stage.dense(10));
    }

    @Test
    void outputSizesFollowC4() {
        assertEquals(
                List.of("16×24×24", "16×12×12", "32×8×8", "32×4×4", "128", "10"),
                convNet().stringColumn("output").asList());
        Table table = Cost.table(3, 11, 9, Stage.convolution(4, 3, 2, 1, 2));
        assertEquals("4×5×4", table.stringColumn("output").get(0));
    }

    @Test
    void m5_receptiveFieldsFollowTheFormula() {
        Table table = convNet();
        assertArrayEquals(
                new int[] {5, 6, 14, 16},
                table.first(4).intColumn("receptive_field").asIntArray());
        assertTrue(table.intColumn("receptive_field").isMissing(4), "a dense stage sees everything");
        Table dilated = Cost.table(1, 28, 28, Stage.convolution(4, 3, 2, 0, 1), Stage.convolution(4, 3, 1, 0, 2));
        assertArrayEquals(
                new int[] {3, 11}, dilated.intColumn("receptive_field").asIntArray());
    }

    @Test
    void m6_parametersAreThoseOfTheNetwork() {
        int counted = 0;
        for (Parameter parameter : new ConvNet(RandomStream.seed(1)).parameters()) {
            counted += parameter.value().length();
        }
        assertEquals(counted, convNet().longColumn("parameters").sum());
        assertEquals(416, convNet().longColumn("parameters").get(0));
    }

    @Test
    void m7_flopsAreWorkedOutByHand() {
        assertEquals(2L * 16 * 24 * 24 * 25, convNet().longColumn("flops").get(0));
        assertEquals(16L * 12 * 12 * 4, convNet().longColumn("flops").get(1));
        assertEquals(2L * 32 * 8 * 8 * 16 * 25, convNet().longColumn("flops").get(2));
        assertEquals(2L * 512 * 128, convNet().longColumn("flops").get(4));
    }

    @Test
    void impossibleStagesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Cost.table(1, 4, 4, Stage.convolution(1, 5)));
        assertThrows(IllegalArgumentException.class, () -> Stage.convolution(0, 5));
        assertThrows(IllegalArgumentException.class, () -> Stage.pooling(2, 0));
        assertThrows(IllegalArgumentException.class, () -> Stage.dense(-1));
    }
}
