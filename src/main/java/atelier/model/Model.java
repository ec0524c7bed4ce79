package atelier.model;

import atelier.layer.Layer;

/** A network with a name, and a line that tells one architecture from another. */
public interface Model extends Layer {

    /** The name that the command line uses, such as {@code convnet}. */
    String name();

    /** Everything that shapes the parameters, in one line; a checkpoint of another architecture is refused by it. */
    String architecture();
}
