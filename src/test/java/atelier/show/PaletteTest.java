package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class PaletteTest {

    /** What an eye without red cones, or without green ones, makes of linear RGB. Source: Machado et al. 2009, table 1. */
    private static final double[][][] EYES = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}
    };

    @Test
    void tenClassesAreToldApartByEveryEye() {
        for (double[][] eye : EYES) {
            for (int i = 0; i < 10; i++) {
                for (int j = 0; j < i; j++) {
                    double apart = distance(seen(Palette.ofClass(i), eye), seen(Palette.ofClass(j), eye));
                    assertTrue(apart > 0.14, "classes " + i + " and " + j + " are only " + apart + " apart");
                }
            }
        }
        double redAndGreen = distance(seen(new Color(0xD62728), EYES[2]), seen(new Color(0x8C564B), EYES[2]));
        assertTrue(redAndGreen < 0.14, "the measure sees what is hard to tell apart: " + redAndGreen);
    }

    @Test
    void aFewLinesHaveTheUsualColoursAndManyThoseOfTheClasses() {
        assertEquals(Palette.series(1), Palette.series(1, 7));
        assertEquals(Palette.ofClass(1), Palette.series(1, 8));
        assertEquals(Palette.ofClass(3), Palette.ofClass(13));
    }

    /** The colour as this eye sees it, in Oklab, where equal distances look equally far. Source: Ottosson 2020. */
    private static double[] seen(Color colour, double[][] eye) {
        double[] rgb = {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
        double[] c = times(eye, rgb);
        double[] cones = times(
                new double[][] {
                    {0.4122214708, 0.5363325363, 0.0514459929},
                    {0.2119034982, 0.6806995451, 0.1073969566},
                    {0.0883024619, 0.2817188376, 0.6299787005}
                },
                c);
        for (int i = 0; i < 3; i++) {
            cones[i] = Math.cbrt(Math.max(0, cones[i]));
        }
        return times(
                new double[][] {
                    {0.2104542553, 0.7936177850, -0.0040720468},
                    {1.9779984951, -2.4285922050, 0.4505937099},
                    {0.0259040371, 0.7827717662, -0.8086757660}
                },
                cones);
    }

    private static double linear(int value) {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static double[] times(double[][] matrix, double... vector) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    private static double distance(double[] a, double... b) {
        return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
    }
}
