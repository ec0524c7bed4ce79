package atelier.train;

import atelier.model.Model;
import java.util.Map;

/** What somebody thinks of a generator at the end of an epoch: numbers by name, which join the learner's own. */
public interface Opinion {

    /**
     * Always the same names in the same order; the model is only looked at.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    Map<String, Double> of(Model model) throws InterruptedException;
}
