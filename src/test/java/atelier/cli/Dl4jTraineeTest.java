package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Dataset;
import atelier.data.Scribbles;
import atelier.dl4j.Dl4jGan;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.NonSaturating;
import atelier.model.Gan;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import atelier.train.GanLearner;
import atelier.train.History;
import atelier.train.Learner;
import atelier.train.Progress;
import atelier.train.Schedule;
import atelier.train.Settings;
import atelier.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every model that has a twin in DL4J, trained there and looked at here. */
class Dl4jTraineeTest {

    private static final Dataset DATA = Scribbles.load(3, 64, 32);

    static Stream<Models.Entry> twins() {
        return Models.ALL.stream().filter(model -> model.twin().isPresent());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void itStartsFromOurWeightsAndOursTakeOverWhatItHasLearnt(Models.Entry model, @TempDir Path folder)
            throws InterruptedException {
        Choice choice = new Choice(2, model.hasCode() ? 6 : 0, 1, 0);
        Learner ours = model.apprentice().apply(choice).learner();
        List<Tensor> weights = ours.parameters().stream().map(Parameter::value).toList();
        List<float[]> first = weights.stream().map(w -> w.data().clone()).toList();
        Dl4jTrainee twin = new Dl4jTrainee(model.twin().orElseThrow().of(weights, choice));

        twin.copyInto(ours);
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i), weights.get(i).data(), "it has them as they were");
        }
        History history = new Training(twin, DATA, new Settings(2, 16, 2, Schedule.constant(0.001)))
                .progress(Progress.silent())
                .run();
        double before = ours.evaluate(DATA.test()).values().iterator().next();
        twin.copyInto(ours);
        assertFalse(Arrays.equals(first.get(0), weights.get(0).data()), "it has learnt");
        assertEquals(
                ours.evaluate(DATA.test()).keySet(), history.last().metrics().keySet(), "the same numbers are told");
        double after = ours.evaluate(DATA.test()).values().iterator().next();
        double told = history.last().metrics().values().iterator().next();
        assertTrue(Math.abs(after - told) < 0.1 * Math.abs(before - after) + 2, before + " " + after + " " + told);

        twin.save(folder);
        assertTrue(Files.exists(folder.resolve("dl4j.zip")));
        assertFalse(model.apprentice()
                .apply(choice)
                .outcome()
                .apply(DATA)
                .pictures()
                .isEmpty());
    }

    /** The same loss, rates, Adam and noise: rounding apart, a game goes the same way in both. */
    @ParameterizedTest
    @ValueSource(strings = {"gan", "dcgan"})
    void aGameInDl4jIsTheGameOfOurs(String name) {
        Models.Entry game = Models.named(name);
        Choice choice = new Choice(2, 6, 1, 0);
        Learner ours = game.apprentice().apply(choice).learner();
        List<Tensor> weights = ours.parameters().stream().map(Parameter::value).toList();
        Dl4jTrainee theirs = new Dl4jTrainee(game.twin().orElseThrow().of(weights, choice));
        List<Tensor> first = weights.stream().map(Tensor::copy).toList();
        ours.learningRate(0.001);
        theirs.learningRate(0.001);
        for (int i = 0; i < 3; i++) {
            Batch batch = new Batch(DATA.train().images(8 * i, 8 * i + 8), new int[0], 8);
            double expected = ours.step(batch);
            assertEquals(expected, theirs.step(batch), 1e-3 * expected, "loss of batch " + i);
        }
        List<Tensor> learnt = theirs.network().weights();
        int last = weights.size() - 2; // the discriminator's last weight
        double moved = distance(first.get(last), weights.get(last));
        assertTrue(distance(learnt.get(last), weights.get(last)) < 0.03 * moved, "as far, and to the same place");
    }

    private static double distance(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            sum += Math.pow(a.data()[i] - b.data()[i], 2);
        }
        return Math.sqrt(sum);
    }

    /** Its variances are copied as they are: with them ours makes the images that DL4J makes. */
    @Test
    void runningMeansAndVariancesCrossOver() {
        Gan ours = Gan.convolutional(6, RandomStream.seed(2));
        GanLearner learner = new GanLearner(ours, new NonSaturating(), adam(ours), adam(ours));
        Dl4jGan theirs = Dl4jGan.convolutional(
                ours.parameters().stream().map(Parameter::value).toList(), 2, 0.001);
        theirs.step(new Batch(DATA.train().images(0, 8), new int[0], 8));
        new Dl4jTrainee(theirs).copyInto(learner);
        Tensor z = Tensor.normal(RandomStream.seed(3), 1, 5, 6);
        float[] expected = theirs.generate(z, false).data();
        assertArrayEquals(
                expected, ours.generate(z, null, Mode.INFER).rowMajor().data(), 1e-5f);
    }

    private static Adam adam(Gan model) {
        return new Adam(model.parameters(), 0.001);
    }
}
