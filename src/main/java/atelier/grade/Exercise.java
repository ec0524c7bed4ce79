package atelier.grade;

import java.util.List;

/**
 * One notebook of exercises.
 *
 * @param name of the file without its ending: {@code 02-convolution}
 */
public record Exercise(String name, List<Task> tasks) {}
