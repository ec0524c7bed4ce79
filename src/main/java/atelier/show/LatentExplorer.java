package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A latent plane that the reader walks over: while a point is dragged, the decoder draws the picture that belongs to it.
 *
 * <p>The decoder runs in the page, from the trained weights that the page carries; nothing is loaded, no kernel is asked.
 * Where scripts do not run, a picture of the plane stands in their place.
 *
 * <p>Units: the last activation gives pixels in [0,1].
 *
 * <p>Walk-through: notebooks/10-vae.
 */
public final class LatentExplorer {

    private static final int POINTS = 2000;
    private static final int PICTURES = 12;

    private LatentExplorer() {}

    /**
     * An explorer of a decoder of dense layers: {@code LatentExplorer.of(codes, labels, weights, "relu", "sigmoid")}.
     *
     * @param codes   {@code [N,2]}, drawn as points and saying how large the plane is; at most 2000 are kept
     * @param labels  the class of each code, 0 to 255
     * @param weights W {@code [F,K]} and b {@code [K]} of the decoder's first layer, from F = 2, of its second …
     * @param activations one a layer: linear, relu, tanh or sigmoid
     */
    public static Html of(Tensor codes, int[] labels, List<Tensor> weights, String... activations) {
        if (codes.rank() != 2 || codes.size(1) != 2 || codes.size(0) != labels.length || labels.length == 0) {
            throw new ShapeException(
                    "LatentExplorer.of: expected codes [" + labels.length + ",2], one a label, but got "
                            + Arrays.toString(codes.shape()) + ". Encode some images to two latents.");
        }
        if (!Arrays.stream(labels).allMatch(label -> label >= 0 && label < 256)) {
            throw new IllegalArgumentException("LatentExplorer.of: expected labels from 0 to 255 but got "
                    + Arrays.stream(labels).min().orElse(0) + " to "
                    + Arrays.stream(labels).max().orElse(0) + ". Give each class a small number.");
        }
        DenseStack decoder = new DenseStack(List.copyOf(weights), List.of(activations));
        Plane plane =
                new Plane(edge(codes, 0, false), edge(codes, 0, true), edge(codes, 1, false), edge(codes, 1, true));
        int step = (labels.length + POINTS - 1) / POINTS;
        int[] shown = IntStream.range(0, labels.length)
                .filter(i -> i % step == 0 && plane.contains(codes.at(i, 0), codes.at(i, 1)))
                .toArray();
        String text = String.format(
                Locale.ROOT,
                "A latent plane to explore, z1 from %.1f to %.1f and z2 from %.1f to %.1f, with %d codes of images.",
                plane.left(),
                plane.right(),
                plane.bottom(),
                plane.top(),
                shown.length);
        String colours = Arrays.stream(Palette.CLASSES)
                .map(colour -> String.format("#%06x", colour.getRGB() & 0xFFFFFF))
                .collect(Collectors.joining(" "));
        return new Html(
                "<div class=\"atelier-explorer\" style=\"background:#fff;color:#24292f;padding:8px;max-width:660px;"
                        + "font:14px/1.4 sans-serif\""
                        + "\n data-decoder='{\"side\":" + decoder.side() + ",\"plane\":[" + plane.left() + ","
                        + plane.right() + "," + plane.bottom() + "," + plane.top() + "],\"layers\":" + decoder.json()
                        + "}'\n data-codes=\"" + places(codes, plane, shown) + "\"\n data-labels=\""
                        + bytes(labels, shown) + "\"\n data-colours=\"" + colours + "\">\n"
                        + fallback(decoder, plane, text) + "</div>\n<script>" + script() + "</script>\n",
                text);
    }

    /** The script that brings every explorer of a page to life; always the same text, the data stand beside it. */
    public static String script() {
        try (InputStream in = LatentExplorer.class.getResourceAsStream("explorer.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is seen where scripts do not run: pictures from all over the plane, and a line of text. */
    private static String fallback(DenseStack decoder, Plane plane, String text) {
        Tensor z = Tensor.zeros(PICTURES * PICTURES, 2);
        for (int i = 0; i < z.size(0); i++) {
            z.set((float) plane.x((i % PICTURES + 0.5) / PICTURES), i, 0);
            z.set((float) plane.y(1 - (i / PICTURES + 0.5) / PICTURES), i, 1);
        }
        Tensor images = decoder.decode(z);
        int side = decoder.side();
        int size = (PICTURES * side + Picture.DENSITY - 1) / Picture.DENSITY;
        Picture picture = new Picture(size, size, text);
        for (int i = 0; i < images.size(0); i++) {
            Digits.paint(picture, images, i, i % PICTURES * side, i / PICTURES * side, 1);
        }
        return "<div class=\"atelier-fallback\"><img alt=\"" + Html.escape(text) + "\" width=\"480\" height=\"480\""
                + " style=\"image-rendering:pixelated;max-width:100%\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(picture.png()) + "\">\n<p>What the decoder draws all over the"
                + " plane, z1 to the right and z2 upwards. To walk over it, trust this notebook or open its page in a"
                + " browser: scripts are off here.</p></div>\n";
    }

    /** Where the plane ends: beyond all but the outermost codes. */
    private static double edge(Tensor codes, int axis, boolean upper) {
        double[] sorted = IntStream.range(0, codes.size(0))
                .mapToDouble(i -> codes.at(i, axis))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException(
                    "LatentExplorer.of: expected finite codes but got none. Train the encoder first.");
        }
        double low = sorted[(int) (0.002 * (sorted.length - 1))];
        double high = sorted[(int) Math.ceil(0.998 * (sorted.length - 1))];
        double margin = Math.max(0.04 * (high - low), 0.05);
        return Math.rint(20 * (upper ? high + margin : low - margin)) / 20;
    }

    /** Two numbers a code, from 0 at the left or bottom to 65535 at the right or top. */
    private static String places(Tensor codes, Plane plane, int... shown) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * shown.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i : shown) {
            double x = (codes.at(i, 0) - plane.left()) / (plane.right() - plane.left());
            double y = (codes.at(i, 1) - plane.bottom()) / (plane.top() - plane.bottom());
            bytes.putShort((short) Math.round(65535 * x)).putShort((short) Math.round(65535 * y));
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static String bytes(int[] labels, int... shown) {
        byte[] bytes = new byte[shown.length];
        for (int i = 0; i < shown.length; i++) {
            bytes[i] = (byte) labels[shown[i]];
        }
        return Base64.getEncoder().encodeToString(bytes);
    }
}
