package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.layer.Affine;
import atelier.layer.BatchNorm;
import atelier.layer.Conv2d;
import atelier.layer.Dense;
import atelier.layer.Flatten;
import atelier.layer.Layer;
import atelier.layer.LeakyRelu;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Sequential;
import atelier.layer.Sigmoid;
import atelier.layer.Tanh;
import atelier.layer.Unflatten;
import atelier.loss.Hinge;
import atelier.loss.NonSaturating;
import atelier.model.VaeGan;
import atelier.optim.Adam;
import atelier.optim.Sgd;
import atelier.tensor.Noise;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaeGanLearnerTest {

    private static final int PIXELS = 784;
    private static final int LATENTS = 3;
    private static final Batch BATCH = new Batches(TinyModel.DATA.train(), 20, 1).batch(0, 0);
    private static final Batch FEW = new Batches(TinyModel.DATA.train(), 4, 1).batch(0, 0);
    private static final double RATE = 0.01;

    /** Small, and without a corner anywhere: for finite differences. */
    private static VaeGan smooth() {
        RandomStream random = RandomStream.seed(3);
        return new VaeGan(
                "smooth",
                "smooth",
                LATENTS,
                new Sequential(
                        new Flatten(),
                        new Dense("encoder1", PIXELS, 7, random.split(1)),
                        new Tanh(),
                        new Dense("encoder2", 7, 2 * LATENTS, random.split(2))),
                new Sequential(
                        new Dense("decoder1", LATENTS, 8, random.split(3)),
                        new Tanh(),
                        new Dense("decoder2", 8, PIXELS, random.split(4)),
                        new Sigmoid(),
                        new Unflatten(1, 28, 28)),
                new Sequential(
                        Affine.centred(), new Flatten(), new Dense("look", PIXELS, 6, random.split(5)), new Tanh()),
                new Sequential(
                        new Dense("say1", 6, 5, random.split(6)), new Tanh(), new Dense("say2", 5, 1, random.split(7))),
                random.split(8));
    }

    /** Small, with batch normalisation in every player. */
    private static VaeGan normalised() {
        RandomStream random = RandomStream.seed(3);
        return new VaeGan(
                "normalised",
                "normalised",
                LATENTS,
                new Sequential(
                        new Flatten(),
                        new Dense("encoder1", PIXELS, 7, random.split(1)).withoutInputGradient(),
                        new BatchNorm("encoder1.norm", 7),
                        new LeakyRelu(0.2),
                        new Dense("encoder2", 7, 2 * LATENTS, random.split(2))),
                new Sequential(
                        new Dense("decoder1", LATENTS, 8, random.split(3)),
                        new BatchNorm("decoder1.norm", 8),
                        new LeakyRelu(0.2),
                        new Dense("decoder2", 8, PIXELS, random.split(4)),
                        new Sigmoid(),
                        new Unflatten(1, 28, 28)),
                new Sequential(
                        new Conv2d("look", 1, 4, 4, 2, 1, 1, random.split(5)),
                        new BatchNorm("look.norm", 4),
                        new LeakyRelu(0.2)),
                new Sequential(new Flatten(), new Dense("say", 4 * 14 * 14, 1, random.split(6))),
                random.split(8));
    }

    private static VaeGan convolutional() {
        return VaeGan.convolutional(LATENTS, RandomStream.seed(1));
    }

    private static VaeGanLearner adams(VaeGan model) {
        return new VaeGanLearner(
                model,
                new NonSaturating(),
                new Adam(model.encoder().parameters(), RATE),
                new Adam(model.decoder().parameters(), RATE),
                new Adam(model.discriminator().parameters(), RATE));
    }

    private static VaeGanLearner sgds(VaeGan model) {
        return new VaeGanLearner(
                model,
                new NonSaturating(0.1),
                new Sgd(model.encoder().parameters(), RATE),
                new Sgd(model.decoder().parameters(), RATE),
                new Sgd(model.discriminator().parameters(), RATE));
    }

    // ---- the losses, and their gradients by finite differences, with the noise of the step ----

    /** The noise that a step is going to draw: ε first, then z_p. */
    private static Tensor[] noiseToCome(VaeGan model) {
        RandomStream stream = model.randomness().get(0);
        long position = stream.position();
        Tensor[] noise = {Tensor.zeros(20, LATENTS), Tensor.zeros(20, LATENTS)};
        for (Tensor z : noise) {
            Noise.normal(stream, z);
        }
        stream.position(position);
        return noise;
    }

    private static Tensor reconstruct(VaeGan model, Tensor epsilon) {
        Tensor statistics = model.encode(BATCH.x(), Mode.HELD);
        return model.decode(model.sample(statistics, epsilon), Mode.HELD).copy();
    }

    private static double likeness(VaeGan model, Tensor epsilon) {
        Tensor original = model.features().forward(BATCH.x(), Mode.HELD).copy();
        Tensor back = model.features().forward(reconstruct(model, epsilon), Mode.HELD);
        double sum = 0;
        for (int i = 0; i < back.length(); i++) {
            double d = (double) back.data()[i] - original.data()[i];
            sum += d * d / 2;
        }
        return sum / 20;
    }

    private static double divergence(VaeGan model) {
        Tensor s = model.encode(BATCH.x(), Mode.HELD);
        double sum = 0;
        for (int n = 0; n < 20; n++) {
            for (int d = 0; d < LATENTS; d++) {
                double mu = s.at(n, d);
                double l = s.at(n, d + LATENTS);
                sum += (mu * mu + Math.exp(l) - 1 - l) / 2;
            }
        }
        return sum / 20;
    }

    /** The mean of softplus(±d), with the real labels smoothed or not. */
    private static double verdict(VaeGan model, Tensor images, double real) {
        Tensor d = model.judge(images, Mode.HELD);
        double sum = 0;
        for (float logit : d.data()) {
            sum += real * Math.log1p(Math.exp(-logit)) + (1 - real) * Math.log1p(Math.exp(logit));
        }
        return sum / 20;
    }

    private static void assertGradientsAreSlopes(List<Parameter> parameters, DoubleSupplier loss) {
        RandomStream random = RandomStream.seed(9);
        float h = 1e-2f;
        for (Parameter parameter : parameters) {
            float[] w = parameter.value().data();
            double largest = 0;
            for (float g : parameter.gradient().data()) {
                largest = Math.max(largest, Math.abs(g));
            }
            assertTrue(largest > 1e-4, () -> parameter.name() + " has hardly a gradient");
            for (int tries = 0; tries < 6; tries++) {
                int i = random.below(w.length);
                float keep = w[i];
                w[i] = keep + h;
                double up = loss.getAsDouble();
                w[i] = keep - h;
                double down = loss.getAsDouble();
                w[i] = keep;
                assertEquals(
                        (up - down) / (2 * h),
                        parameter.gradient().data()[i],
                        5e-3 * largest,
                        parameter.name() + " " + i);
            }
        }
    }

    /** The gradients of a step stay where they are; the values are put back, for differences at the same place. */
    private static double gradientsOf(List<Parameter> player, DoubleSupplier step) {
        List<float[]> before =
                player.stream().map(p -> p.value().data().clone()).toList();
        double cost = step.getAsDouble();
        for (int i = 0; i < before.size(); i++) {
            float[] w = player.get(i).value().data();
            float[] g = player.get(i).gradient().data();
            for (int j = 0; j < w.length; j++) {
                assertEquals(before.get(i)[j] - (float) RATE * g[j], w[j], 1e-6, "a step down the gradient");
            }
            System.arraycopy(before.get(i), 0, w, 0, w.length);
        }
        return cost;
    }

    @Test
    void z1_z2_theEncoderWantsAShortCodeAndTheSameFeatures() {
        VaeGan model = smooth();
        Tensor epsilon = noiseToCome(model)[0];
        DoubleSupplier loss = () -> divergence(model) + likeness(model, epsilon);
        double expected = loss.getAsDouble();
        List<Parameter> encoder = model.encoder().parameters();
        encoder.get(0).gradient().fill(100); // left over from whatever was before
        double got = gradientsOf(encoder, () -> sgds(model).gamma(7).stepEncoder(BATCH.x()));
        assertEquals(expected, got, 1e-5 * expected);
        assertGradientsAreSlopes(encoder, loss);
    }

    @Test
    void z1_z3_theDecoderWantsLikenessAndToBeTakenForReal() {
        for (double gamma : new double[] {0, 0.3, 4}) {
            VaeGan model = smooth();
            Tensor[] noise = noiseToCome(model);
            DoubleSupplier loss = () -> gamma * likeness(model, noise[0])
                    + verdict(model, reconstruct(model, noise[0]), 1)
                    + verdict(model, model.decode(noise[1], Mode.HELD), 1);
            double expected = loss.getAsDouble();
            List<Parameter> decoder = model.decoder().parameters();
            decoder.get(1).gradient().fill(100);
            double got = gradientsOf(decoder, () -> sgds(model).gamma(gamma).stepDecoder(BATCH.x()));
            assertEquals(expected, got, 1e-5 * expected);
            assertGradientsAreSlopes(decoder, loss);
        }
    }

    @Test
    void z4_theDiscriminatorWantsToTellRealImagesFromBothKindsOfFakes() {
        VaeGan model = smooth();
        Tensor[] noise = noiseToCome(model);
        DoubleSupplier loss = () -> verdict(model, BATCH.x(), 0.9)
                + verdict(model, reconstruct(model, noise[0]), 0)
                + verdict(model, model.decode(noise[1], Mode.HELD), 0);
        double expected = loss.getAsDouble();
        List<Parameter> discriminator = model.discriminator().parameters();
        discriminator.get(0).gradient().fill(100);
        double got = gradientsOf(discriminator, () -> sgds(model).stepDiscriminator(BATCH.x()));
        assertEquals(expected, got, 1e-5 * expected);
        assertGradientsAreSlopes(discriminator, loss);
    }

    @Test
    void z1_aReconstructionWithTheSameFeaturesIsAtNoDistance() throws InterruptedException {
        VaeGan model = convolutional();
        for (Parameter p : model.features().parameters()) {
            p.value().fill(0);
        }
        Map<String, Double> metrics = adams(model).evaluate(TinyModel.DATA.test());
        assertEquals(0, metrics.get("test_feature_distance"), "a blind discriminator sees no difference");
        assertTrue(metrics.get("test_mse") > 0.01);
    }

    // ---- no leaks ----

    private static List<float[]> values(List<Parameter> parameters) {
        return parameters.stream().map(p -> p.value().data().clone()).toList();
    }

    private static List<float[]> gradients(List<Parameter> parameters) {
        return parameters.stream().map(p -> p.gradient().data().clone()).toList();
    }

    private static void assertMovesAlone(VaeGan model, Layer mover, Runnable step) {
        List<Layer> others = List.of(model.encoder(), model.decoder(), model.discriminator());
        List<float[]> before = values(mover.parameters());
        others = others.stream().filter(player -> player != mover).toList();
        assertEquals(2, others.size());
        List<List<float[]>> kept = others.stream()
                .map(player ->
                        List.of(values(player.parameters()), gradients(player.parameters()), values(player.buffers())))
                .flatMap(List::stream)
                .toList();
        step.run();
        int at = 0;
        for (Layer player : others) {
            assertSameBits(values(player.parameters()), kept.get(at++));
            assertSameBits(gradients(player.parameters()), kept.get(at++));
            assertSameBits(values(player.buffers()), kept.get(at++));
        }
        for (int i = 0; i < before.size(); i++) {
            Parameter p = mover.parameters().get(i);
            assertFalse(Arrays.equals(before.get(i), p.value().data()), p.name() + " moves");
        }
    }

    private static void assertSameBits(List<float[]> expected, List<float[]> got) {
        assertEquals(expected.size(), got.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), got.get(i), 0f);
        }
    }

    @Test
    void eachPlayerMovesAloneToTheBit() {
        VaeGan model = convolutional();
        VaeGanLearner learner = adams(model);
        learner.step(FEW); // gradients of all players are left over from here
        for (int round = 0; round < 2; round++) {
            assertMovesAlone(model, model.discriminator(), () -> learner.stepDiscriminator(FEW.x()));
            assertMovesAlone(model, model.decoder(), () -> learner.stepDecoder(FEW.x()));
            assertMovesAlone(model, model.encoder(), () -> learner.stepEncoder(FEW.x()));
        }
    }

    @Test
    void theEncoderDoesNotHearTheVerdict() {
        VaeGan model = normalised();
        VaeGan deaf = normalised();
        deaf.verdict().parameters().forEach(p -> p.value().fill(0));
        assertEquals(adams(model).stepEncoder(BATCH.x()), adams(deaf).stepEncoder(BATCH.x()));
        assertSameBits(
                values(model.encoder().parameters()), values(deaf.encoder().parameters()));
    }

    @Test
    void withoutWeightLikenessTeachesTheDecoderNothing() {
        VaeGan model = smooth();
        model.verdict().parameters().forEach(p -> p.value().fill(0)); // no gradient comes from the logits
        List<float[]> before = values(model.decoder().parameters());
        assertEquals(2 * Math.log(2), adams(model).gamma(0).stepDecoder(BATCH.x()), 1e-6);
        assertSameBits(before, values(model.decoder().parameters()));
        adams(model).gamma(1e-3).stepDecoder(BATCH.x());
        assertFalse(Arrays.equals(
                before.get(0), model.decoder().parameters().get(0).value().data()));
    }

    @Test
    void aStepIsOneOfEachPlayerAndTellsTheDiscriminatorsLoss() {
        VaeGan model = normalised();
        VaeGan twin = normalised();
        VaeGanLearner learner = adams(model);
        VaeGanLearner byHand = adams(twin);
        for (int i = 0; i < 3; i++) {
            assertEquals(byHand.stepDiscriminator(BATCH.x()), learner.step(BATCH));
            byHand.stepDecoder(BATCH.x());
            byHand.stepEncoder(BATCH.x());
        }
        assertSameBits(values(twin.parameters()), values(model.parameters()));
        learner.optimizers().forEach(optimizer -> assertEquals(3, optimizer.steps()));
    }

    // ---- the training around it ----

    private static Training training(VaeGan model) {
        return new Training(adams(model), TinyModel.DATA, TinyModel.settings()).progress(Progress.silent());
    }

    @Test
    void aStoppedTrainingEndsWithTheSameBytesAsOneThatNeverStopped(@TempDir Path folder) throws IOException {
        Path straight = folder.resolve("straight");
        Path stopped = folder.resolve("stopped");
        training(normalised()).checkpoints(straight, false, 4).run();
        for (int stop : new int[] {5, 2, 7}) {
            new Training(new TrainingTest.Interrupting(adams(normalised()), stop), TinyModel.DATA, TinyModel.settings())
                    .progress(Progress.silent())
                    .checkpoints(stopped, Files.exists(stopped), 4)
                    .run();
        }
        training(normalised()).checkpoints(stopped, true, 4).run();
        assertArrayEquals(
                Files.readAllBytes(straight.resolve("checkpoint.bin")),
                Files.readAllBytes(stopped.resolve("checkpoint.bin")));
    }

    @Test
    void trainingGivesTheSameBitsOnAnyNumberOfThreads() {
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            VaeGan one = convolutional();
            adams(one).step(FEW);
            Parallel.threads(3);
            VaeGan three = convolutional();
            adams(three).step(FEW);
            assertSameBits(values(one.parameters()), values(three.parameters()));
            assertSameBits(values(one.buffers()), values(three.buffers()));
        } finally {
            Parallel.threads(before);
        }
    }

    @Test
    void whileTheDiscriminatorIsStillReconstructionsComeNearer() throws InterruptedException {
        VaeGanLearner learner = adams(normalised()).gamma(1);
        double first = learner.evaluate(TinyModel.DATA.train()).get("test_feature_distance");
        for (int i = 0; i < 60; i++) {
            learner.stepDecoder(BATCH.x());
            learner.stepEncoder(BATCH.x());
        }
        double last = learner.evaluate(TinyModel.DATA.train()).get("test_feature_distance");
        assertTrue(last < first / 2, first + " … " + last);
    }

    @Test
    void measuringChangesNothing() throws InterruptedException {
        VaeGanLearner learner = adams(normalised());
        learner.step(BATCH);
        byte[] before = state(learner);
        Map<String, Double> once = learner.evaluate(TinyModel.DATA.test());
        assertArrayEquals(before, state(learner));
        assertEquals(once, learner.evaluate(TinyModel.DATA.test()));
    }

    @Test
    void playersThatKnowNothingScoreWhatNothingScores() throws InterruptedException {
        VaeGan model = smooth();
        model.parameters().forEach(p -> p.value().fill(0)); // code and logits are 0, all pixels ½
        Map<String, Double> metrics = adams(model).evaluate(TinyModel.DATA.test());
        assertEquals(
                List.of("d_loss", "g_loss", "d_real", "d_fake", "test_kl", "test_feature_distance", "test_mse"),
                List.copyOf(metrics.keySet()));
        assertEquals(3 * Math.log(2), metrics.get("d_loss"), 1e-9);
        assertEquals(2 * Math.log(2), metrics.get("g_loss"), 1e-9);
        assertEquals(0, metrics.get("test_kl"), 1e-9);
        assertEquals(0, metrics.get("d_real") + metrics.get("d_fake"));
        double sum = 0;
        for (float pixel : TinyModel.DATA.test().images(0, 30).data()) {
            sum += (pixel - 0.5) * (pixel - 0.5);
        }
        assertEquals(sum / (30 * PIXELS), metrics.get("test_mse"), 1e-6);
    }

    @Test
    void anOpinionJoinsTheNumbers() throws InterruptedException {
        Map<String, Double> metrics =
                adams(smooth()).judgedBy(model -> Map.of("beauty", 7.0)).evaluate(TinyModel.DATA.test());
        assertEquals(7, metrics.get("beauty"));
        assertEquals(8, metrics.size());
    }

    @Test
    void whatDecidesTheNumbersIsInItsChoices() {
        VaeGan model = smooth();
        Map<String, String> one = sgds(model).choices();
        assertNotEquals(one, sgds(model).gamma(2).choices());
        assertNotEquals(one, adams(model).choices());
        Sgd sgd = new Sgd(model.encoder().parameters(), RATE);
        assertNotEquals(one, new VaeGanLearner(model, new Hinge(), sgd, sgd, sgd).choices());
    }

    @Test
    void aWeightOfLikenessThatIsNoneIsRefused() {
        for (double gamma : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> adams(smooth()).gamma(gamma));
        }
    }

    @Test
    void anInterruptEndsTheMeasuring() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> adams(smooth()).evaluate(TinyModel.DATA.test()));
    }

    private static byte[] state(Learner learner) {
        return CheckpointWriter.bytes(Checkpoint.of(learner, Map.of(), Position.START, List.of()));
    }
}
