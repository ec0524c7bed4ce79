package atelier.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Nested;
import atelier.layer.LayerLaws;
import atelier.layer.Parameter;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** What holds for every optimiser, whatever its rule. */
final class OptimizerLaws {

    private OptimizerLaws() {}

    static void hold(Function<List<Parameter>, Optimizer> made) {
        leavesGradientsAlone(made);
        findsTheBottomOfABowl(made);
        goesOnFromAStoredStateWithTheSameBits(made);
        givesTheSameBitsOnAnyNumberOfThreads(made);
        keepsItsLearningRate(made);
        LayerLaws.allocatesNothing(made.apply(parameters())::step);
    }

    /** The same 50 steps by the definition, in double: parameters before each step, its gradient, and which step it is. */
    interface DefinedStep {
        void apply(double[] theta, double[] gradient, int t);
    }

    static void equalsDefinition(Function<List<Parameter>, Optimizer> made, DefinedStep definition) {
        Parameter p = new Parameter("p", LayerLaws.normal(1, 40));
        Optimizer optimizer = made.apply(List.of(p));
        double[] theta = doubles(p.value());
        for (int t = 1; t <= 50; t++) {
            p.gradient().copyFrom(LayerLaws.normal(100 + t, 40));
            definition.apply(theta, doubles(p.gradient()), t);
            optimizer.step();
        }
        LayerLaws.assertClose(theta, p.value());
    }

    private static double[] doubles(Tensor vector) {
        return Nested.matrix(vector.data(), 1, vector.length())[0];
    }

    static void leavesGradientsAlone(Function<List<Parameter>, Optimizer> made) {
        List<Parameter> parameters = parameters();
        Optimizer optimizer = made.apply(parameters);
        float[] before = parameters.get(0).gradient().data().clone();
        optimizer.step();
        assertArrayEquals(before, parameters.get(0).gradient().data());
        optimizer.zeroGradients();
        assertArrayEquals(new float[before.length], parameters.get(0).gradient().data());
    }

    /** L = ½ Σ s·w² with slopes s from 1 to 10. */
    static void findsTheBottomOfABowl(Function<List<Parameter>, Optimizer> made) {
        Parameter w = new Parameter("w", LayerLaws.normal(1, 10));
        Optimizer optimizer = made.apply(List.of(w));
        for (int step = 0; step < 2000; step++) {
            if (step == 1000) {
                optimizer.learningRate(optimizer.learningRate() / 10);
            }
            for (int i = 0; i < 10; i++) {
                w.gradient().data()[i] = (i + 1) * w.value().data()[i];
            }
            optimizer.step();
        }
        for (float number : w.value().data()) {
            assertEquals(0, number, 2e-3);
        }
        assertEquals(2000, optimizer.steps());
    }

    static void goesOnFromAStoredStateWithTheSameBits(Function<List<Parameter>, Optimizer> made) {
        List<Parameter> whole = parameters();
        Optimizer uninterrupted = made.apply(whole);
        steps(uninterrupted, 0, 7);

        List<Parameter> stopped = parameters();
        Optimizer before = made.apply(stopped);
        steps(before, 0, 3);
        Optimizer after = made.apply(stopped);
        after.steps(before.steps());
        for (int i = 0; i < before.state().size(); i++) {
            assertEquals(before.state().get(i).name(), after.state().get(i).name());
            after.state().get(i).value().copyFrom(before.state().get(i).value());
        }
        steps(after, 3, 7);
        assertEquals(7, after.steps());
        for (int i = 0; i < whole.size(); i++) {
            assertArrayEquals(
                    whole.get(i).value().data(), stopped.get(i).value().data());
        }
    }

    static void givesTheSameBitsOnAnyNumberOfThreads(Function<List<Parameter>, Optimizer> made) {
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            List<Parameter> parameters = parameters();
            steps(made.apply(parameters), 0, 3);
            return parameters.stream().map(p -> p.value().data()).toList();
        });
    }

    static void keepsItsLearningRate(Function<List<Parameter>, Optimizer> made) {
        Optimizer optimizer = made.apply(parameters());
        optimizer.learningRate(0.125);
        assertEquals(0.125, optimizer.learningRate());
        for (double rate : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            String message = assertThrows(IllegalArgumentException.class, () -> optimizer.learningRate(rate))
                    .getMessage();
            assertTrue(
                    message.startsWith(optimizer.getClass().getSimpleName() + ": expected a learning rate"), message);
        }
    }

    /** Steps from ≤ t &lt; to, each with its own gradients. */
    private static void steps(Optimizer optimizer, int from, int to) {
        for (int t = from; t < to; t++) {
            int seed = 100 * t;
            for (Parameter p : optimizer.parameters()) {
                p.gradient().copyFrom(LayerLaws.normal(++seed, p.value().shape()));
            }
            optimizer.step();
        }
    }

    /** Two parameters, one of several pieces. */
    private static List<Parameter> parameters() {
        Parameter matrix = new Parameter("matrix", LayerLaws.normal(1, 300, 170));
        Parameter bias = new Parameter("bias", Tensor.filled(0.5f, 7));
        matrix.gradient().copyFrom(LayerLaws.normal(2, 300, 170));
        bias.gradient().copyFrom(LayerLaws.normal(3, 7));
        return List.of(matrix, bias);
    }
}
