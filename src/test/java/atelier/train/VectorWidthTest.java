package atelier.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.layer.Parameter;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.NonSaturating;
import atelier.model.ConvNet;
import atelier.model.Gan;
import atelier.model.Vae;
import atelier.optim.Adam;
import atelier.tensor.Noise;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same weights to the bit after some steps, however wide the processor's vectors are, without any, and on any number of threads. */
class VectorWidthTest {

    @Test
    void trainingGivesTheSameBitsForEveryWidthOfVectors() throws IOException, InterruptedException {
        String module = "--add-modules=jdk.incubator.vector";
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put("as it is", digest(2, module));
        digests.put("one thread", digest(1, module));
        digests.put("three threads", digest(3, module));
        digests.put("at most 32 bytes", digest(2, module, "-XX:MaxVectorSize=32"));
        digests.put("at most 16 bytes", digest(2, module, "-XX:MaxVectorSize=16"));
        digests.put("no vectors", digest(2));
        String first = digests.get("as it is");
        assertTrue(first.matches("[0-9a-f]{64}"), first);
        digests.forEach((how, digest) -> assertEquals(first, digest, how));
    }

    private static String digest(int threads, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                VectorWidthTest.class.getName(),
                String.valueOf(threads)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    /** Some steps of three models, and a digest of all that they have learnt. */
    public static void main(String[] arguments) throws Exception {
        Parallel.threads(Integer.parseInt(arguments[0]));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        RandomStream random = RandomStream.seed(1);
        ConvNet net = new ConvNet(random);
        learn(new Classifier(net, new Adam(net.parameters(), 1e-3)), 19, 6, digest);
        Vae vae = Vae.dense(20, random);
        learn(
                new ElboLearner(vae, new BinaryCrossEntropy(), new Adam(vae.parameters(), 1e-3))
                        .binarised(random.split(9)),
                19,
                6,
                digest);
        Gan gan = Gan.convolutional(100, random);
        learn(
                new GanLearner(
                        gan,
                        new NonSaturating(),
                        new Adam(gan.discriminator().parameters(), 1e-3),
                        new Adam(gan.generator().parameters(), 1e-3)),
                9,
                2,
                digest);
        System.out.println(HexFormat.of().formatHex(digest.digest()));
    }

    private static void learn(Learner learner, int size, int steps, MessageDigest digest) {
        RandomStream random = RandomStream.seed(2);
        for (int step = 0; step < steps; step++) {
            Tensor x = Tensor.zeros(size, 1, 28, 28);
            Noise.normal(random, x);
            for (int i = 0; i < x.length(); i++) {
                x.data()[i] = Math.min(1, Math.abs(x.data()[i]) / 4);
            }
            learner.step(new Batch(x, IntStream.range(0, size).map(n -> n % 10).toArray(), size));
        }
        for (Parameter parameter : learner.parameters()) {
            float[] numbers = parameter.value().data();
            ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
            bytes.asFloatBuffer().put(numbers);
            digest.update(bytes);
        }
    }
}
