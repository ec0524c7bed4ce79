package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.GaussianKl;
import atelier.loss.SquaredError;
import atelier.model.Vae;
import atelier.optim.Adam;
import atelier.optim.Sgd;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElboLearnerTest {

    private static final Batch BATCH = new Batches(TinyModel.DATA.train(), 20, 1).batch(0, 0);

    private static Vae vae() {
        return Vae.dense(3, RandomStream.seed(1));
    }

    private static ElboLearner of(Vae vae) {
        return new ElboLearner(vae, new BinaryCrossEntropy(), new Sgd(vae.parameters(), 0.01));
    }

    @Test
    void v6_theLossIsReconstructionPlusBetaTimesDivergence() {
        Vae twin = vae();
        Tensor x = BATCH.x().copy();
        Noise.bernoulli(RandomStream.seed(8), BATCH.x(), x);
        Tensor y = twin.forward(x, Mode.TRAIN);
        double expected = new BinaryCrossEntropy().forward(y, x) + 3 * new GaussianKl().forward(twin.statistics());
        double got = of(vae()).beta(3).binarised(RandomStream.seed(8)).step(BATCH);
        assertEquals(expected, got, 1e-9 * expected);
    }

    @Test
    void aModelThatKnowsNothingScoresThePrior() throws InterruptedException {
        Vae vae = vae();
        vae.parameters().forEach(p -> p.value().fill(0)); // μ = 0, ℓ = 0, logits 0
        Map<String, Double> metrics = of(vae).beta(7).evaluate(TinyModel.DATA.test());
        assertEquals(List.of("test_elbo", "test_reconstruction", "test_kl"), List.copyOf(metrics.keySet()));
        assertEquals(784 * Math.log(2), metrics.get("test_reconstruction"), 1e-3);
        assertEquals(0, metrics.get("test_kl"), 1e-9);
        assertEquals(-784 * Math.log(2), metrics.get("test_elbo"), 1e-3);
    }

    @Test
    void theElboIsTheSameWhateverBetaIs() throws InterruptedException {
        Vae vae = vae();
        Map<String, Double> one = of(vae).evaluate(TinyModel.DATA.test());
        Map<String, Double> four = of(vae).beta(4).evaluate(TinyModel.DATA.test());
        assertEquals(one, four);
        assertEquals(one.get("test_elbo"), -one.get("test_reconstruction") - one.get("test_kl"), 1e-9);
        assertTrue(one.get("test_kl") > 0);
    }

    @Test
    void aStepIsOneStepDownTheGradientOfThisBatchAlone() {
        Vae vae = vae();
        ElboLearner learner = of(vae);
        Parameter bias = vae.parameters().get(vae.parameters().size() - 1);
        bias.gradient().fill(100); // left over from whatever was before
        float[] before = bias.value().data().clone();
        learner.step(BATCH);
        for (int i = 0; i < before.length; i++) {
            assertEquals(
                    before[i] - 0.01f * bias.gradient().data()[i], bias.value().data()[i], 1e-7);
            assertTrue(Math.abs(bias.gradient().data()[i]) <= 1, "the mean over the batch of numbers of at most 1");
        }
    }

    @Test
    void annealingLetsBetaGrowInAStraightLine() {
        Vae vae = vae();
        ElboLearner learner = of(vae).beta(2).annealed(4);
        double[] betas = new double[6];
        for (int i = 0; i < betas.length; i++) {
            betas[i] = learner.betaNow();
            learner.step(BATCH);
        }
        assertArrayEquals(new double[] {0, 0.5, 1, 1.5, 2, 2}, betas);
    }

    @Test
    void withoutWeightTheDivergenceTeachesNothing() {
        Vae vae = vae();
        of(vae).beta(0).annealed(0).step(BATCH);
        float[] gradient = vae.parameters().get(2).gradient().data().clone();
        Vae twin = vae();
        of(twin).beta(1).step(BATCH);
        assertFalse(Arrays.equals(gradient, twin.parameters().get(2).gradient().data()));
        Vae other = vae();
        Tensor y = other.forward(BATCH.x(), Mode.TRAIN);
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        loss.forward(y, BATCH.x());
        other.backward(loss.backward());
        assertArrayEquals(other.parameters().get(2).gradient().data(), gradient, 0f);
    }

    @Test
    void measuringChangesNothing() throws InterruptedException {
        Vae vae = vae();
        ElboLearner learner = new ElboLearner(vae, new BinaryCrossEntropy(), new Adam(vae.parameters(), 0.01))
                .binarised(RandomStream.seed(3));
        learner.step(BATCH);
        byte[] before = state(learner);
        Map<String, Double> once = learner.evaluate(TinyModel.DATA.test());
        assertArrayEquals(before, state(learner));
        assertEquals(once, learner.evaluate(TinyModel.DATA.test()));
    }

    @Test
    void aCheckpointHoldsTheChanceOfPixelsAndOfLatents() {
        Vae vae = vae();
        ElboLearner grey = of(vae);
        int streams = grey.randomness().size();
        ElboLearner binary = of(vae).binarised(RandomStream.seed(3));
        assertEquals(streams + 1, binary.randomness().size());
        long[] before =
                binary.randomness().stream().mapToLong(RandomStream::position).toArray();
        binary.step(BATCH);
        for (int i = 0; i < before.length; i++) {
            assertTrue(binary.randomness().get(i).position() > before[i], "both were drawn from");
        }
    }

    @Test
    void whatDecidesTheNumbersIsInItsChoices() {
        Vae vae = vae();
        Map<String, String> one = of(vae).choices();
        assertNotEquals(one, of(vae).beta(2).choices());
        assertNotEquals(one, of(vae).annealed(9).choices());
        assertNotEquals(one, of(vae).binarised(RandomStream.seed(1)).choices());
        assertNotEquals(one, new ElboLearner(vae, new SquaredError(), new Sgd(vae.parameters(), 0.01)).choices());
    }

    @Test
    void aConditionalModelIsToldTheLabels() throws InterruptedException {
        Vae vae = Vae.conditional(3, RandomStream.seed(1));
        ElboLearner learner = of(vae);
        Batch relabelled = new Batch(BATCH.x(), new int[20], 20);
        Vae twin = Vae.conditional(3, RandomStream.seed(1));
        assertNotEquals(learner.step(BATCH), of(twin).step(relabelled));
        assertTrue(learner.evaluate(TinyModel.DATA.test()).get("test_elbo") < 0);
    }

    @Test
    void whatIsNotFiniteStopsBeforeTheUpdate() {
        Vae vae = vae();
        ElboLearner learner = of(vae);
        vae.parameters().get(4).value().set(Float.NaN, 0, 0);
        float[] before = vae.parameters().get(5).value().data().clone();
        NonFiniteException fault = assertThrows(NonFiniteException.class, () -> learner.step(BATCH));
        assertTrue(fault.getMessage().contains(vae.parameters().get(4).name()), fault::getMessage);
        assertArrayEquals(before, vae.parameters().get(5).value().data());
    }

    @Test
    void theWeightIs1UnlessAnotherIsAskedForAndBadOnesAreRefused() {
        assertEquals(1, of(vae()).betaNow());
        for (double beta : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> of(vae()).beta(beta));
        }
        assertThrows(IllegalArgumentException.class, () -> of(vae()).annealed(-1));
    }

    @Test
    void anInterruptEndsTheMeasuring() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> of(vae()).evaluate(TinyModel.DATA.test()));
    }

    private static byte[] state(Learner learner) {
        return CheckpointWriter.bytes(Checkpoint.of(learner, Map.of(), Position.START, List.of()));
    }
}
