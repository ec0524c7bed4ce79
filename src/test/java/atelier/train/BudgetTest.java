package atelier.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private final String before = System.getProperty("atelier.quick");

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty("atelier.quick");
        } else {
            System.setProperty("atelier.quick", before);
        }
    }

    @Test
    void quickIsAtMostOneEpochAndAThousandImages() {
        System.setProperty("atelier.quick", "true");
        assertTrue(Budget.quick());
        assertEquals(1, Budget.epochs(5));
        assertEquals(1_000, Budget.images(60_000));
        assertEquals(200, Budget.images(200));
        assertEquals(7, Budget.of(100, 7));
    }

    @Test
    void otherwiseEveryCallGivesBackWhatItWasAskedFor() {
        System.setProperty("atelier.quick", "false");
        assertEquals(System.getenv("ATELIER_QUICK") == null ? 5 : Budget.epochs(5), Budget.epochs(5));
        assertEquals(Budget.quick() ? 1_000 : 60_000, Budget.images(60_000));
    }
}
