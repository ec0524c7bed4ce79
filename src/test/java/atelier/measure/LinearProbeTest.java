package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.Scribbles;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LinearProbeTest {

    @Test
    void twoExamplesGiveTheLeastLossThatIsWorkedOutByHand() {
        // x = ±1 after centring and scaling, w the difference of the two weights: the least of ln(1 + exp(−w)) +
        // ½·λ·w²/2
        LinearProbe probe = LinearProbe.train(Tensor.of(new float[] {7, 9}, 2, 1), new int[] {0, 1}, 2);
        double w = 0;
        for (int i = 0; i < 100_000; i++) {
            w -= 0.5 * (0.01 * w / 2 - 1 / (1 + Math.exp(w)));
        }
        Evaluation seen = probe.evaluate(Tensor.of(new float[] {8, 9, 10}, 3, 1), new int[] {1, 1, 1});
        assertEquals(Math.log(2), seen.losses()[0], 1e-6);
        assertEquals(Math.log(1 + Math.exp(-w)), seen.losses()[1], 1e-4);
        assertEquals(Math.log(1 + Math.exp(-2 * w)), seen.losses()[2], 1e-4);
    }

    @Test
    void whatLiesOpenIsFoundAndWhatIsTwistedIsNot() {
        Tensor x = Tensor.normal(RandomStream.seed(1), 1, 400, 3);
        int[] sides = new int[400];
        int[] corners = new int[400];
        for (int i = 0; i < 400; i++) {
            sides[i] = x.at(i, 0) + 2 * x.at(i, 1) > 0.5 ? 1 : 0;
            corners[i] = x.at(i, 0) * x.at(i, 1) > 0 ? 1 : 0;
        }
        assertTrue(LinearProbe.train(x, sides, 2).evaluate(x, sides).accuracy() > 0.97);
        assertTrue(LinearProbe.train(x, corners, 2).evaluate(x, corners).accuracy() < 0.62);
    }

    @Test
    void thePlaceAndTheUnitOfTheFeaturesDoNotMatter() {
        Tensor x = Tensor.normal(RandomStream.seed(2), 1, 60, 4);
        int[] labels = new int[60];
        for (int i = 0; i < 60; i++) {
            labels[i] = x.at(i, 0) > x.at(i, 1) ? 2 : x.at(i, 2) > 0 ? 1 : 0;
        }
        Tensor moved = x.copy();
        for (int i = 0; i < moved.length(); i++) {
            moved.data()[i] = 50 * moved.data()[i] - 300;
        }
        assertArrayEquals(
                LinearProbe.train(x, labels, 3).evaluate(x, labels).losses(),
                LinearProbe.train(moved, labels, 3).evaluate(moved, labels).losses(),
                1e-3);
    }

    @Test
    void aHundredLabelsTeachItDigitsTheSameWayEveryTime() {
        Dataset data = Scribbles.load(1, 100, 300);
        Tensor x = data.train().images(0, 100).reshape(100, 784);
        Tensor test = data.test().images(0, 300).reshape(300, 784);
        int[] labels = data.train().labels(0, 100);
        Evaluation one =
                LinearProbe.train(x, labels, 10).evaluate(test, data.test().labels(0, 300));
        Evaluation two =
                LinearProbe.train(x, labels, 10).evaluate(test, data.test().labels(0, 300));
        assertTrue(one.accuracy() > 0.5, "accuracy " + one.accuracy());
        assertArrayEquals(one.losses(), two.losses());
    }

    @Test
    void featuresThatNeverChangeTeachNothing() {
        LinearProbe probe = LinearProbe.train(Tensor.filled(3, 4, 2), new int[] {0, 1, 0, 1}, 2);
        assertEquals(Math.log(2), probe.evaluate(Tensor.zeros(1, 2), new int[1]).loss(), 1e-5);
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(ShapeException.class, () -> LinearProbe.train(Tensor.zeros(2, 3), new int[3], 2));
        assertThrows(ShapeException.class, () -> LinearProbe.train(Tensor.zeros(0, 3), new int[0], 2));
        LinearProbe probe = LinearProbe.train(Tensor.zeros(1, 3), new int[1], 2);
        assertThrows(ShapeException.class, () -> probe.evaluate(Tensor.zeros(1, 2), new int[1]));
        assertThrows(IllegalArgumentException.class, () -> LinearProbe.train(Tensor.zeros(1, 3), new int[] {2}, 2));
    }
}
