package atelier.grade;

import atelier.definition.Nested;
import atelier.tensor.RandomStream;

/** Draws the arguments of a case: the first small enough for a pencil, the others in shapes that nobody guesses. */
@FunctionalInterface
public interface Draw {

    /**
     * The arguments of one case.
     *
     * @param number of the case, counted from 0
     * @param random the only source of chance: the same stream gives the same case
     */
    Inputs inputs(int number, RandomStream random);

    /** No arguments: the one case of a question that is answered by hand. */
    static Draw nothing() {
        return (number, random) -> Inputs.of();
    }

    /** A whole number from {@code least} to {@code most}. */
    static int whole(RandomStream random, int least, int most) {
        return least + random.below(most - least + 1);
    }

    /** Fills an array of any depth: whole numbers from −3 to 3 in the first case, in the others numbers in [−1, 1). */
    static <A> A numbers(int number, RandomStream random, A array) {
        return Nested.map(array, v -> number == 0 ? whole(random, -3, 3) : 2 * random.uniform() - 1);
    }
}
