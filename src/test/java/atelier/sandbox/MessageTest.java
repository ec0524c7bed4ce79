package atelier.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.sandbox.Message.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void everyTypeComesOutAsItWentIn() {
        List<Object> values = Arrays.asList(
                null,
                -7,
                Double.NaN,
                new int[] {1, -2},
                new double[] {1.5},
                new double[][] {{1}, {2, 3}},
                new double[2][0][],
                new double[][][][] {{{{1, 2}}}});
        Message message = through(new Message(Verb.RESULT, "täxt", values, 42));
        assertEquals("täxt", message.text());
        assertEquals(42, message.number());
        assertArrayEquals(values.toArray(), message.values().toArray());
    }

    @Test
    void whatIsNoNumberLeavesItsNameOnly() {
        assertEquals(new Values.Other("int[][]"), value(new int[2][2]));
        assertEquals(new Values.Other("ArrayList"), value(new java.util.ArrayList<>()));
        assertEquals(new Values.Other("double[][][][][]"), value(new double[1][1][1][1][1]));
        assertEquals(new Values.Other("Float"), value(1f));
    }

    @Test
    void aMissingRowBecomesAnEmptyOne() {
        assertArrayEquals(new double[][] {{}, {1}}, (double[][]) value(new double[][] {null, {1}}));
    }

    @Test
    void aFrameThatIsCutAnywhereIsRefused() {
        byte[] frame = frame(new Message(Verb.CALL, "text", List.of(3, new double[][] {{1, 2}, {3}}), 7));
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThrows(IllegalArgumentException.class, () -> Message.of(cut), "cut at " + length);
        }
        assertThrows(IllegalArgumentException.class, () -> Message.of(Arrays.copyOf(frame, frame.length + 1)));
    }

    @Test
    void noLengthIsBelievedThatTheBytesDoNotHold() {
        byte[] frame = frame(new Message(Verb.RESULT, "", List.of(new double[] {1}), 7));
        frame[7] = 127; // the length of the array, its first byte
        assertThrows(IllegalArgumentException.class, () -> Message.of(frame));
    }

    @Test
    void rubbishIsRefusedOrReadAndDoesNothingElse() {
        Random random = new Random(1);
        byte[] sound = frame(new Message(Verb.RESULT, "x", List.of(new double[][] {{1, 2}}, 5), 7));
        for (int i = 0; i < 20_000; i++) {
            byte[] rubbish = sound.clone();
            for (int k = 0; k < 1 + random.nextInt(4); k++) {
                rubbish[random.nextInt(rubbish.length)] = (byte) random.nextInt();
            }
            try {
                assertInstanceOf(Verb.class, Message.of(rubbish).verb());
            } catch (IllegalArgumentException refused) {
                assertInstanceOf(String.class, refused.getMessage());
            }
        }
    }

    private static Object value(Object value) {
        return through(new Message(Verb.RESULT, "", Arrays.asList(new Object[] {value}), 0))
                .values()
                .get(0);
    }

    private static Message through(Message message) {
        return Message.of(frame(message));
    }

    private static byte[] frame(Message message) {
        byte[] bytes = message.bytes();
        return Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    }
}
