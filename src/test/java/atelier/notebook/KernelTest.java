package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts real kernels, as Jupyter does, and talks Jupyter's protocol to them. More: {@code -Datelier.starts=100 -Datelier.interrupts=20}. */
@Tag("jupyter")
@Timeout(3600)
class KernelTest {

    @TempDir
    private static Path folder;

    private static Path spec;
    private static KernelClient kernel;

    @BeforeAll
    static void start() throws Exception {
        spec = KernelSpec.write(folder.resolve("a folder, schön")).resolve("kernels/java");
        kernel = new KernelClient(spec, folder, 60);
    }

    @AfterAll
    static void close() throws Exception {
        boolean ended = kernel.shutDown();
        kernel.close();
        assertTrue(ended, "the kernel ends when it is asked to");
    }

    @Test
    void aCellPrintsAndHasAValue() throws Exception {
        var outcome = kernel.run("System.out.println(\"größer: ∇ 😀\");\n6 * 7", 20);
        assertEquals("ok", outcome.status());
        assertEquals("größer: ∇ 😀\n", outcome.printed());
        assertEquals(List.of("42"), List.of(outcome.value()));
    }

    @Test
    void aCellSeesTheKitAndItsLibraries() throws Exception {
        var outcome = kernel.run("""
                import atelier.tensor.*;
                import tech.tablesaw.api.*;
                System.out.println(Tensor.zeros(2, 3).data().length + " " + IntColumn.create("n", 1, 2).size());""", 30);
        assertEquals("6 2\n", outcome.printed(), outcome.toString());
    }

    @Test
    void anImageIsAPicture() throws Exception {
        var outcome =
                kernel.run("new java.awt.image.BufferedImage(4, 4, java.awt.image.BufferedImage.TYPE_INT_RGB)", 20);
        assertTrue(outcome.mimeTypes().contains("image/png"), outcome.toString());
    }

    @Test
    void longOutputArrivesWhole() throws Exception {
        var outcome = kernel.run("for (int i = 0; i < 20_000; i++) System.out.println(\"äöü \" + i);", 60);
        assertEquals(20_000, outcome.printed().lines().count());
        assertTrue(outcome.printed().endsWith("äöü 19999\n"));
    }

    @Test
    void anErrorIsToldAndTheCellsSentWithItAreNotRun() throws Exception {
        var failing = kernel.start("int z = 0;\nThread.sleep(500);\n1 / z");
        var waiting = kernel.start("System.out.println(\"not run\");");
        var outcome = kernel.await(failing, 20);
        assertEquals("error", outcome.status());
        assertEquals("ArithmeticException", outcome.error());
        assertEquals("aborted", kernel.await(waiting, 20).status());
        assertEquals("run\n", kernel.run("System.out.println(\"run\");", 20).printed());
    }

    @Test
    void aCellThatMayFailDoesNotStopTheOthers() throws Exception {
        var failing = kernel.startLenient("Thread.sleep(500);\nint none = 1 / 0;");
        var waiting = kernel.start("System.out.println(\"run too\");");
        assertEquals("error", kernel.await(failing, 20).status());
        assertEquals("run too\n", kernel.await(waiting, 20).printed());
    }

    @Test
    void completesInspectsAndKnowsWhatIsUnfinished() throws Exception {
        JsonNode words = kernel.ask("complete_request", cursor("Math.sqr", 8)).path("matches");
        assertTrue(words.toString().contains("sqrt("), words.toString());
        JsonNode found = kernel.ask("inspect_request", cursor("Math.sqrt(2)", 7));
        assertTrue(found.path("found").asBoolean(), found.toString());
        assertEquals(
                "incomplete",
                kernel.ask("is_complete_request", cursor("int f() {", 0))
                        .path("status")
                        .asText());
        assertEquals(
                "complete",
                kernel.ask("is_complete_request", cursor("int f = 1;", 0))
                        .path("status")
                        .asText());
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode cursor(String code, int at) {
        return Message.object().put("code", code).put("cursor_pos", at);
    }

    @Test
    void everyStartAnswers() throws Exception {
        int starts = Integer.getInteger("atelier.starts", 5);
        for (int start = 1; start <= starts; start++) {
            long before = System.nanoTime();
            try (KernelClient fresh = new KernelClient(spec, folder, 60)) {
                var outcome = fresh.run("System.out.println(\"started\");", 60);
                assertNotNull(outcome, "start " + start);
                assertEquals("started\n", outcome.printed(), "start " + start);
            }
            report("start", start, before);
        }
    }

    private static final String TIGHT_LOOP = "long n = 0;\nwhile (true) {\n    n++;\n}";
    private static final String TRAINING = """
            long batches = 0;
            while (!Thread.interrupted()) {
                double sum = 0;
                for (int i = 0; i < 100_000; i++) {
                    sum += Math.sqrt(i);
                }
                batches++;
            }""";
    private static final String DL4J = """
            import org.deeplearning4j.nn.conf.*;
            import org.deeplearning4j.nn.conf.layers.*;
            import org.deeplearning4j.nn.multilayer.*;
            import org.nd4j.linalg.dataset.DataSet;
            import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
            import org.nd4j.linalg.factory.Nd4j;
            import org.nd4j.linalg.lossfunctions.LossFunctions;
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).list()
                    .layer(new DenseLayer.Builder().nIn(784).nOut(256).build())
                    .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE).nIn(256).nOut(10).build())
                    .build());
            net.init();
            net.fit(new SingletonDataSetIterator(new DataSet(Nd4j.rand(64, 784), Nd4j.rand(64, 10))), 1_000_000);""";

    @Test
    void anInterruptEndsACellAndTheNextOnePrints() throws Exception {
        int times = Integer.getInteger("atelier.interrupts", 2);
        for (int time = 1; time <= times; time++) {
            for (String cell : List.of(TIGHT_LOOP, TRAINING, DL4J)) {
                interrupt(cell, time == 1 && cell.equals(DL4J) ? 8_000 : 1_000, time);
            }
        }
    }

    private static void interrupt(String cell, long afterMillis, int time) throws IOException, InterruptedException {
        var running = kernel.start(cell);
        Thread.sleep(afterMillis);
        long before = System.nanoTime();
        kernel.interrupt();
        var outcome = kernel.await(running, 30);
        long millis = (System.nanoTime() - before) / 1_000_000;
        assertNotNull(outcome, "the cell ended");
        assertTrue(millis < 2_000, "it ended " + millis + " ms after the interrupt: " + cell);
        if (!cell.equals(TRAINING)) {
            assertEquals("Interrupted", outcome.error(), cell);
        }
        report("interrupt", time, before);
        String word = "after " + time;
        assertEquals(
                word + "\n",
                kernel.run("System.out.println(\"" + word + "\");", 20).printed());
    }

    private static void report(String what, int number, long before) {
        if (Integer.getInteger("atelier.starts") != null || Integer.getInteger("atelier.interrupts") != null) {
            System.out.printf("%s %d: %d ms%n", what, number, (System.nanoTime() - before) / 1_000_000);
        }
    }
}
