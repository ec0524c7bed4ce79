package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {

    private final Engine engine = Engine.start();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theLastExpressionIsTheValue() throws CellException {
        assertEquals(42, engine.eval("int a = 40;\nint b = 2;\na + b"));
        assertEquals(40, engine.eval("a // a remark\n\n"));
        assertEquals(7, engine.eval("int twice(int n) {\n    return 2 * n;\n}\n\ntwice(3) + 1"));
        assertEquals("[1]", engine.eval("new ArrayList<>(List.of(1))").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int x = 3;",
                "System.out.flush();",
                "",
                "// nothing",
                "String s = null;\ns",
                "class A {}",
                "5; int y = 1;"
            })
    void aDeclarationAStatementOrNullHasNoValue(String cell) throws CellException {
        assertNull(engine.eval(cell));
    }

    @Test
    void aClassOfManyLinesAndAnImportLastFromCellToCell() throws CellException {
        engine.eval("import java.util.function.*;\nimport atelier.tensor.Tensor;");
        engine.eval(
                "/** Adds. */\nclass Adder {\n\n    final int by;\n\n    Adder(int by) {\n        this.by = by;\n    }\n\n"
                        + "    int to(int n) {\n        return n + by;\n    }\n}\nrecord Pair(int a, int b) {}");
        assertEquals(5, engine.eval("IntUnaryOperator f = new Adder(2)::to;\nf.applyAsInt(new Pair(3, 4).a())"));
        assertEquals(12, engine.eval("Tensor.zeros(3, 4).data().length"));
    }

    @Test
    void aThrownExceptionNamesTheLineOfTheCell() throws CellException {
        engine.eval("int half(int n) {\n    return n / (n - n);\n}");
        CellException e = assertThrows(CellException.class, () -> engine.eval("int n = 1;\n\nint m = half(n);\nm"));
        assertEquals("ArithmeticException", e.name());
        assertEquals("/ by zero", e.getMessage());
        assertEquals(
                java.util.List.of(
                        "ArithmeticException: / by zero",
                        "  in cell 1, line 2:  return n / (n - n);",
                        "  in cell 2, line 3:  int m = half(n);"),
                e.traceback());
    }

    @Test
    void aCauseIsToldAndTheInternalsAreNot() {
        CellException e = assertThrows(
                CellException.class,
                () -> engine.eval("throw new IllegalStateException(\"outer\", new IOException(\"inner\"));"));
        assertTrue(
                e.traceback().contains("Caused by IOException: inner"),
                e.traceback().toString());
        assertTrue(e.traceback().size() <= 4, e.traceback().toString());
    }

    @Test
    void anErrorInsideTheKitNamesItsLineAndTheCells() {
        CellException e = assertThrows(
                CellException.class, () -> engine.eval("import atelier.tensor.Tensor;\nTensor.of(new float[3], 2, 2)"));
        assertEquals("ShapeException", e.name());
        String all = String.join("\n", e.traceback());
        assertTrue(all.contains("at atelier.tensor.Tensor.of (Tensor.java:"), all);
        assertTrue(all.contains("in cell 1, line 2:  Tensor.of(new float[3], 2, 2)"), all);
    }

    @Test
    void aCompileErrorNamesTheLineOfTheCell() {
        CellException e = assertThrows(CellException.class, () -> engine.eval("int a = 1;\nint b = a +\n    unknown;"));
        assertEquals("CompileError", e.name());
        assertTrue(e.getMessage().contains("cannot find symbol"), e.getMessage());
        assertEquals("  in cell 1, line 3:  unknown;", e.traceback().get(1));
    }

    @Test
    void anUnfinishedCellIsToldSo() {
        CellException e = assertThrows(CellException.class, () -> engine.eval("int a = 1;\nfor (;;) {"));
        assertTrue(e.getMessage().contains("middle of a statement"), e.getMessage());
        assertEquals("  in cell 1, line 2:  for (;;) {", e.traceback().get(1));
    }

    @Test
    void theEngineGoesOnAfterAnError() throws CellException {
        assertThrows(CellException.class, () -> engine.eval("int z = 1 / 0;"));
        assertEquals(3, engine.eval("1 + 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(60_000);",
                "while (!Thread.interrupted()) {}\nthrow new InterruptedException();",
                "while (true) {}",
                "long n = 0; do { n++; } while (n >= 0); n",
                "void spin() { for (int i = 0; ; i++) {} }\nspin();",
                "class Spinner { Spinner() { while (true) {} } }\nnew Spinner();",
                "while (true) { try { Thread.sleep(1); } catch (Exception e) {} }",
                "java.util.stream.Stream.iterate(1, i -> i + 1).filter(i -> i < 0).findFirst()",
                "java.util.stream.IntStream.range(0, 8).parallel().forEach(i -> { while (true) {} });",
                "int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nfib(90)",
                "Thread.sleep(60_000);\nSystem.exit(3);"
            })
    void anInterruptEndsTheCellWithinTwoSecondsAndTheNextOneRuns(String cell) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int round = 0; round < 2; round++) {
                interruptAfter(300);
                long start = System.nanoTime();
                CellException e = assertThrows(CellException.class, () -> engine.eval(cell));
                assertEquals("Interrupted", e.name(), () -> e.traceback().toString());
                assertTrue(System.nanoTime() - start < 2_300_000_000L);
                assertEquals(5, engine.eval("2 + 3"));
            }
        });
    }

    @Test
    void codeThatStopsInItsOwnWayKeepsItsValue() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            interruptAfter(300);
            engine.eval("int steps = 0;\nwhile (!Thread.interrupted()) steps++;");
            assertTrue((int) engine.eval("steps") != 0);
        });
    }

    private void interruptAfter(long millis) {
        Timer timer = new Timer("interrupt", true); // not a shared pool, which the cell may keep busy
        TimerTask interrupt = new TimerTask() {
            @Override
            public void run() {
                engine.interrupt();
                timer.cancel();
            }
        };
        timer.schedule(interrupt, millis);
    }
}
