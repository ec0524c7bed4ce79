package atelier.show;

/**
 * One step of the adversarial game as a drawing: what is computed forwards, how far the gradient runs back, and who is held
 * still meanwhile.
 *
 * <p>Grey arrows run forwards, orange ones carry the gradient back. A player with a lock is held: its parameters get no
 * gradient, even where one runs through it. Where the orange ends at a bar, a gradient is there and nobody takes it; that is all
 * there is to "detach".
 *
 * <pre>{@code
 * GradientFlow.generatorStep(normOfG, normOfImages, 0)
 * }</pre>
 *
 * <p>Walk-through: notebooks/12-gan-mathematics.
 */
public final class GradientFlow {

    private static final int WIDTH = 840;
    private static final int HEIGHT = 262;
    private static final int UPPER = 78;
    private static final int LOWER = 164;
    private static final int MIDDLE = (UPPER + LOWER) / 2;
    private static final int LANE = 9; // forwards above the middle, backwards below it
    private static final int NORMS = LOWER + 74;

    private static final int Z = 40;
    private static final int G = 184;
    private static final int FAKE = 346;
    private static final int D = 532;
    private static final int LOSS = 726;

    private GradientFlow() {}

    /** The discriminator's step, without numbers. */
    public static Picture discriminatorStep() {
        return discriminatorStep(Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * The discriminator's step with the norms of its gradients, from the left to the right; NaN is left out.
     *
     * @param generator of G's parameters: 0, or there is a leak
     * @param images of the fake images, dx̃, which D computes and nobody takes
     * @param discriminator of D's parameters
     */
    public static Picture discriminatorStep(double generator, double images, double discriminator) {
        String alt =
                "The discriminator's step. Forwards: noise z through G to fake images x̃; x̃ and real images x through D"
                        + " to the loss. Backwards: from the loss into D; there the gradient stops, G is held.";
        Picture picture = new Picture(WIDTH, HEIGHT, alt + told(generator, images, discriminator));
        try (Diagram draw = new Diagram(picture)) {
            draw.title("The discriminator's step");
            draw.forward(Z + Diagram.CIRCLE, LOWER, G - Diagram.BOX, LOWER);
            draw.forward(G + Diagram.BOX, LOWER, FAKE - Diagram.CIRCLE, LOWER);
            draw.forward(FAKE + Diagram.CIRCLE, UPPER, D - Diagram.BOX, UPPER);
            draw.forward(FAKE + Diagram.CIRCLE, LOWER - LANE, D - Diagram.BOX, LOWER - LANE);
            draw.forward(D + Diagram.BOX, MIDDLE - LANE, LOSS - 30, MIDDLE - LANE);
            draw.backward(LOSS - 30, MIDDLE + LANE, D + Diagram.BOX, MIDDLE + LANE);
            draw.stopped(D - Diagram.BOX, LOWER + LANE, D - Diagram.BOX - 34);
            draw.remark("nobody takes dx̃", D - Diagram.BOX - 48, LOWER + 40);
            draw.value(Z, LOWER, "z", "noise");
            draw.value(FAKE, UPPER, "x", "real");
            draw.value(FAKE, LOWER, "x̃", "fake");
            draw.held(G, LOWER, LOWER, "G", "generator");
            draw.moving(D, UPPER, LOWER, "D", "discriminator");
            draw.loss(LOSS, MIDDLE, "L", "is x real? is x̃ fake?");
            draw.norm("dθ", G, NORMS, generator, true);
            draw.norm("dx̃", FAKE, NORMS, images, false);
            draw.norm("dθ", D, NORMS, discriminator, false);
        }
        return picture;
    }

    /** The generator's step, without numbers. */
    public static Picture generatorStep() {
        return generatorStep(Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * The generator's step with the norms of its gradients, from the left to the right; NaN is left out.
     *
     * @param generator of G's parameters
     * @param images of the fake images, dx̃, which D hands on to G
     * @param discriminator of D's parameters: 0, or there is a leak
     */
    public static Picture generatorStep(double generator, double images, double discriminator) {
        String alt =
                "The generator's step. Forwards: noise z through G to fake images x̃ through D to the loss. Backwards:"
                        + " from the loss through D, which is held, to x̃ and into G, where the gradient ends.";
        Picture picture = new Picture(WIDTH, HEIGHT, alt + told(generator, images, discriminator));
        try (Diagram draw = new Diagram(picture)) {
            draw.title("The generator's step");
            draw.forward(Z + Diagram.CIRCLE, LOWER, G - Diagram.BOX, LOWER);
            draw.forward(G + Diagram.BOX, LOWER - LANE, FAKE - Diagram.CIRCLE, LOWER - LANE);
            draw.backward(FAKE - Diagram.CIRCLE, LOWER + LANE, G + Diagram.BOX, LOWER + LANE);
            draw.forward(FAKE + Diagram.CIRCLE, LOWER - LANE, D - Diagram.BOX, LOWER - LANE);
            draw.forward(D + Diagram.BOX, MIDDLE - LANE, LOSS - 30, MIDDLE - LANE);
            draw.backward(LOSS - 30, MIDDLE + LANE, D + Diagram.BOX, MIDDLE + LANE);
            draw.value(Z, LOWER, "z", "noise");
            draw.value(FAKE, LOWER, "x̃", "fake");
            draw.moving(G, LOWER, LOWER, "G", "generator");
            draw.held(D, UPPER, LOWER, "D", "discriminator");
            draw.through(D + Diagram.BOX, MIDDLE + LANE, D - Diagram.BOX, LOWER + LANE);
            draw.backward(D - Diagram.BOX, LOWER + LANE, FAKE + Diagram.CIRCLE, LOWER + LANE);
            draw.loss(LOSS, MIDDLE, "L", "is x̃ taken for real?");
            draw.norm("dθ", G, NORMS, generator, false);
            draw.norm("dx̃", FAKE, NORMS, images, false);
            draw.norm("dθ", D, NORMS, discriminator, true);
        }
        return picture;
    }

    private static String told(double generator, double images, double discriminator) {
        return norm("G's parameters", generator) + norm("x̃", images) + norm("D's parameters", discriminator);
    }

    private static String norm(String of, double value) {
        return Double.isNaN(value) ? "" : " Norm of the gradient of " + of + ": " + Numbers.text(value) + ".";
    }
}
