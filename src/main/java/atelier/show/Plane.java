package atelier.show;

/**
 * A rectangle of the plane: x from left to right, y from bottom to top.
 */
public record Plane(double left, double right, double bottom, double top) {

    /** @throws IllegalArgumentException when it has no area or no end */
    public Plane {
        if (!(right > left && top > bottom && right - left < 1e290 && top - bottom < 1e290)) {
            throw new IllegalArgumentException("Plane: expected left < right and bottom < top but got " + left + ", "
                    + right + ", " + bottom + ", " + top + ". Give the smaller number first.");
        }
    }

    boolean contains(double x, double y) {
        return x >= left && x <= right && y >= bottom && y <= top;
    }

    double x(double share) {
        return left + share * (right - left);
    }

    double y(double share) {
        return bottom + share * (top - bottom);
    }
}
