package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointFormatTest {

    private static final Map<String, Double> METRICS = new LinkedHashMap<>();

    static {
        METRICS.put("test_loss", 0.25);
        METRICS.put("test_accuracy", 0.75);
    }

    private static final Checkpoint SMALL = new Checkpoint(
            Map.of("model", "tiny", "naïve", "ü"),
            new Position(2, 31, Math.PI),
            List.of(
                    new Checkpoint.Numbers("w", new int[] {2, 3}, new float[] {1, -2, 3.5f, Float.MIN_VALUE, -0f, 6}),
                    new Checkpoint.Numbers("b", new int[] {0}, new float[0])),
            List.of(new Checkpoint.Numbers("mean", new int[] {1}, new float[] {9})),
            List.of(new Checkpoint.OptimizerState(
                    77, List.of(new Checkpoint.Numbers("m", new int[] {2}, new float[] {4, 5})))),
            List.of(123L, -1L),
            List.of(new History.Epoch(1, 0.5, 0.01, METRICS, 0, 0), new History.Epoch(2, 0.25, 0.005, METRICS, 0, 0)));

    private static final byte[] BYTES = CheckpointWriter.bytes(SMALL);

    @Test
    void whatIsWrittenIsRead() {
        Checkpoint read = CheckpointReader.checkpoint(BYTES);
        assertEquals(SMALL.identity(), read.identity());
        assertEquals(SMALL.position(), read.position());
        assertEquals(SMALL.randomness(), read.randomness());
        assertEquals(SMALL.epochs(), read.epochs());
        assertEquals(
                List.copyOf(METRICS.keySet()),
                List.copyOf(read.epochs().get(0).metrics().keySet()));
        assertEquals("w", read.parameters().get(0).name());
        assertArrayEquals(new int[] {2, 3}, read.parameters().get(0).shape());
        assertArrayEquals(
                SMALL.parameters().get(0).values(), read.parameters().get(0).values());
        assertEquals(77, read.optimizers().get(0).steps());
        assertArrayEquals(BYTES, CheckpointWriter.bytes(read), "the same checkpoint has the same bytes");
    }

    @Test
    void aFileThatIsCutAnywhereIsRefused() {
        for (int length = 0; length < BYTES.length; length++) {
            byte[] cut = Arrays.copyOf(BYTES, length);
            assertEquals(
                    length == 0 ? "is empty" : "is cut off after " + length,
                    refusal(cut).replaceAll(" (of \\d+ )?bytes$", ""));
        }
    }

    @Test
    void everyFlippedBitIsNoticed() {
        for (int bit = 0; bit < BYTES.length * 8; bit++) {
            byte[] flipped = BYTES.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            refusal(flipped);
        }
    }

    @Test
    void tenThousandMutationsAreRefusedOrChangeNothing() {
        Random random = new Random(1);
        for (int round = 0; round < 10_000; round++) {
            byte[] mutant = mutate(random, BYTES.clone());
            if (!Arrays.equals(mutant, BYTES)) {
                refusal(mutant);
            }
        }
    }

    /** With a digest that fits, the fault itself must be met: no size may be believed. */
    @Test
    void tenThousandMutationsWithAFittingDigestAreRefusedOrReadWithoutHarm() throws Exception {
        Random random = new Random(2);
        int refused = 0;
        for (int round = 0; round < 10_000; round++) {
            byte[] mutant = signed(mutate(random, BYTES.clone()));
            try {
                CheckpointReader.checkpoint(mutant);
            } catch (CheckpointException fault) {
                refused++;
            }
        }
        assertTrue(refused > 1000, "mutations that were refused: " + refused);
    }

    @Test
    void aSizeThatTheFileCannotHoldIsRefusedBeforeMemoryIsTaken() throws Exception {
        byte[] huge = BYTES.clone();
        int name = indexOf(huge, new byte[] {0, 0, 0, 1, 'w', 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3});
        ByteBuffer.wrap(huge).putInt(name + 9, 0x7FFFFFF0).putInt(name + 13, 0x7FFFFFF0);
        assertEquals("has a tensor larger than itself", refusal(signed(huge)));
        ByteBuffer.wrap(huge).putInt(name + 9, -1);
        assertEquals("has a tensor of negative size", refusal(signed(huge)));
        ByteBuffer.wrap(huge).putInt(name + 5, Integer.MAX_VALUE);
        assertEquals("has a list longer than itself", refusal(signed(huge)));
    }

    @Test
    void aForeignFileIsCalledForeign() {
        assertEquals("is no checkpoint of Atelier", refusal("PK\3\4 a zip file".getBytes(StandardCharsets.UTF_8)));
        assertEquals("is no checkpoint of Atelier", refusal(new byte[4096]));
    }

    @Test
    void aNewerFormatIsCalledNewer() throws Exception {
        byte[] newer = BYTES.clone();
        newer[11] = 2;
        assertEquals("has format 2 and this Atelier reads format 1 and older", refusal(signed(newer)));
    }

    private static String refusal(byte[] file) {
        return assertThrows(CheckpointException.class, () -> CheckpointReader.checkpoint(file))
                .getMessage();
    }

    private static byte[] mutate(Random random, byte[] file) {
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(file.length);
            switch (random.nextInt(4)) {
                case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[at] = (byte) random.nextInt();
                case 2 -> file = Arrays.copyOf(file, 1 + random.nextInt(2 * file.length));
                default -> {
                    int from = random.nextInt(file.length);
                    int length = Math.min(1 + random.nextInt(16), file.length - Math.max(at, from));
                    System.arraycopy(file.clone(), from, file, at, length);
                }
            }
        }
        return file;
    }

    /** The same with its length and digest put right, when it is long enough to hold them. */
    private static byte[] signed(byte[] file) throws Exception {
        if (file.length < 60) {
            return file;
        }
        byte[] signed = file.clone();
        System.arraycopy(BYTES, 0, signed, 0, 8);
        ByteBuffer.wrap(signed).putLong(12, signed.length);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(signed, 0, signed.length - 32);
        System.arraycopy(sha.digest(), 0, signed, signed.length - 32, 32);
        return signed;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
    }
}
