package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModesTest {

    private static final int[] EVEN = IntStream.range(0, 1000).map(i -> i % 10).toArray();

    @Test
    void e5_coverageAndDivergenceAreWorkedOutByHand() {
        int[] digits = {3, 3, 3, 8}; // ¾ and ¼ where a tenth is expected
        Modes modes = Modes.of(digits, EVEN);
        assertEquals(2, modes.covered());
        assertEquals(0.75 * Math.log(7.5) + 0.25 * Math.log(2.5), modes.divergence(), 1e-12);
        assertEquals(0.75, modes.share()[3]);
        assertEquals(0.1, modes.prior()[3]);
    }

    @Test
    void e5_aDigitIsCoveredFromOneHundredthOn() {
        int[] digits = new int[1000];
        Arrays.fill(digits, 0, 10, 1);
        Arrays.fill(digits, 10, 19, 2);
        assertEquals(2, Modes.of(digits, EVEN).covered(), "ten ones are enough, nine twos are not");
    }

    @Test
    void e5_isZeroForEqualSharesLogTenForOneDigitAndInfiniteForAnUnknownOne() {
        assertEquals(0, Modes.of(EVEN, EVEN).divergence());
        assertEquals(10, Modes.of(EVEN, EVEN).covered());
        assertEquals(Math.log(10), Modes.of(new int[7], EVEN).divergence(), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, Modes.of(EVEN, new int[] {1, 2}).divergence());
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(IllegalArgumentException.class, () -> Modes.of(new int[0], EVEN));
        assertThrows(IllegalArgumentException.class, () -> Modes.of(EVEN, new int[0]));
    }
}
