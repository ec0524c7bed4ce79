package atelier.show;

/**
 * The three steps of a VAE-GAN as drawings, in the manner of {@link GradientFlow}: who moves, who is held, and how far the
 * gradient runs.
 *
 * <pre>{@code
 * ThreePlayers.encoderStep(normOfE, 0, 0)
 * }</pre>
 *
 * <p>E is the encoder, G the decoder, which is the generator, D the discriminator. Norms are those of the gradients of their
 * parameters, from the left to the right; NaN is left out.
 *
 * <p>Walk-through: notebooks/16-vae-meets-gan.
 */
public final class ThreePlayers {

    private static final int WIDTH = 840;
    private static final int HEIGHT = 262;
    private static final int UPPER = 78;
    private static final int LOWER = 164;
    private static final int MIDDLE = (UPPER + LOWER) / 2;
    private static final int LANE = 9; // forwards above the middle, backwards below it
    private static final int NORMS = LOWER + 74;

    private static final int X = 34;
    private static final int E = 146;
    private static final int Z = 252;
    private static final int G = 358;
    private static final int FAKE = 470;
    private static final int D = 604;
    private static final int LOSS = 766;

    private static final String FORWARDS =
            "Forwards: image x through E to its code z, through G to x̃; x̃ and x through D to the loss. Backwards: ";

    private ThreePlayers() {}

    /** The discriminator's step, without numbers. */
    public static Picture discriminatorStep() {
        return discriminatorStep(Double.NaN, Double.NaN, Double.NaN);
    }

    /** The discriminator's step: the gradient ends in D. */
    public static Picture discriminatorStep(double encoder, double decoder, double discriminator) {
        String alt =
                "The discriminator's step. " + FORWARDS + "from the loss into D, where it stops; E and G are held.";
        Picture picture = picture(alt, encoder, decoder, discriminator);
        try (Diagram draw = new Diagram(picture)) {
            draw.title("The discriminator's step");
            forwards(draw, "z", "of x, or of the prior");
            draw.held(E, LOWER, LOWER, "E", "encoder");
            draw.held(G, LOWER, LOWER, "G", "decoder");
            draw.moving(D, UPPER, LOWER, "D", "discriminator");
            draw.stopped(D - Diagram.BOX, LOWER + LANE, D - Diagram.BOX - 34);
            draw.remark("nobody takes dx̃", FAKE + 40, LOWER + 56);
            draw.loss(LOSS, MIDDLE, "L", "real? fake? fake?");
            norms(draw, encoder, decoder, discriminator, 'D');
        }
        return picture;
    }

    /** The decoder's step, without numbers. */
    public static Picture decoderStep() {
        return decoderStep(Double.NaN, Double.NaN, Double.NaN);
    }

    /** The decoder's step: the gradient runs through D and ends in G. */
    public static Picture decoderStep(double encoder, double decoder, double discriminator) {
        String alt =
                "The decoder's step. " + FORWARDS + "from the loss through D, which is held, into G, where it stops.";
        Picture picture = picture(alt, encoder, decoder, discriminator);
        try (Diagram draw = new Diagram(picture)) {
            draw.title("The decoder's step");
            forwards(draw, "z", "of x, or of the prior");
            draw.held(E, LOWER, LOWER, "E", "encoder");
            draw.moving(G, LOWER, LOWER, "G", "decoder");
            draw.held(D, UPPER, LOWER, "D", "discriminator");
            throughTheDiscriminator(draw);
            draw.stopped(G - Diagram.BOX, LOWER + LANE, G - Diagram.BOX - 22);
            draw.loss(LOSS, MIDDLE, "L", "like x? taken for real?");
            norms(draw, encoder, decoder, discriminator, 'G');
        }
        return picture;
    }

    /** The encoder's step, without numbers. */
    public static Picture encoderStep() {
        return encoderStep(Double.NaN, Double.NaN, Double.NaN);
    }

