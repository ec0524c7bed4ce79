package atelier.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Convolution;
import atelier.definition.SoftmaxCrossEntropy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CheckTest {

    private static final double[][] BY_HAND = {{-1, 4}, {3, 0}};

    @Test
    void aRightAnswerPasses() {
        Check.that("by-hand", in -> BY_HAND);
    }

    @Test
    void aBlankIsCalledABlank() {
        assertTells("by-hand", in -> Todo.here(), "✗ by-hand: not done yet. Replace \"return Todo.here();\" in byHand");
    }

    @Test
    void anExceptionIsNamedWithItsCase() {
        assertTells(
                "slide",
                in -> new int[1][in.<double[][]>at(0).length][5],
                "✗ slide, case 1 of 5, x [[",
                "Expected an array of shape [2, 2] but got int[][][], whose numbers are no double.");
        assertTells("slide", in -> 1 / (in.count() - 2), "It threw ArithmeticException: / by zero.");
    }

    @Test
    void nothingARaggedArrayAndAnEmptyOneAreToldApart() {
        assertTells("by-hand", in -> null, "Expected an array of shape [2, 2] but got null");
        assertTells("by-hand", in -> new double[][] {{1, 2}, {3}}, "an array whose rows differ in length");
        assertTells("by-hand", in -> new double[0][0], "an array whose rows differ in length, or are missing");
        assertTells("by-hand", in -> new double[2][3], "but got an array of shape [2, 3]");
    }

    @Test
    void notANumberIsNeverRight() {
        assertTells(
                "by-hand",
                in -> new double[][] {{-1, Double.NaN}, {3, 0}},
                "At [0][1]: expected 4 but got NaN (1 of 4");
        assertTells("by-hand", in -> new double[][] {{-1, Double.POSITIVE_INFINITY}, {3, 0}}, "but got Infinity");
    }

    /** A usual mistake gives infinity in one case and is right in the others; clipping it is another mistake. */
    @Test
    void aFiniteNumberIsNotTakenForAnInfiniteMistake() {
        Answer clipped = in -> Math.min(SoftmaxCrossEntropy.loss(in.at(0), in.at(1)), 20);
        String message = assertThrows(CheckException.class, () -> Check.that("cross-entropy", clipped))
                .getMessage();
        assertFalse(message.contains("Hint"), message);
    }

    @Test
    void anExceptionLeadsToTheStudentsLineAndAnIndexGetsAHint() {
        CheckException told =
                assertThrows(CheckException.class, () -> Check.that("slide", in -> in.<double[][]>at(0)[99]));
        assertTrue(told.getMessage().contains("It threw ArrayIndexOutOfBoundsException: Index 99"), told.getMessage());
        assertTrue(told.getMessage().contains("Hint: An index has left its array"), told.getMessage());
        assertTrue(told.getCause() instanceof ArrayIndexOutOfBoundsException, told.toString());
        assertEquals(0, told.getStackTrace().length, "the checker's own frames lead nowhere");
    }

    @Test
    void theFirstWrongNumberIsNamed() {
        assertTells(
                "by-hand",
                in -> new double[][] {{-1, 4}, {3, 0.001}},
                "At [1][1]: expected 0 but got 0.00100000 (1 of 4");
    }

    @Test
    void aCommonFactorIsSeen() {
        assertTells(
                "slide",
                in -> {
                    double[][] y = right(in);
                    Arrays.stream(y).forEach(row -> Arrays.setAll(row, j -> 3 * row[j]));
                    return y;
                },
                "Hint: All your numbers are 3.0 times the right ones");
        assertTells("slide", in -> new double[2][2], "Hint: All your numbers are 0.");
    }

    @Test
    void aFiniteAnswerIsNotTakenForAMistakeThatOverflows() {
        String message = assertThrows(
                        CheckException.class,
                        () -> Check.that("cross-entropy", in -> {
                            double loss = SoftmaxCrossEntropy.loss(in.at(0), in.at(1));
                            return loss > 100 ? 2.5 : loss;
                        }))
                .getMessage();
        assertTrue(message.endsWith("but got 2.50000."), message);
    }

    @Test
    void anOverflowIsRecognisedBesideNumbersThatAreRoundedOtherwise() {
        assertTells(
                "gan-losses",
                in -> {
                    double[] losses = {0, 0};
                    for (double d : in.<double[]>at(0)) {
                        losses[0] += Math.log1p(Math.exp(-d)) / in.<double[]>at(0).length;
                    }
                    for (double d : in.<double[]>at(1)) {
                        losses[0] += Math.log1p(Math.exp(d)) / in.<double[]>at(1).length;
                        losses[1] += Math.log1p(Math.exp(-d)) / in.<double[]>at(1).length;
                    }
                    return losses;
                },
                "but got Infinity",
                "Hint: exp(800) is more than a double holds.");
    }

    @Test
    void anAnswerThatOverwritesItsInputsHarmsNobody() {
        Check.that("slide", in -> {
            double[][] y = right(in);
            double[][] x = in.at(0);
            x[0][0] = 99;
            return y;
        });
    }

    @Test
    void anUnknownTaskIsNamedWithThoseThatThereAre() {
        String message = assertThrows(IllegalArgumentException.class, () -> Check.that("slied", in -> 1))
                .getMessage();
        assertTrue(message.startsWith("Check: expected one of by-hand, output-size, slide"), message);
    }

    @Test
    void theMethodAndItsParametersAreReadFromTheSignature() {
        Task task = Exercises.task("conv-forward");
        assertEquals("convForward", task.method());
        assertEquals("[x, w, b, stride, padding]", task.parameters().toString());
        assertEquals("[]", Exercises.task("by-hand").parameters().toString());
    }

    private static double[][] right(Inputs in) {
        return Convolution.forward(
                new double[][][][] {{in.at(0)}}, new double[][][][] {{in.at(1)}}, new double[1], 1, 0, 1)[0][0];
    }

    private static void assertTells(String id, Answer answer, String... parts) {
        String message =
                assertThrows(CheckException.class, () -> Check.that(id, answer)).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
