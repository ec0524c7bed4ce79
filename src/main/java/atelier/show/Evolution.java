package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ByteLookupTable;
import java.awt.image.LookupOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of the same few latents while the generator learnt: a filmstrip, a row for each latent and a column for each
 * moment, or the same as an animation.
 *
 * <pre>{@code
 * Evolution evolution = new Evolution();
 * for (int epoch = 0; epoch < 10; epoch++) {
 *     evolution.add("epoch " + epoch, gan.generate(z, null, Mode.INFER));     // always the same z
 *     …
 * }
 * evolution.strip(6)
 * }</pre>
 *
 * <p>The noise is drawn once. With new noise each time, a digit that changes may have learnt or may be another digit.
 *
 * <p>Shapes: {@code [n,1,H,W]} or {@code [n,3,H,W]}, of each moment the same. Units: pixels in [0,1].
 */
public final class Evolution {

    private static final int WIDEST = 880;
    private static final int GREYS = 15; // and what has not changed: 16
    private static final int COLOURS = 64;
    private static final int GAP = 2;
    private static final int CAPTION = 14;
    private static final int MILLIS = 500;
    private static final int PAGE = 500;

    private final List<String> labels = new ArrayList<>();
    private final List<Tensor> frames = new ArrayList<>();

    /** Adds a moment: its label, such as "epoch 3", and the images of all latents; they are copied. */
    public Evolution add(String label, Tensor images) {
        Tensor x = Digits.batch(images).rowMajor().copy();
        if (!frames.isEmpty() && !Arrays.equals(x.shape(), frames.get(0).shape())) {
            throw new ShapeException("Evolution.add: expected images "
                    + Arrays.toString(frames.get(0).shape()) + " as before but got " + Arrays.toString(x.shape())
                    + ". Generate them from the same latents.");
        }
        labels.add(label);
        frames.add(x);
        return this;
    }

    /** How many moments there are. */
    public int size() {
        return frames.size();
    }

    /**
     * The filmstrip of the first latents, one in each row. Of more moments than the page is wide the first, the last and some
     * evenly spaced ones between them are shown.
     */
    public Picture strip(int latents) {
        if (frames.isEmpty() || frames.get(0).length() == 0) {
            return Text.note("No images to show.");
        }
        int n = frames.get(0).size(0);
        if (latents < 1 || latents > n) {
            throw new IllegalArgumentException("Evolution.strip: expected 1 to " + n + " latents but got " + latents
                    + ". There are " + n + " images at each moment.");
        }
        int[] moments = moments();
        List<String> heads = IntStream.of(moments).mapToObj(labels::get).toList();
        Tensor[] rows = new Tensor[latents];
        for (int row = 0; row < latents; row++) {
            rows[row] = row(row, moments);
        }
        String alt = "What became of " + latents + (latents == 1 ? " latent" : " latents") + ", one a row; columns: "
                + String.join(", ", heads) + ".";
        return Strips.draw("Evolution.strip", alt, List.of(), heads, rows);
    }

    /** The images of one latent at these moments, as a batch. */
    private Tensor row(int latent, int... moments) {
        int[] shape = frames.get(0).shape();
        Tensor row = Tensor.zeros(moments.length, shape[1], shape[2], shape[3]);
        int image = row.length() / moments.length;
        for (int i = 0; i < moments.length; i++) {
            System.arraycopy(frames.get(moments[i]).data(), latent * image, row.data(), i * image, image);
        }
        return row;
    }

    private int[] moments() {
        double widest = labels.stream()
                .mapToDouble(label -> Text.width(label, Text.NORMAL))
                .max()
                .orElse(0);
        int most = Math.max(2, (int) (WIDEST / (Math.max(widest, frames.get(0).size(3)) + 6)));
        int count = Math.min(size(), most);
        return IntStream.range(0, count)
                .map(i -> count == 1 ? 0 : (int) Math.round((double) i * (size() - 1) / (count - 1)))
                .toArray();
    }

    /** All latents in a square, moment after moment, the label below; in 15 greys, so that the file stays small. */
    public Animation animation() {
        if (frames.isEmpty() || frames.get(0).length() == 0) {
            throw new IllegalStateException(
                    "Evolution.animation: expected at least one moment but got none. Call add first.");
        }
        int n = frames.get(0).size(0);
        int across = (int) Math.ceil(Math.sqrt(n));
        int down = (n + across - 1) / across;
        List<BufferedImage> drawn = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            drawn.add(frame(frames.get(i), labels.get(i), across, down));
        }
        String alt = "What became of " + n + (n == 1 ? " latent" : " latents") + ", from " + labels.get(0) + " to "
                + labels.get(size() - 1) + ".";
        int enlarged = Math.max(1, PAGE / drawn.get(0).getWidth());
        return new Animation(alt, MILLIS, drawn, frames.get(0).size(1) == 1 ? GREYS : COLOURS, enlarged);
    }

    private static BufferedImage frame(Tensor x, String label, int across, int down) {
        int cellWidth = x.size(3) + GAP;
        int cellHeight = x.size(2) + GAP;
        int width = Math.max(across * cellWidth + GAP, (int) Math.ceil(Text.width(label, Text.SMALL)) + 2 * GAP);
        BufferedImage frame = new BufferedImage(width, down * cellHeight + GAP + CAPTION, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = frame.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, frame.getWidth(), frame.getHeight());
        for (int i = 0; i < x.size(0); i++) {
            Digits.paint(frame, x, i, GAP + i % across * cellWidth, GAP + i / across * cellHeight, 1);
        }
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Palette.INK);
        Text.left(pen, label, GAP, frame.getHeight() - 4, Text.SMALL);
        pen.dispose();
        return fewGreys(frame);
    }

    /** Each number of each pixel to the nearest of evenly spaced ones: what is almost black becomes black, and compresses. */
    private static BufferedImage fewGreys(BufferedImage frame) {
        byte[] nearest = new byte[256];
        for (int i = 0; i < nearest.length; i++) {
            long step = Math.round(i * (GREYS - 1) / 255.0);
            nearest[i] = (byte) Math.round(step * 255.0 / (GREYS - 1));
        }
        return new LookupOp(new ByteLookupTable(0, nearest), null).filter(frame, null);
    }
}
