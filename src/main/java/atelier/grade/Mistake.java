package atelier.grade;

/**
 * A wrong way that students often take, and what to tell who took it.
 *
 * @param hint a sentence that points at the cause without writing the code
 * @param answer what that way gives; where it throws, it is not recognised
 */
public record Mistake(String hint, Answer answer) {}
