package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.model.Autoencoder;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

    @TempDir
    private Path folder;

    private Path file;
    private TinyModel model;

    @BeforeEach
    void train() throws IOException {
        file = folder.resolve("model.bin");
        model = new TinyModel();
        Learner learner = TinyModel.learner(model);
        TinyModel.training(learner).run();
        ModelFile.of(learner, TinyModel.DATA, TinyModel.settings())
                .with("engine", "scratch")
                .write(file);
    }

    /** Another model with other numbers everywhere. */
    private static TinyModel other() {
        TinyModel other = new TinyModel();
        other.parameters().get(0).value().fill(8);
        other.buffers().get(0).value().fill(9);
        return other;
    }

    private static String refusal(Runnable call) {
        return assertThrows(CheckpointException.class, call::run).getMessage();
    }

    @Test
    void whatIsReadComputesWhatWasWritten() {
        TinyModel read = other();
        ModelFile.read(file).into(read);
        Tensor x = TinyModel.DATA.test().images(0, 30);
        assertArrayEquals(
                model.forward(x, Mode.INFER).data(), read.forward(x, Mode.INFER).data());
        assertEquals(
                model.buffers().get(0).value().at(0),
                read.buffers().get(0).value().at(0));
    }

    @Test
    void itSaysWhatItWasTrainedWithAndHoldsNothingElse() {
        Map<String, String> identity = ModelFile.read(file).identity();
        assertEquals("tiny", identity.get("model"));
        assertEquals(model.architecture(), identity.get("architecture"));
        assertEquals("scribbles", identity.get("data"));
        assertEquals("7", identity.get("seed"));
        assertEquals("scratch", identity.get("engine"));
        assertEquals("softmax cross-entropy", identity.get("loss"));
        Checkpoint all = CheckpointReader.checkpoint(bytes());
        assertEquals(List.of(), all.optimizers());
        assertEquals(List.of(), all.randomness());
        assertEquals(List.of(), all.epochs());
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    @Test
    void theSameTrainingWritesTheSameBytesInPlaceOfTheOldOnes() throws IOException {
        byte[] first = bytes();
        Files.write(file, new byte[3]);
        train();
        assertArrayEquals(first, bytes());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing else is left");
        }
    }

    @Test
    void theWeightsOfATrainingUnderWayAreReadFromItsCheckpoint() {
        Path out = folder.resolve("training");
        Learner learner = TinyModel.learner();
        TinyModel.training(learner).checkpoints(out, false).run();
        TinyModel read = other();
        ModelFile.read(out.resolve("checkpoint.bin")).into(read);
        assertArrayEquals(
                learner.parameters().get(0).value().data(),
                read.parameters().get(0).value().data());
    }

    @Test
    void anotherModelsFileIsRefusedAndTheModelStaysAsItIs() {
        Autoencoder another = Autoencoder.dense(4, RandomStream.seed(1));
        float[] before = another.parameters().get(0).value().data().clone();
        assertEquals(
                "ModelFile: expected the model autoencoder but got tiny. Read it into the model that it was made of.",
                refusal(() -> ModelFile.read(file).into(another)));
        assertArrayEquals(before, another.parameters().get(0).value().data());

        ModelFile wide = ModelFile.of(Autoencoder.dense(5, RandomStream.seed(1)), Map.of());
        assertTrue(refusal(() -> wide.into(another))
                .startsWith("ModelFile: expected the architecture dense 784-64-32-4-"));
        assertArrayEquals(before, another.parameters().get(0).value().data());
    }

    @Test
    void aFileWithoutItsBufferIsRefusedBeforeAWeightIsCopied() {
        ModelFile whole = ModelFile.read(file);
        TinyModel here = other();
        ModelFile part = new ModelFile(whole.identity(), whole.parameters(), List.of());
        assertTrue(refusal(() -> part.into(here)).startsWith("Checkpoint: expected buffers [mean [1]] but got []"));
        assertEquals(8, here.parameters().get(0).value().at(0, 0));
    }

    @Test
    void aFileThatIsCutOffDamagedForeignOrNotThereIsOneClearError() throws IOException {
        byte[] whole = bytes();
        String begins = "ModelFile: expected a trained model in " + file + " but it ";
        String ends = ". ./atelier train writes one at the end of each training.";
        Files.write(file, Arrays.copyOf(whole, 1000));
        assertEquals(
                begins + "is cut off after 1000 of " + whole.length + " bytes" + ends,
                refusal(() -> ModelFile.read(file)));
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(file, damaged);
        assertEquals(begins + "is damaged: its SHA-256 does not match" + ends, refusal(() -> ModelFile.read(file)));
        Files.writeString(file, "{\"model\": \"tiny\"}");
        assertEquals(begins + "is no checkpoint of Atelier" + ends, refusal(() -> ModelFile.read(file)));
        Files.delete(file);
        assertEquals(begins + "cannot be read: no such file" + ends, refusal(() -> ModelFile.read(file)));
        Files.createDirectory(file);
        assertFalse(refusal(() -> ModelFile.read(file)).contains("\n"));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaid() {
        ModelFile read = ModelFile.read(file);
        Path nowhere = folder.resolve("nowhere").resolve("model.bin");
        assertTrue(assertThrows(IOException.class, () -> read.write(nowhere))
                .getMessage()
                .startsWith("Replace: expected to write " + nowhere + " but got: "));
    }

    @Test
    void aCopyIsTaken() {
        Parameter w = model.parameters().get(0);
        ModelFile kept = ModelFile.of(model, Map.of());
        float before = w.value().at(0, 0);
        w.value().fill(5);
        kept.into(model);
        assertEquals(before, w.value().at(0, 0));
    }
}
