package atelier.layer;

import atelier.tensor.ShapeException;
import java.util.Arrays;

/** How many numbers one output of a layer reads, and how many outputs one input reaches, from the shape of the weight. */
final class Fan {

    private Fan() {}

    /** "in" of a dense weight {@code [in,out]}, C·R·R of a kernel {@code [K,C,R,R]}. */
    static double in(int... shape) {
        return isDense(shape) ? shape[0] : shape[1] * area(shape);
    }

    /** "out" of a dense weight {@code [in,out]}, K·R·R of a kernel {@code [K,C,R,R]}. */
    static double out(int... shape) {
        return isDense(shape) ? shape[1] : shape[0] * area(shape);
    }

    private static double area(int... shape) {
        return (double) shape[2] * shape[3];
    }

    private static boolean isDense(int... shape) {
        if (shape.length != 2 && shape.length != 4) {
            throw new ShapeException("Fan: expected the shape of a weight, [in,out] or [K,C,R,R], but got "
                    + Arrays.toString(shape) + ". A bias starts at 0.");
        }
        return shape.length == 2;
    }
}
