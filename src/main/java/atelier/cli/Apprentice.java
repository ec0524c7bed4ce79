package atelier.cli;

import atelier.data.Dataset;
import atelier.train.Learner;
import java.util.function.Function;

/**
 * A model that is about to be trained.
 *
 * @param learner the model with what teaches it
 * @param outcome what can be told of the model once it is trained on such data
 */
record Apprentice(Learner learner, Function<Dataset, Outcome> outcome) {}