    /** The encoder's step: the gradient runs through the features of D and through G, and ends in E. */
    public static Picture encoderStep(double encoder, double decoder, double discriminator) {
        String alt =
                "The encoder's step. " + FORWARDS + "from the loss through the features of D and through G, both held, "
                        + "to z and into E, where the price of the code is added.";
        Picture picture = picture(alt, encoder, decoder, discriminator);
        try (Diagram draw = new Diagram(picture)) {
            draw.title("The encoder's step");
            forwards(draw, "z", "of x");
            draw.moving(E, LOWER, LOWER, "E", "encoder");
            draw.held(G, LOWER, LOWER, "G", "decoder");
            draw.held(D, UPPER, LOWER, "D", "its features only");
            throughTheDiscriminator(draw);
            draw.through(G + Diagram.BOX, LOWER + LANE, G - Diagram.BOX, LOWER + LANE);
            draw.backward(G - Diagram.BOX, LOWER + LANE, Z + Diagram.CIRCLE, LOWER + LANE);
            draw.backward(Z - Diagram.CIRCLE, LOWER + LANE, E + Diagram.BOX, LOWER + LANE);
            draw.remark("+ KL", Z - 42, LOWER + 28);
            draw.loss(LOSS, MIDDLE, "L", "like x? a short code?");
            norms(draw, encoder, decoder, discriminator, 'E');
        }
        return picture;
    }

    private static void forwards(Diagram draw, String code, String caption) {
        draw.forward(X + Diagram.CIRCLE, LOWER - LANE, E - Diagram.BOX, LOWER - LANE);
        draw.forward(E + Diagram.BOX, LOWER - LANE, Z - Diagram.CIRCLE, LOWER - LANE);
        draw.forward(Z + Diagram.CIRCLE, LOWER - LANE, G - Diagram.BOX, LOWER - LANE);
        draw.forward(G + Diagram.BOX, LOWER - LANE, FAKE - Diagram.CIRCLE, LOWER - LANE);
        draw.forward(FAKE + Diagram.CIRCLE, LOWER - LANE, D - Diagram.BOX, LOWER - LANE);
        draw.forward(FAKE + Diagram.CIRCLE, UPPER, D - Diagram.BOX, UPPER);
        draw.forward(D + Diagram.BOX, MIDDLE - LANE, LOSS - 30, MIDDLE - LANE);
        draw.backward(LOSS - 30, MIDDLE + LANE, D + Diagram.BOX, MIDDLE + LANE);
        draw.value(X, LOWER, "x", "image");
        draw.value(Z, LOWER, code, caption);
        draw.value(FAKE, LOWER, "x̃", "fake");
        draw.value(FAKE, UPPER, "x", "image");
    }

    private static void throughTheDiscriminator(Diagram draw) {
        draw.through(D + Diagram.BOX, MIDDLE + LANE, D - Diagram.BOX, LOWER + LANE);
        draw.backward(D - Diagram.BOX, LOWER + LANE, FAKE + Diagram.CIRCLE, LOWER + LANE);
        draw.backward(FAKE - Diagram.CIRCLE, LOWER + LANE, G + Diagram.BOX, LOWER + LANE);
    }

    private static void norms(Diagram draw, double encoder, double decoder, double discriminator, char moves) {
        draw.norm("dθ", E, NORMS, encoder, moves != 'E');
        draw.norm("dθ", G, NORMS, decoder, moves != 'G');
        draw.norm("dθ", D, NORMS, discriminator, moves != 'D');
    }

    private static Picture picture(String alt, double encoder, double decoder, double discriminator) {
        return new Picture(WIDTH, HEIGHT, alt + norm("E", encoder) + norm("G", decoder) + norm("D", discriminator));
    }

    private static String norm(String player, double value) {
        return Double.isNaN(value)
                ? ""
                : " Norm of the gradient of " + player + "'s parameters: " + Numbers.text(value) + ".";
    }
}
