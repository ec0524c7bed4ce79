package atelier.data;

/**
 * What is known about a data set on this machine.
 *
 * @param name its name
 * @param where the folder that holds it, or how to get it
 * @param images how many to train and to test
 * @param state whether its digests hold, that it is not here, or what is wrong
 * @param sound false when it is here and damaged or incomplete
 */
public record Holding(String name, String where, String images, String state, boolean sound) {

    static final String NOT_HERE = "not here";

    /** Whether it can be used as it stands: here, and every digest holds. */
    public boolean ready() {
        return sound && !state.equals(NOT_HERE);
    }
}
