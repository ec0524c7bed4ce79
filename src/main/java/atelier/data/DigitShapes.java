package atelier.data;

import java.util.Arrays;

/**
 * How the ten digits are written: for each, a few styles of hand.
 *
 * <p>A style is one or more strokes, parted by a bar; a stroke is the points that the pen passes, x to the right and y down
 * in hundredths of the digit's height. A star marks a point where the pen turns sharply; elsewhere it curves.
 */
final class DigitShapes {

    private static final String[][] STYLES = {
        {
            "38,0 14,14 3,48 12,86 35,100 58,88 68,52 60,14 38,0",
            "52,8 30,2 8,28 4,62 18,94 42,98 62,72 66,36 54,8 36,1",
            "44,4 20,10 4,50 14,92 38,98 62,70 64,30 46,5",
            "58,4 34,4 8,34 4,72 24,98 50,86 66,48 62,16 44,12 40,30"
        },
        {
            "36,0 35,50 34,100",
            "35,0 35,50 36,100",
            "40,0 35,50 30,100",
            "14,24 40,0* 39,50 38,100",
            "18,22 40,0* 40,50 40,98|14,99 40,98 66,98"
        },
        {
            "8,22 20,4 44,0 62,18 54,44 28,74 4,98* 34,94 70,97",
            "6,26 18,6 42,2 60,18 56,42 36,72 16,94 6,88 16,78 36,90 70,96",
            "10,16 34,0 60,10 62,34 36,66 6,96* 36,95 66,96",
            "4,12 36,2 64,4 60,30 34,60 8,90 4,98 30,92 76,88"
        },
        {
            "8,8 32,0 58,12 54,36 28,46* 56,56 64,78 42,98 6,92",
            "6,4 34,3 60,4* 44,24 28,40* 58,52 64,78 40,98 4,90",
            "10,12 34,0 56,14 50,36 32,46 56,58 62,80 38,100 6,88",
            "12,6 48,2 62,16 42,38 30,42* 50,46 60,66 44,92 14,100 2,90"
        },
        {
            "16,4 6,54* 36,52 68,48|54,20 50,60 47,100",
            "54,100 55,50 56,0* 30,32 4,64* 40,65 74,62",
            "10,2 4,34 16,50 40,48 58,40|60,2 56,50 50,100",
            "20,0 12,26 6,50 24,56 60,50|66,0 56,36 44,70 38,100"
        },
        {
            "62,2 40,3 18,4* 12,42* 40,36 64,56 60,86 34,100 4,90",
            "20,4 14,42* 44,38 64,60 54,90 28,100 4,92|20,4 44,3 66,2",
            "60,4 24,6 14,36 44,46 60,70 40,98 6,92",
            "26,10 16,46 48,56 54,80 34,100 2,96|26,10 50,8 84,0"
        },
        {
            "54,0 24,24 6,62 14,94 40,100 60,82 52,60 28,58 10,78",
            "44,0 16,40 6,76 26,100 54,92 60,68 36,56 12,74",
            "58,6 30,8 8,44 6,80 30,100 58,86 56,58 30,52 8,74",
            "30,0 12,36 4,74 16,98 44,96 56,76 44,62 24,72 14,94"
        },
        {
            "4,6 36,4 66,4* 44,46 26,100",
            "4,8 36,5 66,4* 46,46 28,100|18,52 40,49 62,46",
            "6,18 8,4* 40,6 66,2* 50,40 40,70 36,100",
            "2,14 24,2 50,6 58,22 48,56 40,100"
        },
        {
            "56,12 34,0 10,14 20,38 46,54 62,78 38,100 8,84 18,58 46,40 60,18 52,6",
            "34,46 12,30 16,6 38,0 58,12 54,34 34,46 10,64 8,88 32,100 58,92 60,66 34,46",
            "54,8 30,2 16,20 30,42 52,60 54,88 30,100 10,84 24,58 50,36 56,12",
            "66,10 44,0 24,12 30,36 44,60 40,90 22,100 10,86 24,62 52,38 68,14"
        },
        {
            "58,16 34,0 8,16 10,42 34,50 56,34 60,10* 58,50 52,100",
            "60,20 40,0 12,10 8,36 30,48 56,30 60,14 62,50 50,88 18,100",
            "56,6 26,4 8,26 22,46 50,34 58,6* 54,50 44,100",
            "64,8 40,0 14,16 12,38 34,42 58,22 64,8* 46,50 28,100"
        }
    };

    private static final Stroke[][][] SHAPES = parse();

    private DigitShapes() {}

    /** The points of one stroke; {@code corner[i]} says that the pen turns sharply at point i. */
    record Stroke(double[] x, double[] y, boolean[] corner) {}

    static int styles(int digit) {
        return SHAPES[digit].length;
    }

    static Stroke[] strokes(int digit, int style) {
        return SHAPES[digit][style];
    }

    private static Stroke[][][] parse() {
        return Arrays.stream(STYLES)
                .map(styles -> Arrays.stream(styles)
                        .map(style -> Arrays.stream(style.split("\\|"))
                                .map(DigitShapes::stroke)
                                .toArray(Stroke[]::new))
                        .toArray(Stroke[][]::new))
                .toArray(Stroke[][][]::new);
    }

    private static Stroke stroke(String text) {
        String[] points = text.split(" ");
        double[] x = new double[points.length];
        double[] y = new double[points.length];
        boolean[] corner = new boolean[points.length];
        for (int i = 0; i < points.length; i++) {
            String[] xy = points[i].replace("*", "").split(",");
            x[i] = Integer.parseInt(xy[0]) / 100.0;
            y[i] = Integer.parseInt(xy[1]) / 100.0;
            corner[i] = points[i].endsWith("*");
        }
        return new Stroke(x, y, corner);
    }
}
