package atelier.cli;

import atelier.layer.Parameter;
import atelier.show.Animation;
import atelier.show.Kernels;
import atelier.show.Picture;
import java.util.List;

/**
 * One picture of a training, or an animation.
 *
 * @param file its name in the folder
 * @param title what it is
 * @param caption what is to be seen, and in which units
 * @param bytes of the file
 * @param html how a page shows it, with everything inside
 */
record Exhibit(String file, String title, String caption, byte[] bytes, String html) {

    Exhibit(String file, String title, String caption, Picture picture) {
        this(file, title, caption, picture.png(), picture.html().html());
    }

    Exhibit(String file, String title, String caption, Animation animation) {
        this(file, title, caption, animation.gif(), animation.html().html());
    }

    /** The kernels of the first convolution; empty where there is none. */
    static List<Exhibit> kernels(List<Parameter> parameters) {
        return parameters.stream()
                .map(Parameter::value)
                .filter(weights -> weights.rank() == 4)
                .limit(1)
                .map(weights -> new Exhibit(
                        "kernels.png",
                        "Kernels",
                        "The weights of the first convolution, one square a kernel: what each of them looks for. "
                                + "Blue is below zero, red above, white zero.",
                        Kernels.grid(weights)))
                .toList();
    }
}
