package atelier.grade;

import java.util.List;
import java.util.stream.Collectors;

/** All exercises of the course. */
public final class Exercises {

    private Exercises() {}

    /** In the order of their chapters. */
    public static List<Exercise> all() {
        return List.of(
                ConvolutionExercise.exercise(),
                ConvolutionBackwardExercise.exercise(),
                PoolingExercise.exercise(),
                ConvNetExercise.exercise(),
                AutoencoderExercise.exercise(),
                VaeExercise.exercise(),
                GanExercise.exercise(),
                MeasuringExercise.exercise());
    }

    /**
     * The task of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Task task(String id) {
        List<Task> tasks = all().stream().flatMap(e -> e.tasks().stream()).toList();
        return tasks.stream()
                .filter(task -> task.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Check: expected one of "
                        + tasks.stream().map(Task::id).collect(Collectors.joining(", ")) + " but got " + id
                        + ". Take the name from the original exercise."));
    }
}
