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

    private final int most;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final List<Integer> chosen = new ArrayList<>();

    private Shades(int most) {
        this.most = most;
    }

    /** The picture with a palette, or the picture itself where a palette would be seen. */
    static BufferedImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        Map<Integer, Integer> counts = counts(List.of(image));
        List<Integer> colours = frequentFirst(counts);
        long rare = colours.stream().skip(MOST).mapToLong(counts::get).sum();
        if (rare > RARE * width * height) {
            return image;
        }
        Shades shades = new Shades(MOST);
        shades.choose(colours, counts);
        int[] palette = shades.palette();
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        small.getRaster().setDataElements(0, 0, width, height, shades.indices(image));
        return small;
    }

    /** One palette for all these images, of at most so many colours, however many they have. */
    static Shades shared(int most, List<? extends BufferedImage> images) {
        Map<Integer, Integer> counts = counts(images);
        Shades shades = new Shades(most);
        shades.choose(frequentFirst(counts), counts);
        return shades;
    }

    /** The chosen colours. */
    int[] palette() {
        return chosen.stream().mapToInt(c -> c).toArray();
    }

    /** The place in the palette of each pixel, row by row. */
    byte[] indices(BufferedImage image) {
        int[] pixels = pixels(image);
        byte[] indices = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indices[i] = (byte) (int) places.get(pixels[i]);
        }
        return indices;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static Map<Integer, Integer> counts(List<? extends BufferedImage> images) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (BufferedImage image : images) {
            for (int pixel : pixels(image)) {
                counts.merge(pixel, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static List<Integer> frequentFirst(Map<Integer, Integer> counts) {
        List<Integer> colours = new ArrayList<>(counts.keySet());
        colours.sort(Comparator.<Integer>comparingInt(counts::get).reversed().thenComparing(c -> c));
        return colours;
    }

    /** One after the other, always the colour whose pixels are served worst so far. */
    private void choose(List<Integer> colours, Map<Integer, Integer> counts) {
        double[] far = new double[colours.size()];
        Arrays.fill(far, Double.MAX_VALUE);
        int next = 0;
        while (chosen.size() < most && far[next] > 0) {
            int colour = colours.get(next);
            int worst = next;
            far[next] = 0;
            double worth = 0;
            for (int i = 0; i < far.length; i++) {
                double distance = distance(colour, colours.get(i));
                if (distance < far[i] || i == next) {
                    far[i] = distance;
                    places.put(colours.get(i), chosen.size());
                }
                if (far[i] * counts.get(colours.get(i)) > worth) {
                    worth = far[i] * counts.get(colours.get(i));
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
