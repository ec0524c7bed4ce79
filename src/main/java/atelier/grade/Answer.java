package atelier.grade;

/** A method under examination, whatever its parameters: {@code in -> slide(in.at(0), in.at(1))}. */
@FunctionalInterface
public interface Answer {

    /** What the method returns for these arguments. */
    Object of(Inputs in) throws Exception;
}
