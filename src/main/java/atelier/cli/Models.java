package atelier.cli;

import atelier.model.ConvNet;
import atelier.optim.Adam;
import atelier.tensor.Tensor;
import atelier.train.Classifier;
import atelier.train.Recipes;
import atelier.train.Settings;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What {@code ./atelier train} can train: a line a model. */
final class Models {

    /**
     * One of them.
     *
     * @param name what one types
     * @param latent numbers in its code when nobody says otherwise; 0 where it has no code
     * @param iwae importance samples an image when nobody says otherwise; 0 where it is no VAE and has no likelihood
     * @param settings its recipe, for a seed
     * @param apprentice the model with what teaches it
     * @param twin the same in DL4J with these first weights, if there is one
     */
    record Entry(
            String name,
            int latent,
            int iwae,
            LongFunction<Settings> settings,
            Function<Choice, Apprentice> apprentice,
            Optional<Function<List<Tensor>, Dl4jTrainee>> twin) {

        boolean hasCode() {
            return latent > 0;
        }

        boolean isVae() {
            return iwae > 0;
        }
    }

    static final List<Entry> ALL =
            List.of(new Entry("convnet", 0, 0, Recipes::convnet, Models::convnet, Optional.of(Dl4jTrainee::convnet)));

    private Models() {}

    /** Those that fit, as one writes them in a sentence. */
    static String names(Predicate<Entry> fits) {
        return ALL.stream().filter(fits).map(Entry::name).collect(Collectors.joining(", "));
    }

    /** All of them, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ALL.stream().map(Entry::name).iterator();
        }
    }

    private static Apprentice convnet(Choice choice) {
        ConvNet model = new ConvNet(choice.random());
        return new Apprentice(
                new Classifier(model, new Adam(model.parameters(), 0.001)),
                data -> new ClassifierOutcome(model, data.test()));
    }
}
