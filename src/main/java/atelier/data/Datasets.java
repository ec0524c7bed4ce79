package atelier.data;

import java.util.List;
import java.util.function.Supplier;

/** The data sets by name: {@code Datasets.load("mnist")}. */
public final class Datasets {

    private Datasets() {}

    /**
     * Loads {@code mnist} (from its files, downloaded if they are not here) or {@code scribbles} (drawn on the spot).
     *
     * @throws DataException when there is no such data set, or MNIST is neither here nor to be had
     */
    public static Dataset load(String name) {
        return switch (name) {
            case "mnist" -> Mnist.load(FetchListener.printing());
            case "scribbles" -> Scribbles.load();
            default -> throw new DataException("Datasets", "mnist or scribbles", name, "Use one of these names.");
        };
    }

    /** At most the first so many of its images, to train and to test; where they are drawn, no others are. */
    public static Dataset load(String name, int limit) {
        return name.equals("scribbles") ? Scribbles.first(limit) : load(name).atMost(limit);
    }

    /** MNIST, or, where it is not to be had, Scribbles: then one line on standard output says so and the set's name too. */
    public static Dataset mnistOrScribbles() {
        return orScribbles(() -> load("mnist"));
    }

    static Dataset orScribbles(Supplier<Dataset> mnist) {
        try {
            return mnist.get();
        } catch (DataException missing) {
            System.out.println(missing.getMessage());
            System.out.println(
                    "Going on with scribbles, digits that the kit draws itself: expect other numbers than MNIST's.");
            return Scribbles.load();
        }
    }

    /** What is here, with every digest checked; nothing is fetched. */
    public static List<Holding> holdings() {
        return List.of(Mnist.holding(), Scribbles.holding(), Scribbles.sample());
    }
}
