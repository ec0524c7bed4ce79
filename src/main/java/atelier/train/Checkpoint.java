package atelier.train;

import atelier.layer.Parameter;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a training is made of at one moment, so that it can go on as if it had never stopped.
 *
 * <p>Its bytes ({@link CheckpointFormat}) depend on the training alone: no time, machine, path or number of threads.
 *
 * @param identity what the training was made with, by name: model, data, seed …; it must be the same to go on
 * @param position where it stands
 * @param parameters the weights
 * @param buffers what the model keeps beside them
 * @param optimizers the state of each optimiser
 * @param randomness how many numbers each random stream has drawn
 * @param epochs the history, without its times
 */
public record Checkpoint(
        Map<String, String> identity,
        Position position,
        List<Numbers> parameters,
        List<Numbers> buffers,
        List<OptimizerState> optimizers,
        List<Long> randomness,
        List<History.Epoch> epochs) {

    /** One tensor. */
    public record Numbers(String name, int[] shape, float[] values) {

        static List<Numbers> of(List<Parameter> tensors) {
            return tensors.stream()
                    .map(p -> new Numbers(
                            p.name(), p.value().shape(), p.value().data().clone()))
                    .toList();
        }

        private String called() {
            return name + " " + Arrays.toString(shape);
        }
    }

    /** What an optimiser remembers. */
    public record OptimizerState(long steps, List<Numbers> state) {}

    static Checkpoint of(Learner learner, Map<String, String> identity, Position position, List<History.Epoch> epochs) {
        return new Checkpoint(
                identity,
                position,
                Numbers.of(learner.parameters()),
                Numbers.of(learner.buffers()),
                learner.optimizers().stream()
                        .map(o -> new OptimizerState(o.steps(), Numbers.of(o.state())))
                        .toList(),
                learner.randomness().stream().map(RandomStream::position).toList(),
                List.copyOf(epochs));
    }

    /** What differs from another training, a line each; empty when it is the same training. */
    List<String> differencesFrom(Map<String, String> other) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, String> entry : new TreeMap<>(other).entrySet()) {
            String mine = identity.getOrDefault(entry.getKey(), "nothing");
            if (!mine.equals(entry.getValue())) {
                differences.add(entry.getKey() + ": " + mine + " in the checkpoint, " + entry.getValue() + " here");
            }
        }
        identity.forEach((name, value) -> {
            if (!other.containsKey(name)) {
                differences.add(name + ": " + value + " in the checkpoint, nothing here");
            }
        });
        return differences;
    }

    /**
     * Puts everything back into a learner of the same architecture: all of it, or nothing.
     *
     * @throws CheckpointException when a tensor, an optimiser or a random stream has no counterpart
     */
    void into(Learner learner) {
        List<Optimizer> theirs = learner.optimizers();
        requireSame("parameters", parameters, learner.parameters());
        requireSame("buffers", buffers, learner.buffers());
        requireSame("optimisers", optimizers.size(), theirs.size());
        requireSame("random streams", randomness.size(), learner.randomness().size());
        for (int i = 0; i < optimizers.size(); i++) {
            requireSame(
                    "the optimiser's state",
                    optimizers.get(i).state(),
                    theirs.get(i).state());
        }

        copy(parameters, learner.parameters());
        copy(buffers, learner.buffers());
        for (int i = 0; i < optimizers.size(); i++) {
            theirs.get(i).steps(optimizers.get(i).steps());
            copy(optimizers.get(i).state(), theirs.get(i).state());
        }
        for (int i = 0; i < randomness.size(); i++) {
            learner.randomness().get(i).position(randomness.get(i));
        }
    }

    static void copy(List<Numbers> from, List<Parameter> to) {
        for (int i = 0; i < from.size(); i++) {
            float[] values = from.get(i).values();
            System.arraycopy(values, 0, to.get(i).value().data(), 0, values.length);
        }
    }

    static void requireSame(String what, List<Numbers> stored, List<Parameter> here) {
        requireSame(
                what,
                stored.stream().map(Numbers::called).toList(),
                Numbers.of(here).stream().map(Numbers::called).toList());
    }

    private static void requireSame(String what, Object stored, Object here) {
        if (!stored.equals(here)) {
            throw new CheckpointException("Checkpoint: expected " + what + " " + here + " but got " + stored
                    + ". It was made by another model.");
        }
    }
}
