package atelier.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aLogGetsALineAnEpochAndNoControlCharacters() {
        new Training(TinyModel.learner(), TinyModel.DATA, TinyModel.settings())
                .progress(new ProgressLines(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .run();
        assertEquals(3, lines().size());
        for (int epoch = 1; epoch <= 3; epoch++) {
            assertTrue(
                    lines().get(epoch - 1)
                            .matches("epoch " + epoch + "/3  train_loss \\d\\.\\d{4}  test_loss \\d\\.\\d{4}"
                                    + "  test_accuracy \\d\\.\\d{4}  [\\d,]+ images/s  \\d+\\.\\d s"),
                    lines().get(epoch - 1));
        }
        assertTrue(bytes.toString(StandardCharsets.UTF_8).matches("[\\x20-\\x7E\\r\\n]*"));
    }

    @Test
    void aLongEpochTellsSpeedLossAndTimeLeft() {
        long[] clock = {0};
        Progress progress = new ProgressLines(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> clock[0] * 1_000_000_000L);
        for (int second = 0; second <= 20; second++) {
            clock[0] = second;
            progress.batch(1, 2, 64 + 1000L * second, 100_064, 0.125);
        }
        assertEquals(4, lines().size(), "one every five seconds");
        assertEquals("epoch 1/2   5 %  loss 0.1250  1,000 images/s  95 s left", lines().get(0));
        assertEquals("epoch 1/2  20 %  loss 0.1250  1,000 images/s  80 s left", lines().get(3));
    }

    @Test
    void aTerminalGetsOneLineThatRedrawsAndALineAnEpoch() {
        Progress progress = new ProgressBarInTerminal(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        for (int image = 1; image <= 100; image++) {
            progress.batch(1, 1, image, 100, 0.5);
        }
        progress.epoch(new History.Epoch(1, 0.5, 0.1, Map.of("test_loss", 0.25), 2, 50), 1);
        progress.close();
        String text = bytes.toString(StandardCharsets.UTF_8);
        List<String> lasting = text.lines().filter(line -> !line.isBlank()).toList();
        assertTrue(text.contains("\repoch 1/1  train_loss 0.5000  test_loss 0.2500  50 images/s  2.0 s"), text);
        assertTrue(text.contains("100/100"), text);
        assertTrue(text.contains("loss 0.5000"), text);
        for (String line : text.split("[\\r\\n]+")) {
            assertTrue(line.length() <= 79, "wider than a terminal: " + line);
        }
        assertTrue(lasting.size() >= 1);
    }
}
