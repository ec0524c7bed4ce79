package atelier.measure;

/**
 * The logarithm of a mean of numbers of which only the logarithms fit into a double, one number after the other.
 *
 * <pre>{@code
 * ln (1/k) Σ_i exp aᵢ = m + ln Σ_i exp(aᵢ − m) − ln k       m the largest a so far
 * }</pre>
 *
 * <p>The likelihood of an image is about exp(−100), of a large one exp(−10,000): as numbers they are 0, and so is their mean.
 */
final class LogMeanExp {

    private double largest = Double.NEGATIVE_INFINITY;
    private double sum; // Σ exp(aᵢ − largest)
    private long count;

    void add(double a) {
        count++;
        if (a == Double.NEGATIVE_INFINITY) {
            return; // a number 0
        }
        if (a <= largest) {
            sum += StrictMath.exp(a - largest);
        } else {
            sum = sum * StrictMath.exp(largest - a) + 1;
            largest = a;
        }
    }

    /** −∞ when every number was 0; NaN when one was none, or when there were none. */
    double value() {
        return sum == 0 && count > 0 ? Double.NEGATIVE_INFINITY : largest + StrictMath.log(sum) - StrictMath.log(count);
    }
}
