package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.layer.BatchNorm;
import atelier.layer.Dense;
import atelier.layer.Flatten;
import atelier.layer.Parameter;
import atelier.layer.Sequential;
import atelier.layer.Unflatten;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.model.ConvNet;
import atelier.model.Vae;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InPiecesTest {

    private static final Dataset DATA = Scribbles.load(2, 300, 40);

    @TempDir
    private Path folder;

    @Test
    void n2_theGradientOfABatchIsTheWeightedMeanOfItsPieces() {
        Classifier whole = convnet();
        Batches batches = new Batches(DATA.train(), 130, 4);
        whole.gradients(batches.batch(1, 0));
        Classifier divided = convnet();
        PieceWork work = new PieceWork(divided, batches, 50);
        double[] sum = new double[work.length()];
        for (int piece = 0; piece < 3; piece++) {
            TreeSum.Part part = new TreeSum.Part(work.length());
            work.work(1, 0, piece, new long[0], part);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part.gradients[i];
            }
        }
        int at = 0;
        for (Parameter parameter : whole.parameters()) {
            double scale = 0;
            for (float g : parameter.gradient().data()) {
                scale = Math.max(scale, Math.abs(g));
            }
            for (int i = 0; i < parameter.gradient().length(); i++) {
                assertEquals(parameter.gradient().data()[i], sum[at + i], 2e-6 * scale, parameter.name());
            }
            at += parameter.gradient().length();
        }
    }

    @Test
    void aBatchThatIsNoLargerThanAPieceIsLearnedAsEver() {
        for (Supplier<DataParallel> model : models()) {
            DataParallel whole = model.get();
            Batches batches = new Batches(DATA.train(), 64, 4);
            InPieces divided = new InPieces(model.get(), 64);
            for (int i = 0; i < 3; i++) {
                assertEquals(whole.step(batches.batch(0, i)), divided.step(batches, 0, i));
            }
            assertSame(whole, divided);
        }
    }

    @Test
    void whatAPieceDrawsDependsOnItsNumberAlone() {
        Batches batches = new Batches(DATA.train(), 200, 4);
        DataParallel one = vae();
        DataParallel other = vae();
        long[] positions = {5, 70_000};
        TreeSum.Part first = worked(one, batches, 1, positions);
        worked(other, batches, 0, positions);
        worked(other, batches, 2, positions);
        TreeSum.Part again = worked(other, batches, 1, positions);
        assertArrayEquals(first.gradients, again.gradients, 0f);
        assertArrayEquals(first.positions, again.positions);
        assertFalse(Arrays.equals(first.gradients, worked(one, batches, 1, new long[] {6, 70_000}).gradients));
    }

    private static TreeSum.Part worked(DataParallel learner, Batches batches, int piece, long[] positions) {
        PieceWork work = new PieceWork(learner, batches, 64);
        TreeSum.Part part = new TreeSum.Part(work.length());
        work.work(0, 0, piece, positions, part);
        return part;
    }

    @Test
    void aTrainingInPiecesThatIsStoppedGoesOnToTheSameBits() throws IOException {
        for (Supplier<DataParallel> model : models()) {
            Path through = Files.createTempDirectory(folder, "through");
            Path stopped = Files.createTempDirectory(folder, "stopped");
            Settings settings = new Settings(2, 110, 3, Schedule.cosine(0.002)); // 110, 110, 80: pieces of 40, 40, 30
            training(model, settings).checkpoints(through, false).run();
            training(model, settings)
                    .checkpoints(stopped, false)
                    .maxSeconds(1e-9)
                    .run();
            training(model, settings).checkpoints(stopped, true).run();
            assertArrayEquals(checkpoint(through), checkpoint(stopped));
        }
    }

    @Test
    void theSizeOfAPieceDecidesTheBitsAndACheckpointKnows() throws IOException {
        Settings settings = new Settings(1, 110, 3, Schedule.cosine(0.002));
        training(InPiecesTest::convnet, settings).checkpoints(folder, false).run();
        Training other = new Training(new InPieces(convnet(), 50), DATA, settings)
                .progress(Progress.silent())
                .checkpoints(folder, true);
        String message = assertThrows(CheckpointException.class, other::run).getMessage();
        assertTrue(message.contains("images in a piece"), message);
        assertTrue(message.contains("40") && message.contains("50"), message);
        assertFalse(new InPieces(convnet(), InPieces.USUAL).choices().containsKey("images in a piece"));
    }

    @Test
    void anImageThatIsNoNumberStopsItBeforeAnythingHasMoved() {
        DataParallel learner = vae();
        float[] before = PieceWork.weights(learner);
        long[] positions =
                learner.randomness().stream().mapToLong(RandomStream::position).toArray();
        learner.parameters().get(0).value().data()[3] = Float.NaN;
        before[3] = Float.NaN;
        Training training = new Training(
                        new InPieces(learner, 40), DATA, new Settings(1, 110, 3, Schedule.constant(1e-3)))
                .progress(Progress.silent());
        String message = assertThrows(NonFiniteException.class, training::run).getMessage();
        assertTrue(message.contains("batch 1 of 3"), message);
        assertArrayEquals(before, PieceWork.weights(learner));
        assertArrayEquals(
                positions,
                learner.randomness().stream().mapToLong(RandomStream::position).toArray());
    }

    @Test
    void aModelWhoseImagesSeeEachOtherIsRefused() {
        Vae normalised = new Vae(
                "normalised",
                "",
                4,
                0,
                new Sequential(new Flatten(), new Dense("d", 784, 8, RandomStream.seed(1)), new BatchNorm("norm", 8)),
                new Sequential(new Dense("e", 4, 784, RandomStream.seed(2)), new Unflatten(1, 28, 28)),
                RandomStream.seed(3));
        ElboLearner learner =
                new ElboLearner(normalised, new BinaryCrossEntropy(), new Adam(normalised.parameters(), 1e-3));
        String message = assertThrows(IllegalArgumentException.class, () -> new InPieces(learner, 64))
                .getMessage();
        assertTrue(message.contains("normalised, which has norm"), message);
        assertThrows(IllegalArgumentException.class, () -> new InPieces(convnet(), 0));
    }

    @Test
    void aPartOfABatchHoldsItsImages() {
        ImageSet images = DATA.train();
        Batches batches = new Batches(images, 110, 9);
        Batches same = new Batches(images, 110, 9);
        for (int i = 0; i < batches.count(); i++) {
            Batch whole = batches.batch(1, i);
            assertEquals(whole.size(), batches.size(i));
            Batch part = same.part(1, i, 30, 50);
            Tensor x = part.x();
            for (int n = 0; n < 50; n++) {
                assertEquals(whole.labels()[30 + n], part.labels()[n]);
                assertEquals(whole.x().at(30 + n, 0, 14, 14), x.at(n, 0, 14, 14));
            }
        }
        assertThrows(RuntimeException.class, () -> batches.part(0, 2, 79, 2));
        assertThrows(RuntimeException.class, () -> batches.part(0, 3, 0, 1));
    }

    private static List<Supplier<DataParallel>> models() {
        return List.of(InPiecesTest::convnet, InPiecesTest::vae, InPiecesTest::autoencoder);
    }

    private static Classifier convnet() {
        ConvNet model = new ConvNet(RandomStream.seed(1));
        return new Classifier(model, new Adam(model.parameters(), 0.001));
    }

    private static ElboLearner vae() {
        Vae model = Vae.dense(8, RandomStream.seed(2));
        return new ElboLearner(model, new BinaryCrossEntropy(), new Adam(model.parameters(), 0.001))
                .annealed(4)
                .binarised(RandomStream.seed(3));
    }

    private static Reconstructor autoencoder() {
        Autoencoder model = Autoencoder.dense(8, RandomStream.seed(4));
        return new Reconstructor(model, new SquaredError(), new Adam(model.parameters(), 0.001));
    }

    private static Training training(Supplier<DataParallel> model, Settings settings) {
        return new Training(new InPieces(model.get(), 40), DATA, settings).progress(Progress.silent());
    }

    private static byte[] checkpoint(Path in) throws IOException {
        return Files.readAllBytes(in.resolve("checkpoint.bin"));
    }

    private static void assertSame(Learner expected, Learner actual) {
        for (int i = 0; i < expected.parameters().size(); i++) {
            assertArrayEquals(
                    expected.parameters().get(i).value().data(),
                    actual.parameters().get(i).value().data(),
                    0f);
        }
    }
}
