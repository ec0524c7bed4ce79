package atelier.cli;

import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** What a training has made of a model, as its kind tells it: each kind has its own numbers and pictures. */
interface Outcome {

    /**
     * Numbers that are worked out once, at the end, on the test images; by the names of {@link Glossary}.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    Map<String, Number> measures() throws InterruptedException;

    /** How the training went, from the table of its epochs, of which there is at least one. */
    Exhibit curves(Table epochs);

    /** All other pictures, in the order in which one would look at them. */
    List<Exhibit> pictures();
}
