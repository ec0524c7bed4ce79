package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CheckupTest {

    private static final Checkup EMPTY = new Checkup(List.of());

    @Test
    void theMachineThatRunsTheTestsHasAJdkAndDrawsPictures() {
        Checkup machine = Checkup.ofMachine();
        assertEquals(
                List.of("JDK", "memory", "vectors", "threads", "pictures"),
                machine.items().stream().map(Checkup.Item::name).toList());
        assertTrue(machine.items().get(0).good(), machine.toString());
        assertTrue(machine.items().get(4).good(), machine.toString());
    }

    @Test
    void whatIsGoodNeedsNoRemedyAndWhatIsNotSaysOne() {
        Checkup checkup =
                EMPTY.with("data", true, "here", "Fetch it.").with("DL4J", false, "no library", "Build again.");
        assertFalse(checkup.passes());
        assertTrue(EMPTY.with("data", true, "here", "Fetch it.").passes());
        assertEquals("""
                ✓ good   data               here
                ✗ wrong  DL4J               no library  Build again.
                """, checkup.toString());
        assertFalse(checkup.html().html().contains("Fetch it."));
        assertTrue(checkup.html().html().contains("Build again."));
        assertEquals(checkup.toString(), checkup.html().text());
    }

    @Test
    void workThatFailsIsALineOfTheListAndNoException() {
        Checkup checkup = EMPTY.with("well", () -> "4 threads", "Rest.")
                .with(
                        "broken",
                        () -> {
                            throw new java.io.IOException("disk full");
                        },
                        "Make room.")
                .with(
                        "missing",
                        () -> {
                            throw new NoClassDefFoundError("Nd4j");
                        },
                        "Build again.");
        assertEquals(
                List.of("4 threads", "disk full", "Nd4j"),
                checkup.items().stream().map(Checkup.Item::found).toList());
        assertEquals(
                List.of(true, false, false),
                checkup.items().stream().map(Checkup.Item::good).toList());
    }

    @Test
    void whatWasFoundIsShownAsTextAndNothingRuns() {
        Checkup checkup = EMPTY.with("<script>", false, "<b>", "&");
        assertFalse(checkup.html().html().contains("<script"));
        assertFalse(checkup.html().html().contains("<b>"));
    }
}
