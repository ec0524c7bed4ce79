package atelier.cli;

import atelier.layer.Parameter;
import atelier.model.Model;
import atelier.show.Kernels;
import atelier.show.Picture;
import java.util.List;

/**
 * One picture of a training.
 *
 * @param file its name in the folder
 * @param title what it is
 * @param caption what is to be seen, and in which units
 */
record Exhibit(String file, String title, String caption, Picture picture) {

    /** The kernels of the first convolution; empty where there is none. */
    static List<Exhibit> kernels(Model model) {
        return model.parameters().stream()
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
