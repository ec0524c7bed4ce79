package atelier.dl4j;

import static atelier.dl4j.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import atelier.layer.Parameter;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;

/** (U4) in the kit and in ND4J, on the same gradients. */
@Tag("dl4j")
class AdamParityTest {

    private static final double RATE = 0.01;

    private final RandomStream random = RandomStream.seed(3);
    private final Parameter w = new Parameter("w", Tensor.zeros(1, 40));
    private INDArray theirs = Tensors.toNd4j(w.value());
    private final AdamUpdater updater =
            new AdamUpdater(new org.nd4j.linalg.learning.config.Adam(RATE, 0.9, 0.999, 1e-8));

    AdamParityTest() {
        updater.setStateViewArray(Nd4j.zeros(1, 80), new long[] {1, 40}, 'c', true);
    }

    @Test
    void aHundredStepsOnGradientsFarFromEpsilonAreTheSame() {
        Adam ours = new Adam(List.of(w), RATE);
        for (int t = 0; t < 100; t++) {
            random.fillNormal(w.gradient().data(), 0, 40, 1);
            ours.step();
            theirStep(t);
        }
        assertClose(w.value(), Tensors.toTensor(theirs), 1e-5, "w");
    }

    @Test
    void theFirstStepOnGradientsAsSmallAsEpsilonIsTheSameWithTheirEpsilonOverTheRootOfOneMinusBeta2() {
        Adam ours = new Adam(List.of(w), RATE, 0.9, 0.999, 1e-8 / Math.sqrt(1 - 0.999));
        random.fillNormal(w.gradient().data(), 0, 40, 1e-7);
        ours.step();
        theirStep(0);
        assertClose(w.value(), Tensors.toTensor(theirs), 1e-4, "w");
    }

    /** ND4J puts ε in the place of a factor that is 0: η = 0 moves the weights a little, and not at all in ours. */
    @Test
    void aLearningRateOfZeroStillMovesTheirsByEpsilon() {
        AdamUpdater standing = new AdamUpdater(new org.nd4j.linalg.learning.config.Adam(0, 0.9, 0.999, 1e-8));
        standing.setStateViewArray(Nd4j.zeros(1, 2), new long[] {1, 1}, 'c', true);
        INDArray change = Nd4j.ones(1, 1);
        standing.applyUpdater(change, 0, 0);
        assertEquals(1e-8 * 0.1 / Math.sqrt(0.001), change.getDouble(0), 1e-12); // ε · m / √v
    }

    private void theirStep(int t) {
        INDArray change = Tensors.toNd4j(w.gradient());
        updater.applyUpdater(change, t, 0);
        theirs = theirs.sub(change);
    }
}
