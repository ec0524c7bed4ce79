package atelier.cli;

import atelier.model.ConvNet;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.train.Classifier;
import atelier.train.Learner;
import atelier.train.Recipes;
import atelier.train.Settings;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** What {@code ./atelier train} can train: a line a model. */
final class Models {

    /**
     * One of them.
     *
     * @param name what one types
     * @param settings its recipe, for a seed
     * @param learner the model with what teaches it, its first weights drawn from a seed
     * @param twin the same in DL4J
     */
    record Entry(
            String name,
            LongFunction<Settings> settings,
            LongFunction<Learner> learner,
            LongFunction<Dl4jTrainee> twin) {}

    static final List<Entry> ALL =
            List.of(new Entry("convnet", Recipes::convnet, Models::convnet, Dl4jTrainee::convnet));

    private Models() {}

    static String names() {
        return ALL.stream().map(Entry::name).collect(Collectors.joining(", "));
    }

    private static Learner convnet(long seed) {
        ConvNet model = new ConvNet(RandomStream.seed(seed));
        return new Classifier(model, new Adam(model.parameters(), 0.001));
    }
}
