package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Datasets;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The theorem: the best linear autoencoder draws in the subspace of the first directions of PCA (Baldi and Hornik 1989). */
class LinearAutoencoderTest {

    private static final int STEPS = 800;
    private static final ImageSet IMAGES =
            Datasets.load("scribbles").first(300, 10).train();

    @Test
    void y3_aLinearAutoencoderFindsTheSubspaceOfPcaThoughNotItsDirections() {
        Autoencoder linear = Autoencoder.linear(4, RandomStream.seed(1));
        Tensor x = IMAGES.images(0, 300);
        Pca pca = Pca.of(IMAGES, 4);
        double before = largest(PrincipalAngles.between(drawn(linear), pca.basis()));
        SquaredError loss = new SquaredError();
        Adam adam = new Adam(linear.parameters(), 0.02);
        for (int step = 0; step < STEPS; step++) {
            adam.learningRate(0.02 * (STEPS - step) / STEPS);
            loss.forward(linear.forward(x, Mode.TRAIN), x);
            adam.zeroGradients();
            linear.backward(loss.backward());
            adam.step();
        }
        double after = largest(PrincipalAngles.between(drawn(linear), pca.basis()));
        assertTrue(before > 1, "at first nearly at right angles: " + before);
        assertEquals(0, after, 0.02);
        double error =
                Arrays.stream(Quality.mse(linear.forward(x, Mode.INFER), x)).sum() / 300;
        assertEquals(1, error / pca.mse(IMAGES), 1e-3);
        double firstAxis =
                PrincipalAngles.between(drawn(linear), pca.withCodeSize(1).basis())[0];
        assertEquals(0, firstAxis, 0.02);
        Tensor ownAxis = Tensor.zeros(784, 1);
        for (int i = 0; i < 784; i++) {
            ownAxis.set(drawn(linear).at(i, 0), i, 0);
        }
        assertTrue(PrincipalAngles.between(ownAxis, pca.withCodeSize(1).basis())[0] > 0.1, "its axes are its own");
    }

    private static double largest(double[] angles) {
        return angles[angles.length - 1];
    }

    /** What each number of the code adds to the picture, as columns {@code [784,D]}. */
    private static Tensor drawn(Autoencoder autoencoder) {
        Parameter weight = autoencoder.decoder().parameters().get(0); // [D,784]
        Tensor columns = Tensor.zeros(784, weight.value().size(0));
        for (int i = 0; i < 784; i++) {
            for (int d = 0; d < columns.size(1); d++) {
                columns.set(weight.value().at(d, i), i, d);
            }
        }
        return columns;
    }
}
