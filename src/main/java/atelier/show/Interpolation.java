package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * From one latent to another in equal steps, and what the decoder draws on the way.
 *
 * <pre>{@code
 * z(t) = (1 − t)·a + t·b,   t = 0 … 1
 * }</pre>
 */
public final class Interpolation {

    private Interpolation() {}

    /**
     * A row for each pair of latents {@code from[n]} and {@code to[n]}, both {@code [N,D]}, with this many images in it.
     *
     * @param decoder makes images {@code [M,1,H,W]} of latents {@code [M,D]}
     */
    public static Picture of(Tensor from, Tensor to, int steps, Function<Tensor, Tensor> decoder) {
        Tensor images = decoder.apply(latents(from, to, steps));
        int n = from.size(0);
        Tensor[] rows = IntStream.range(0, n)
                .mapToObj(i -> images.slice(i * steps, (i + 1) * steps))
                .toArray(Tensor[]::new);
        List<String> heads = IntStream.range(0, steps)
                .mapToObj(i -> (i == 0 ? "t=" : "") + head(i / (steps - 1.0)))
                .toList();
        String alt = n + (n == 1 ? " row" : " rows") + " of " + steps
                + " images, decoded on the way from one latent to another, t from 0 to 1.";
        return Strips.draw("Interpolation.of", alt, List.of(), heads, rows);
    }

    /** The latents on the way, {@code [N·steps,D]}, row after row. */
    public static Tensor latents(Tensor from, Tensor to, int steps) {
        from.requireSameShape(to, "Interpolation");
        if (from.rank() != 2) {
            throw new ShapeException("Interpolation: expected latents [N,D] but got " + Arrays.toString(from.shape())
                    + ". Reshape one latent to [1,D].");
        }
        if (steps < 2) {
            throw new IllegalArgumentException(
                    "Interpolation: expected at least 2 steps, the two ends, but got " + steps + ". Try 10.");
        }
        int d = from.size(1);
        Tensor z = Tensor.zeros(from.size(0) * steps, d);
        for (int row = 0; row < z.size(0); row++) {
            double t = row % steps / (steps - 1.0);
            for (int k = 0; k < d; k++) {
                int n = row / steps;
                z.set((float) ((1 - t) * from.at(n, k) + t * to.at(n, k)), row, k);
            }
        }
        return z;
    }

    private static String head(double t) {
        return t == Math.rint(t)
                ? String.valueOf((int) t)
                : String.format(Locale.ROOT, "%.2f", t).replaceFirst("0$", "");
    }
}
