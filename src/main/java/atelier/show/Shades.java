package atelier.show;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At most 256 colours for a picture, so that its file is half as large.
 *
 * <p>A drawing has few colours and, along the smoothed edges of its lines, thousands of shades that a pixel or two use. Those
 * take the nearest of the chosen ones; of a photograph that would show, so a picture of many frequent colours is left alone.
 */
final class Shades {

    private static final int MOST = 256;
    private static final double RARE = 0.15;

    private final Map<Integer, Integer> places = new HashMap<>();
    private final List<Integer> chosen = new ArrayList<>();

    private Shades() {}

    /** The picture with a palette, or the picture itself where a palette would be seen. */
    static BufferedImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        List<Integer> colours = new ArrayList<>(counts.keySet());
        colours.sort(Comparator.<Integer>comparingInt(counts::get).reversed().thenComparing(c -> c));
        long rare = colours.stream().skip(MOST).mapToLong(counts::get).sum();
        if (rare > RARE * pixels.length) {
            return image;
        }
        Shades shades = new Shades();
        shades.choose(colours, counts);
        byte[] indices = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indices[i] = (byte) (int) shades.places.get(pixels[i]);
        }
        int[] palette = shades.chosen.stream().mapToInt(c -> c).toArray();
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        small.getRaster().setDataElements(0, 0, width, height, indices);
        return small;
    }

    /** One after the other, always the colour whose pixels are served worst so far. */
    private void choose(List<Integer> colours, Map<Integer, Integer> counts) {
        double[] far = new double[colours.size()];
        Arrays.fill(far, Double.MAX_VALUE);
        int next = 0;
        while (chosen.size() < MOST && far[next] > 0) {
            int colour = colours.get(next);
            int worst = next;
            far[next] = 0;
            double most = 0;
            for (int i = 0; i < far.length; i++) {
                double distance = distance(colour, colours.get(i));
                if (distance < far[i] || i == next) {
                    far[i] = distance;
                    places.put(colours.get(i), chosen.size());
                }
                if (far[i] * counts.get(colours.get(i)) > most) {
                    most = far[i] * counts.get(colours.get(i));
                    worst = i;
                }
            }
            chosen.add(colour);
            next = worst;
        }
    }

    private static double distance(int a, int b) {
        int red = (a >> 16 & 255) - (b >> 16 & 255);
        int green = (a >> 8 & 255) - (b >> 8 & 255);
        int blue = (a & 255) - (b & 255);
        return red * red + green * green + blue * blue;
    }
}
