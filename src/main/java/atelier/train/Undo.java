package atelier.train;

import atelier.layer.Parameter;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step changes before it may fail, kept until it has not.
 *
 * <p>A forward pass changes buffers and draws random numbers. Where two players move in turn, the first has moved when the
 * second fails: then the weights and what the optimisers remember are kept, too.
 */
final class Undo {

    private final List<Parameter> tensors;
    private final List<Optimizer> optimizers;
    private final List<RandomStream> randomness;
    private final float[][] values;
    private final long[] steps;
    private final long[] positions;

    Undo(Trainee trainee) {
        tensors = new ArrayList<>();
        List<Optimizer> players = List.of();
        List<RandomStream> streams = List.of();
        if (trainee instanceof Learner learner) {
            tensors.addAll(learner.buffers());
            streams = learner.randomness();
            if (learner.optimizers().size() > 1) {
                players = learner.optimizers();
                tensors.addAll(learner.parameters());
                players.forEach(player -> tensors.addAll(player.state()));
            }
        }
        optimizers = players;
        randomness = streams;
        values = tensors.stream().map(tensor -> tensor.value().data().clone()).toArray(float[][]::new);
        steps = new long[optimizers.size()];
        positions = new long[randomness.size()];
    }

    void remember() {
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(tensors.get(i).value().data(), 0, values[i], 0, values[i].length);
        }
        for (int i = 0; i < steps.length; i++) {
            steps[i] = optimizers.get(i).steps();
        }
        for (int i = 0; i < positions.length; i++) {
            positions[i] = randomness.get(i).position();
        }
    }

    void restore() {
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(values[i], 0, tensors.get(i).value().data(), 0, values[i].length);
        }
        for (int i = 0; i < steps.length; i++) {
            optimizers.get(i).steps(steps[i]);
        }
        for (int i = 0; i < positions.length; i++) {
            randomness.get(i).position(positions[i]);
        }
    }
}
