package atelier.show;

import atelier.tensor.Tensor;
import java.util.List;

/**
 * The same images before and after: original and reconstruction, or original, noisy and restored.
 *
 * <p>Shapes: {@code [N,1,H,W]} or {@code [N,3,H,W]}, all of one shape. Units: pixels in [0,1].
 *
 * <p>A model may reuse the tensor it returns: of two results, the first needs a {@link Tensor#copy}.
 */
public final class Pairs {

    private Pairs() {}

    /** Two rows: image n stands above what became of it. */
    public static Picture of(Tensor before, Tensor after) {
        return of(List.of("before", "after"), before, after);
    }

    /** As many rows as there are names: {@code Pairs.of(List.of("original", "noisy", "restored"), x, noisy, restored)}. */
    public static Picture of(List<String> names, Tensor... rows) {
        return of(names, List.of(), rows);
    }

    /** Rows with their names at the left, columns with their heads above: styles of handwriting by digits 0 … 9. */
    public static Picture of(List<String> names, List<String> heads, Tensor... rows) {
        int n = rows.length == 0 ? 0 : Digits.batch(rows[0]).size(0);
        String columns = heads.isEmpty() ? "" : "; columns: " + String.join(", ", heads);
        return Strips.draw(
                "Pairs.of",
                n + (n == 1 ? " image" : " images") + " a row; rows: " + String.join(", ", names) + columns + ".",
                names,
                heads,
                rows);
    }

    /** Two square grids beside each other, each under its title: 25 images make 5 by 5. */
    public static Picture grids(String titleBefore, Tensor before, String titleAfter, Tensor after) {
        before.requireSameShape(after, "Pairs.grids");
        int side = Math.max(1, (int) Math.ceil(Math.sqrt(Digits.batch(before).size(0))));
        return Pictures.beside(
                Pictures.titled(titleBefore, Digits.grid(before, side)),
                Pictures.titled(titleAfter, Digits.grid(after, side)));
    }
}
