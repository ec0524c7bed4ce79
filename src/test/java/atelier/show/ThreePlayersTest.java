package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThreePlayersTest {

    private static final int ORANGE = Palette.series(1).getRGB();
    private static final int RED = Palette.CLASSES[3].getRGB();

    /** The first column, in pixels of the page, in which a gradient is drawn. */
    private static int reaches(Picture step) {
        return IntStream.range(0, step.getWidth())
                        .filter(x -> IntStream.range(0, step.getHeight()).anyMatch(y -> step.getRGB(x, y) == ORANGE))
                        .findFirst()
                        .orElseThrow()
                / 2;
    }

    private static long count(Picture step, int rgb) {
        return IntStream.range(0, step.getWidth() * step.getHeight())
                .filter(i -> step.getRGB(i % step.getWidth(), i / step.getWidth()) == rgb)
                .count();
    }

    @Test
    void theGradientOfEachStepEndsInWhomItMoves() {
        assertTrue(reaches(ThreePlayers.discriminatorStep()) > 446, "right of the left edge of x̃");
        int decoder = reaches(ThreePlayers.decoderStep());
        assertTrue(decoder > 276 && decoder < 306, "between z and the decoder, but at " + decoder);
        assertEquals(198, reaches(ThreePlayers.encoderStep()), 3, "the right edge of the encoder");
    }

    @Test
    void normsAreWrittenAndTold() {
        assertFalse(ThreePlayers.encoderStep().alt().contains("Norm"));
        Picture step = ThreePlayers.encoderStep(1.25, 0, 0);
        assertTrue(
                step.alt()
                        .endsWith("is added. Norm of the gradient of E's parameters: 1.25. Norm of the gradient of G's "
                                + "parameters: 0. Norm of the gradient of D's parameters: 0."),
                step.alt());
        assertTrue(count(step, ORANGE) > count(ThreePlayers.encoderStep(), ORANGE) + 50);
    }

    @Test
    void aLeakIsCalledOne() {
        assertEquals(0, count(ThreePlayers.decoderStep(0, 1, 0), RED));
        assertTrue(count(ThreePlayers.decoderStep(0.1, 1, 0), RED) > 50);
        assertTrue(count(ThreePlayers.discriminatorStep(0, 0.1, 1), RED) > 50);
        assertTrue(count(ThreePlayers.encoderStep(1, 0, 0.1), RED) > 50);
    }
}
