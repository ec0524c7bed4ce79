package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputsTest {

    private final Outputs outputs = new Outputs();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`10 %\r50 %\r100 %`, `100 %`",
                "`a\nlong line\rshort\nb`, `a\nshort\nb`",
                "`windows\r\nends\r\n`, `windows\nends\n`",
                "`twice\r\r\nend`, `twice\nend`",
                "`kept at the end\r`, `kept at the end`",
                "`é…π\ré🙂`, `é🙂`"
            })
    void aLinePrintedOverKeepsItsLastText(String printed, String shown) {
        outputs.printer("stdout").print(printed);
        assertEquals(shown, Cell.text(outputs.json().path(0).path("text")));
        assertEquals(1, outputs.json().size());
    }

    @Test
    void piecesOfOneStreamBecomeOneOutputAndTheOrderStays() {
        PrintStream out = outputs.printer("stdout");
        PrintStream err = outputs.printer("stderr");
        out.print("a");
        out.println("b");
        err.print("c");
        out.print("d");
        assertEquals(3, outputs.json().size());
        assertEquals("ab\n", Cell.text(outputs.json().path(0).path("text")));
        assertEquals("stderr", outputs.json().path(1).path("name").asText());
        assertEquals("d", Cell.text(outputs.json().path(2).path("text")));
    }

    @Test
    void endlessPrintingIsCut() {
        PrintStream out = outputs.printer("stdout");
        for (int i = 0; i < 3_000; i++) {
            out.print("x".repeat(1_000));
        }
        String text = Cell.text(outputs.json().path(0).path("text"));
        assertTrue(text.length() < 1_100_000 && text.contains("left out"));
    }

    @Test
    void linesKeepTheirEnds() {
        assertEquals("[\"a\\n\",\"\\n\",\"b\"]", Outputs.lines("a\n\nb").toString());
        assertEquals("[]", Outputs.lines("").toString());
    }
}
