package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedTestsTest {

    @TempDir
    private Path reports;

    @Test
    void countsReasonsOverAllReports() throws IOException {
        report(
                "A",
                "<testcase name=\"a\"/><testcase name=\"b\"><skipped message=\"Assumption failed: no &quot;x&quot;\"/></testcase>");
        report(
                "B",
                "<testcase name=\"c\"><skipped type=\"a.B\"><![CDATA[a.B: Assumption failed: no \"x\"\n\tat c.D]]></skipped></testcase><testcase name=\"d\"><skipped/></testcase>");
        assertEquals("""
                Tests: 4, of which skipped: 3
                  2 × no "x"
                  1 × no reason given""", SkippedTests.of(reports).toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void saysThatNothingWasSkipped() throws IOException {
        report("A", "<testcase name=\"a\"/>");
        assertEquals("Tests: 1 run, none skipped.", SkippedTests.of(reports).toString());
    }

    @Test
    void forgetsEarlierRuns() throws IOException {
        report("A", "<testcase name=\"a\"/>");
        SkippedTests.forget(reports);
        assertEquals(0, SkippedTests.of(reports).tests());
    }

    private void report(String name, String cases) throws IOException {
        Files.writeString(reports.resolve("TEST-" + name + ".xml"), "<testsuite>" + cases + "</testsuite>");
    }
}
