package atelier.measure;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * What a {@link Judge} sees in each image of a set: the numbers that measures of generators compare instead of pixels.
 *
 * @param activations the answers of the judge's last hidden layer, {@code [N,128]}, 0 or above
 * @param probabilities how likely it holds each digit to be, {@code [N,10]}
 * @param digits the likeliest of them, one an image
 */
public record Features(Tensor activations, Tensor probabilities, int[] digits) {

    public Features {
        if (activations.rank() != 2
                || probabilities.rank() != 2
                || activations.size(0) != digits.length
                || probabilities.size(0) != digits.length) {
            throw new ShapeException("Features: expected a row of activations, a row of probabilities and a digit for "
                    + "each image but got " + Arrays.toString(activations.shape()) + ", "
                    + Arrays.toString(probabilities.shape()) + " and " + digits.length
                    + ". Use what a Judge returns.");
        }
    }

    /** How many images. */
    public int count() {
        return digits.length;
    }

    /** Of the first so many images, a copy. */
    public Features first(int n) {
        return new Features(activations.slice(0, n), probabilities.slice(0, n), Arrays.copyOf(digits, n));
    }

    /** Of the images with these numbers, in this order, a copy. */
    public Features pick(int... numbers) {
        return new Features(
                rows(activations, numbers),
                rows(probabilities, numbers),
                Arrays.stream(numbers).map(n -> digits[n]).toArray());
    }

    private static Tensor rows(Tensor from, int... numbers) {
        int width = from.size(1);
        Tensor to = Tensor.zeros(numbers.length, width);
        for (int row = 0; row < numbers.length; row++) {
            System.arraycopy(from.data(), numbers[row] * width, to.data(), row * width, width);
        }
        return to;
    }
}
