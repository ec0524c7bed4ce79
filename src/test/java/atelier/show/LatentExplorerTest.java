package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.layer.Dense;
import atelier.layer.Mode;
import atelier.layer.Relu;
import atelier.layer.Sequential;
import atelier.layer.Sigmoid;
import atelier.layer.Tanh;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatentExplorerTest {

    private static final RandomStream RANDOM = RandomStream.seed(1);

    private static List<Tensor> weights(int hidden) {
        return List.of(
                Tensor.normal(RANDOM, 1, 2, hidden),
                Tensor.normal(RANDOM, 1, hidden),
                Tensor.normal(RANDOM, 0.2, hidden, 784),
                Tensor.normal(RANDOM, 1, 784));
    }

    private static Html explorer(List<Tensor> weights, int codes) {
        int[] labels = IntStream.range(0, codes).map(i -> i % 10).toArray();
        return LatentExplorer.of(Tensor.normal(RANDOM, 1, codes, 2), labels, weights, "relu", "sigmoid");
    }

    @Test
    void theDecoderOfThePageIsTheModels() {
        List<Tensor> w = weights(16);
        List<Tensor> three = List.of(w.get(0), w.get(1), Tensor.normal(RANDOM, 1, 16, 9), Tensor.zeros(9));
        Tensor z = Tensor.normal(RANDOM, 1, 5, 2);
        Tensor relu = new Sequential(
                        new Dense("a", w.get(0), w.get(1)),
                        new Relu(),
                        new Dense("b", w.get(2), w.get(3)),
                        new Sigmoid())
                .forward(z, Mode.INFER);
        Tensor ours = new DenseStack(w, List.of("relu", "sigmoid")).decode(z);
        assertTrue(ours.hasShape(5, 1, 28, 28));
        for (int i = 0; i < ours.length(); i++) {
            assertEquals(relu.data()[i], ours.data()[i], 1e-5f);
        }
        Tensor tanh = new Sequential(
                        new Dense("a", three.get(0), three.get(1)),
                        new Tanh(),
                        new Dense("b", three.get(2), three.get(3)))
                .forward(z, Mode.INFER);
        Tensor small = new DenseStack(three, List.of("tanh", "linear")).decode(z);
        assertTrue(small.hasShape(5, 1, 3, 3));
        for (int i = 0; i < small.length(); i++) {
            assertEquals(tanh.data()[i], small.data()[i], 1e-4f);
        }
    }

    @Test
    void smallMatricesTravelExactlyAndLargeOnesWithinHalfAStep() throws Exception {
        List<Tensor> w = weights(64);
        Html html = explorer(w, 100);
        Matcher data = Pattern.compile("data-decoder='([^']*)'").matcher(html.html());
        assertTrue(data.find());
        JsonNode layers = new ObjectMapper().readTree(data.group(1)).path("layers");
        float[] first = floats(layers.path(0).path("weights").asText());
        assertEquals(128, first.length);
        for (int i = 0; i < 128; i++) {
            assertEquals(w.get(0).data()[i], first[i]);
        }
        float[] bias = floats(layers.path(1).path("bias").asText());
        float[] scales = floats(layers.path(1).path("scales").asText());
        byte[] whole = Base64.getDecoder().decode(layers.path(1).path("weights").asText());
        for (int i = 0; i < whole.length; i++) {
            float scale = scales[i % 784];
            assertEquals(w.get(2).data()[i], whole[i] * scale, scale * 0.5001f);
            assertEquals(w.get(3).data()[i % 784], bias[i % 784]);
        }
        assertEquals("relu", layers.path(0).path("activation").asText());
    }

    private static float[] floats(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    @Test
    void anExplorerOfTheCourseIsSmall() {
        String html = explorer(weights(128), 10_000).html();
        assertTrue(html.length() < 400_000, "kB: " + html.length() / 1000);
    }

    @Test
    void thePageNeedsNothingFromOutsideAndTheScriptBuildsNoHtml() {
        String script = LatentExplorer.script();
        for (String never : List.of("</script", "innerHTML", "eval", "Function(", "http", "fetch", "import", "\r")) {
            assertFalse(script.contains(never), never);
        }
        Html html = explorer(weights(16), 100);
        assertFalse(Pattern.compile("(?i)(src|href)\\s*=\\s*[\"'](?!data:)")
                .matcher(html.html())
                .find());
        assertTrue(html.html().contains("<script>" + script + "</script>"));
        assertTrue(html.html().contains("alt=\"A latent plane to explore, z1 from"));
        assertTrue(html.text().endsWith("codes of images."), html.text());
    }

    @Test
    void aFewStrayCodesDoNotStretchThePlane() {
        Tensor codes = Tensor.normal(RANDOM, 1, 1000, 2);
        codes.set(1e6f, 0, 0);
        codes.set(Float.NaN, 1, 1);
        String text = LatentExplorer.of(codes, new int[1000], weights(4), "relu", "sigmoid")
                .text();
        Matcher numbers = Pattern.compile("z1 from (\\S+) to (\\S+) and").matcher(text);
        assertTrue(numbers.find());
        assertTrue(Double.parseDouble(numbers.group(2)) < 5 && Double.parseDouble(numbers.group(1)) < -2, text);
    }

    @Test
    void whatCannotBeExploredIsRefused() {
        List<Tensor> w = weights(16);
        Tensor codes = Tensor.zeros(3, 2);
        int[] labels = new int[3];
        assertThrows(ShapeException.class, () -> LatentExplorer.of(codes, new int[2], w, "relu", "sigmoid"));
        assertThrows(ShapeException.class, () -> LatentExplorer.of(Tensor.zeros(3, 20), labels, w, "relu", "sigmoid"));
        assertThrows(IllegalArgumentException.class, () -> LatentExplorer.of(codes, labels, w, "relu"));
        assertThrows(IllegalArgumentException.class, () -> LatentExplorer.of(codes, labels, w, "relu", "softmax"));
        assertThrows(
                IllegalArgumentException.class,
                () -> LatentExplorer.of(Tensor.filled(Float.NaN, 3, 2), labels, w, "relu", "sigmoid"));
        ShapeException wrong = assertThrows(
                ShapeException.class, () -> LatentExplorer.of(codes, labels, List.of(w.get(2), w.get(3)), "sigmoid"));
        assertTrue(wrong.getMessage().contains("layer 1: expected a weight [2,K]"), wrong.getMessage());
        List<Tensor> notSquare = List.of(Tensor.zeros(2, 15), Tensor.zeros(15));
        assertThrows(ShapeException.class, () -> LatentExplorer.of(codes, labels, notSquare, "sigmoid"));
        assertThrows(
                IllegalArgumentException.class,
                () -> LatentExplorer.of(codes, new int[] {0, 1, -1}, w, "relu", "sigmoid"));
    }
}
