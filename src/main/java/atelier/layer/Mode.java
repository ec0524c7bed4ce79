package atelier.layer;

/** Whether a layer is learning, held still while another one learns, or being used. */
public enum Mode {

    /** Batch normalisation measures the batch and follows it, dropout silences, gradients add up. */
    TRAIN,

    /**
     * What training computes, but the layer stays as it is to the bit: no running mean follows, and {@code backward} gives dX
     * without adding to any parameter's gradient. One player of a game is held while the other moves.
     */
    HELD,

    /** Batch normalisation trusts what it has seen, dropout lets everything through. */
    INFER
}
