package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.apache.commons.math3.special.Erf;

/**
 * A plane of the latent space as a table of what the decoder draws there.
 *
 * <pre>{@code
 * z[i] = Φ⁻¹((i + ½)/n),   i = 0 … n−1
 * }</pre>
 *
 * <p>Φ is the cumulative distribution of the prior N(0,1): each image stands for an equally probable piece of the plane, so
 * the grid is dense near 0 and reaches further out where latents are rare.
 *
 * <p>Walk-through: notebooks/10-vae. Source: Kingma and Welling 2014, arXiv:1312.6114, figure 4.
 */
public final class Manifold {

    private static final int WIDEST = 640;
    private static final int LEFT = 54;
    private static final int TOP = 4;
    private static final int BOTTOM = 40;
    private static final int MOST = 100;

    private Manifold() {}

    /**
     * The plane of a latent of two numbers: z₁ grows to the right, z₂ upwards.
     *
     * @param decoder makes images {@code [M,1,H,W]}, pixels in [0,1], of latents {@code [M,2]}
     */
    public static Picture of(int perSide, Function<Tensor, Tensor> decoder) {
        return draw(perSide, decoder.apply(latents(perSide)), "z1", "z2", "of the two latents");
    }

    /**
     * A plane through a latent space of D numbers: {@code z = origin + z₁·across + z₂·up}, each of {@code [1,D]}.
     *
     * <p>With the origin 0 and two unit vectors it is the plane of two latents while the others are 0.
     */
    public static Picture of(int perSide, Tensor origin, Tensor across, Tensor up, Function<Tensor, Tensor> decoder) {
        Tensor images = decoder.apply(onPlane(latents(perSide), origin, across, up));
        return draw(perSide, images, "across", "up", "through the latent space");
    }

    /** The latents {@code [perSide²,2]} of the plane, row by row from the top, each row from the left. */
    public static Tensor latents(int perSide) {
        if (perSide < 1 || perSide > MOST) {
            throw new IllegalArgumentException(
                    "Manifold: expected 1 to " + MOST + " images a side but got " + perSide + ". Try 20.");
        }
        Tensor z = Tensor.zeros(perSide * perSide, 2);
        for (int i = 0; i < z.size(0); i++) {
            z.set((float) quantile((i % perSide + 0.5) / perSide), i, 0);
            z.set((float) -quantile((i / perSide + 0.5) / perSide), i, 1);
        }
        return z;
    }

    /** Points {@code [M,2]} of a plane as latents {@code [M,D]}. */
    static Tensor onPlane(Tensor points, Tensor origin, Tensor across, Tensor up) {
        origin.requireSameShape(across, "Manifold, across");
        origin.requireSameShape(up, "Manifold, up");
        int d = origin.length();
        Tensor z = Tensor.zeros(points.size(0), d);
        for (int i = 0; i < points.size(0); i++) {
            for (int k = 0; k < d; k++) {
                float along = points.at(i, 0) * across.data()[k] + points.at(i, 1) * up.data()[k];
                z.set(origin.data()[k] + along, i, k);
            }
        }
        return z;
    }

    /** Φ⁻¹: the number below which a standard normal one falls with this probability. */
    static double quantile(double probability) {
        return Math.sqrt(2) * Erf.erfInv(2 * probability - 1);
    }

    private static Picture draw(int perSide, Tensor images, String across, String up, String plane) {
        Tensor x = Digits.batch(images);
        if (x.size(0) != perSide * perSide) {
            throw new ShapeException(
                    "Manifold: expected an image for each of " + perSide * perSide + " latents but the decoder gave "
                            + Arrays.toString(images.shape()) + ". It must decode all rows.");
        }
        int enlarge = Math.max(1, WIDEST * Picture.DENSITY / perSide / Math.max(x.size(2), x.size(3)));
        enlarge = Math.min(enlarge, 4);
        double cellWidth = (double) enlarge * x.size(3) / Picture.DENSITY;
        double cellHeight = (double) enlarge * x.size(2) / Picture.DENSITY;
        int width = (int) Math.ceil(perSide * cellWidth);
        int height = (int) Math.ceil(perSide * cellHeight);
        String most = number(quantile((perSide - 0.5) / perSide));
        Picture picture = new Picture(
                LEFT + width + 12,
                TOP + height + BOTTOM,
                perSide + " by " + perSide + " images decoded on a plane " + plane + ", from −" + most + " to " + most
                        + " each way, at equal steps of probability under the prior.");
        Graphics2D pen = picture.pen();
        for (int i = 0; i < x.size(0); i++) {
            int left = LEFT * Picture.DENSITY + i % perSide * enlarge * x.size(3);
            int top = TOP * Picture.DENSITY + i / perSide * enlarge * x.size(2);
            Digits.paint(picture, x, i, left, top, enlarge);
        }
        int every = Math.max(1, (int) Math.ceil(36 / cellWidth));
        for (int i = perSide / 2 % every; i < perSide; i += every) {
            String z = number(quantile((i + 0.5) / perSide));
            pen.setColor(Palette.SOFT_INK);
            Text.centre(pen, z, LEFT + (i + 0.5) * cellWidth, TOP + height + 15, Text.SMALL);
            Text.right(pen, z, LEFT - 5, TOP + height - (i + 0.5) * cellHeight + 4, Text.SMALL);
        }
        pen.setColor(Palette.INK);
        Text.centre(pen, across, LEFT + width / 2.0, TOP + height + 32, Text.NORMAL);
        pen.rotate(-Math.PI / 2, 12, TOP + height / 2.0);
        Text.centre(pen, up, 12, TOP + height / 2.0 + 4, Text.NORMAL);
        pen.dispose();
        return picture;
    }

    private static String number(double z) {
        String text = String.format(Locale.ROOT, "%.1f", z);
        return text.equals("-0.0") ? "0.0" : text.replace('-', '−');
    }
}
