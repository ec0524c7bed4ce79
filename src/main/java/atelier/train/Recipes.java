package atelier.train;

/** How each model of the course is trained when nobody says otherwise. */
public final class Recipes {

    private Recipes() {}

    /** For {@code ConvNet}: Adam, whose rate falls along a cosine from 0.001, five times through the images, 64 at a time. */
    public static Settings convnet(long seed) {
        return new Settings(5, 64, seed, Schedule.cosine(0.001));
    }
}
