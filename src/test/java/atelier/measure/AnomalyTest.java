package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AnomalyTest {

    @Test
    void theErrorIsTheScoreAndTheDigitThePositive() {
        // restored as black, images of brightness 1, 3, 2 and 4 are that strange; digit 5 is 3 and 4, above both others
        ImageSet test = new ImageSet(new byte[] {1, 3, 2, 4}, new byte[] {0, 5, 7, 5}, 1, 1);
        assertEquals(1, Anomaly.roc(test, 5, x -> Tensor.zeros(x.shape())).auc());
        assertEquals(0, Anomaly.roc(test, 0, x -> Tensor.zeros(x.shape())).auc());
        assertEquals(1 / 3.0, Anomaly.roc(test, 7, new double[] {1, 3, 2, 4}).auc(), 1e-15);
    }

    @Test
    void imagesAreReadInBatchesAndNoneIsLost() {
        ImageSet test = Scribbles.load(1, 10, 600).test();
        Pca pca = Pca.of(test, 5);
        double[] errors = Quality.of(test, pca::reconstruct).mse();
        assertArrayEquals(
                Anomaly.roc(test, 3, errors).thresholds(),
                Anomaly.roc(test, 3, pca::reconstruct).thresholds());
    }

    @Test
    void aPcaOfTheOtherNineDigitsFindsARoundOneStrange() {
        Dataset data = Scribbles.load(1, 2000, 500);
        Pca nine = Pca.of(data.train().where(label -> label != 0), 16);
        Pca ten = Pca.of(data.train(), 16);
        double held = Anomaly.roc(data.test(), 0, nine::reconstruct).auc();
        assertTrue(
                held > 0.6
                        && held > Anomaly.roc(data.test(), 0, ten::reconstruct).auc(),
                "AUC " + held);
    }
}
