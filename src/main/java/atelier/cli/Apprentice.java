package atelier.cli;

import atelier.data.Dataset;
import atelier.train.GanLearner;
import atelier.train.Learner;
import atelier.train.Opinion;
import atelier.train.VaeGanLearner;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model that is about to be trained, or was.
 *
 * @param learner the model with what teaches it
 * @param outcome what can be told of the model once it is trained on such data
 * @param sampler the model as a maker of images, for such data; empty where it makes none
 */
record Apprentice(Learner learner, Function<Dataset, Outcome> outcome, Optional<Function<Dataset, Sampler>> sampler) {

    /** Whether it is worth a film: noise becomes images as it learns. */
    boolean filmed() {
        return learner instanceof GanLearner || learner instanceof VaeGanLearner;
    }

    /** Has somebody look at what it draws after each epoch, where it is filmed. */
    void judgedBy(Opinion opinion) {
        if (learner instanceof GanLearner gan) {
            gan.judgedBy(opinion);
        } else if (learner instanceof VaeGanLearner vaeGan) {
            vaeGan.judgedBy(opinion);
        }
    }

    /** Of a model that makes no images. */
    Apprentice(Learner learner, Function<Dataset, Outcome> outcome) {
        this(learner, outcome, Optional.empty());
    }

    Apprentice(Learner learner, Function<Dataset, Outcome> outcome, Function<Dataset, Sampler> sampler) {
        this(learner, outcome, Optional.of(sampler));
    }
}
