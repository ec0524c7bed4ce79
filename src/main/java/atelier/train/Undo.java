package atelier.train;

import atelier.layer.Parameter;
import atelier.tensor.RandomStream;
import java.util.List;

/** What a forward pass changes besides the loss, kept for as long as the step may still fail. */
final class Undo {

    private final List<Parameter> buffers;
    private final List<RandomStream> randomness;
    private final float[][] values;
    private final long[] positions;

    Undo(Trainee trainee) {
        buffers = trainee instanceof Learner learner ? learner.buffers() : List.of();
        randomness = trainee instanceof Learner learner ? learner.randomness() : List.of();
        values = buffers.stream().map(buffer -> buffer.value().data().clone()).toArray(float[][]::new);
        positions = new long[randomness.size()];
    }

    void remember() {
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(buffers.get(i).value().data(), 0, values[i], 0, values[i].length);
        }
        for (int i = 0; i < positions.length; i++) {
            positions[i] = randomness.get(i).position();
        }
    }

    void restore() {
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(values[i], 0, buffers.get(i).value().data(), 0, values[i].length);
        }
        for (int i = 0; i < positions.length; i++) {
            randomness.get(i).position(positions[i]);
        }
    }
}
