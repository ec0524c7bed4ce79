package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeSumTest {

    /** By hand: 1 + 2⁻²⁴ is 1 in a float, so the order shows. */
    @Test
    void n3_sevenPiecesAreAddedInPairs() {
        float small = 0x1p-24f;
        float[] g = {1, small, small, small, small, small, small};
        TreeSum sum = new TreeSum(7);
        for (int piece = 6; piece >= 0; piece--) {
            sum.add(piece, part(g[piece]));
        }
        float expected = ((g[0] + g[1]) + (g[2] + g[3])) + ((g[4] + g[5]) + g[6]);
        float fromTheLeft = g[0] + g[1] + g[2] + g[3] + g[4] + g[5] + g[6];
        assertEquals(expected, sum.total().gradients[0]);
        assertTrue(expected != fromTheLeft, "the order must show");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 16, 23, 64, 235})
    void anyOrderAndAnyTeamsGiveTheSameBits(int pieces) throws IOException, ClassNotFoundException {
        float[] g = new float[pieces];
        RandomStream.seed(pieces).fillNormal(g, 0, pieces, 1);
        TreeSum inOrder = new TreeSum(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            inOrder.add(piece, part(g[piece]));
        }
        Random chance = new Random(pieces);
        for (int attempt = 0; attempt < 20; attempt++) {
            List<TreeSum> teams = new ArrayList<>();
            for (int team = 0; team <= chance.nextInt(5); team++) {
                teams.add(new TreeSum(pieces));
            }
            List<Integer> order = new ArrayList<>();
            for (int piece = 0; piece < pieces; piece++) {
                order.add(piece);
            }
            Collections.shuffle(order, chance);
            for (int piece : order) {
                teams.get(chance.nextInt(teams.size())).add(piece, part(g[piece]));
            }
            TreeSum all = new TreeSum(pieces);
            for (TreeSum team : teams) {
                all = chance.nextBoolean() ? all.merge(sent(team)) : sent(team).merge(all);
            }
            assertArrayEquals(inOrder.total().gradients, all.total().gradients, 0f);
            assertEquals(inOrder.total().loss, all.total().loss);
            assertArrayEquals(new long[] {(long) (1000 * g[0])}, all.total().positions);
        }
    }

    @Test
    void theFaultOfTheFirstPieceIsTold() {
        TreeSum sum = new TreeSum(3);
        TreeSum.Part third = part(1);
        third.fault = "third";
        TreeSum.Part second = part(1);
        second.fault = "second";
        sum.add(2, third);
        sum.add(0, part(1));
        sum.add(1, second);
        assertEquals("second", sum.total().fault);
    }

    @Test
    void aMissingPieceAndOneThatIsNoneAreRefused() {
        TreeSum sum = new TreeSum(3);
        sum.add(0, part(1));
        sum.add(2, part(1));
        assertEquals(
                "TreeSum.total: expected all 3 pieces but some are missing. Add each of them once.",
                assertThrows(IllegalStateException.class, sum::total).getMessage());
        assertThrows(IllegalArgumentException.class, () -> sum.add(3, part(1)));
        assertThrows(IllegalArgumentException.class, () -> new TreeSum(0));
        sum.clear();
        for (int piece = 0; piece < 3; piece++) {
            sum.add(piece, part(1));
        }
        assertEquals(3f, sum.total().gradients[0]);
    }

    private static TreeSum.Part part(float gradient) {
        TreeSum.Part part = new TreeSum.Part(1);
        part.gradients[0] = gradient;
        part.loss = gradient / 3.0;
        part.positions = new long[] {(long) (1000 * gradient)};
        return part;
    }

    /** As it comes out of another machine's hands. */
    private static TreeSum sent(TreeSum sum) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sum);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (TreeSum) in.readObject();
        }
    }
}
