package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class HtmlTest {

    private static final String ATTACK = "<script>alert('x')</script> & \"quoted\"";

    @Test
    void anythingCanBeShownAsTextAndNothingRuns() {
        assertEquals("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;", Html.escape(ATTACK));
        Html table = Tables.of(List.of(ATTACK, "n"), List.of(ATTACK, 1));
        assertFalse(table.html().contains("<script"), table.html());
        assertTrue(table.html().contains(Html.escape(ATTACK)));
        assertTrue(table.text().contains(ATTACK), "the text is no HTML");
        Table named = Table.create(ATTACK, StringColumn.create(ATTACK, ATTACK));
        assertFalse(Tables.html(named).html().contains("<script"));
    }

    @Test
    void aTableReadsWellAsText() {
        Html table = Tables.of(List.of("layer", "parameters"), List.of("conv", 416), List.of("dense 128", 65664));
        assertEquals("""
                layer      parameters
                ─────────  ──────────
                conv              416
                dense 128      65,664
                """, table.toString());
    }

    @Test
    void numbersStandRightAndWordsLeft() {
        String html = Tables.of(List.of("word", "number"), List.of("a", 1.5)).html();
        assertTrue(html.contains("text-align:left\">a<"), html);
        assertTrue(html.contains("text-align:right\">1.5<"), html);
    }

    @Test
    void aTablesawTableKeepsItsColumnsAndMissingCells() {
        DoubleColumn loss = DoubleColumn.create("loss", 0.123456, 2e-7);
        loss.appendMissing();
        Table table = Table.create("t", IntColumn.create("epoch", 1, 2, 3), loss);
        assertEquals("""
                epoch    loss
                ─────  ──────
                    1  0.1235
                    2  2·10⁻⁷
                    3
                """, Tables.html(table).text());
    }

    @Test
    void aLongTableIsCutAndSaysSo() {
        Html table = Tables.html(Table.create("t", IntColumn.indexColumn("i", 1000, 0)));
        assertTrue(table.text().endsWith("… and 800 more rows"), table.text());
        assertTrue(table.html().contains("… and 800 more rows"));
    }

    @Test
    void anEmptyTableHasItsHead() {
        assertTrue(
                Tables.html(Table.create("t", IntColumn.create("epoch"))).text().startsWith("epoch"));
        assertTrue(Tables.of(List.of("a", "b")).html().contains("<th"));
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tables.of(List.of("a", "b"), List.of(1)));
    }
}
