package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PrincipalAnglesTest {

    @Test
    void y3_planesThatShareALineAreWorkedOutByHand() {
        Tensor floor = Tensor.of(new float[] {1, 0, 0, 1, 0, 0}, 3, 2);
        Tensor ramp = Tensor.of(new float[] {2, 3, 0, 0.6f, 0, 0.8f}, 3, 2); // x and a slope of 4/3, mixed
        assertArrayEquals(new double[] {0, Math.atan2(0.8, 0.6)}, PrincipalAngles.between(floor, ramp), 1e-7);
        Tensor up = Tensor.of(new float[] {0, 0, 5}, 3, 1);
        assertArrayEquals(new double[] {Math.PI / 2}, PrincipalAngles.between(floor, up), 1e-12);
        assertArrayEquals(new double[] {Math.PI / 2}, PrincipalAngles.between(up, floor), 1e-12);
        assertEquals(Math.atan2(0.6, 0.8), PrincipalAngles.between(up, ramp)[0], 1e-7);
    }

    @Test
    void y3_anotherBasisOfTheSameSubspaceIsAtNoAngle() {
        Tensor a = Tensor.normal(RandomStream.seed(1), 1, 20, 3);
        double[][] mix = {{1, 2, 0.5}, {0, -1, 3}, {2, 0, 1}};
        Tensor b = Tensor.zeros(20, 3);
        for (int i = 0; i < 20; i++) {
            for (int d = 0; d < 3; d++) {
                b.set((float) (a.at(i, 0) * mix[0][d] + a.at(i, 1) * mix[1][d] + a.at(i, 2) * mix[2][d]), i, d);
            }
        }
        assertArrayEquals(new double[3], PrincipalAngles.between(a, b), 1e-6);
    }

    @Test
    void y3_howLongTheDirectionsAreDoesNotMatterNorThatTheySpanAllThereIs() {
        Tensor a = Tensor.of(new float[] {1e-4f, 0, 0, 1e-4f, 0, 0}, 3, 2);
        Tensor b = Tensor.of(new float[] {3e-5f, 0, 4e-5f}, 3, 1);
        assertArrayEquals(new double[] {Math.atan2(0.8, 0.6)}, PrincipalAngles.between(a, b), 1e-6);
        Tensor all = Tensor.normal(RandomStream.seed(5), 1, 3, 3);
        assertArrayEquals(new double[2], PrincipalAngles.between(all, a), 1e-12);
    }

    @Test
    void y3_smallAnglesAreNotLostInTheCosine() {
        Tensor a = Tensor.of(new float[] {1, 0, 0, 0}, 4, 1);
        Tensor b = Tensor.of(new float[] {1, 0, 1e-9f, 0}, 4, 1);
        assertEquals(1e-9, PrincipalAngles.between(a, b)[0], 1e-15); // cos θ = 1 − 5e-19 would say 0
    }

    @Test
    void anglesAreTheSameSeenFromEitherSideAndRise() {
        Tensor a = Tensor.normal(RandomStream.seed(2), 1, 9, 4);
        Tensor b = Tensor.normal(RandomStream.seed(3), 1, 9, 2);
        double[] angles = PrincipalAngles.between(a, b);
        assertEquals(2, angles.length);
        assertEquals(1, Math.signum(angles[1] - angles[0]));
        assertArrayEquals(angles, PrincipalAngles.between(b, a), 1e-12);
    }

    @Test
    void aBasisThatIsNoneIsRefused() {
        Tensor a = Tensor.normal(RandomStream.seed(4), 1, 5, 2);
        Tensor twice = Tensor.of(new float[] {1, 2, 3, 6, 0, 0, 1, 2, 4, 8}, 5, 2);
        assertThrows(IllegalArgumentException.class, () -> PrincipalAngles.between(a, twice));
        assertThrows(IllegalArgumentException.class, () -> PrincipalAngles.between(a, Tensor.zeros(5, 1)));
        assertThrows(IllegalArgumentException.class, () -> PrincipalAngles.between(a, Tensor.filled(1, 5, 6)));
        assertThrows(ShapeException.class, () -> PrincipalAngles.between(a, Tensor.zeros(4, 2)));
        assertThrows(ShapeException.class, () -> PrincipalAngles.between(a, Tensor.zeros(5, 0)));
    }
}
