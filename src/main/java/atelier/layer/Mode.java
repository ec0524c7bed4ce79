package atelier.layer;

/** Whether a layer is learning or being used: batch normalisation and dropout do different things in the two. */
public enum Mode {
    TRAIN,
    INFER
}
