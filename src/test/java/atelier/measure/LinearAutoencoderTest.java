package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private static final int STEPS = 400;

    /** A mean image, four directions of falling weight, and a little noise in all others. */
    private static Tensor images() {
        RandomStream random = RandomStream.seed(2);
        Tensor x = Tensor.normal(random.split(1), 0.1, 200, 1, 28, 28);
        Tensor directions = Tensor.normal(random.split(2), 1 / 28.0, 5, 784); // of a length near 1
        for (int n = 0; n < 200; n++) {
            for (int d = 0; d < 5; d++) {
                double weight = d == 4 ? 5 : (3 - 0.5 * d) * random.normal(); // the last is in all: the mean
                for (int i = 0; i < 784; i++) {
                    x.data()[n * 784 + i] += (float) (weight * directions.at(d, i));
                }
            }
        }
        return x;
    }

    @Test
    void y3_aLinearAutoencoderFindsTheSubspaceOfPcaThoughNotItsDirections() {
        Autoencoder linear = Autoencoder.linear(4, RandomStream.seed(1));
        Tensor x = images();
        Pca pca = Pca.of(x, 4);
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
                Arrays.stream(Quality.mse(linear.forward(x, Mode.INFER), x)).sum();
        assertEquals(
                1, error / Arrays.stream(Quality.mse(pca.reconstruct(x), x)).sum(), 1e-3);
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
