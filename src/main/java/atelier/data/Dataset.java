package atelier.data;

/** Images to learn from and images to be judged by; the name says which data they are, {@code mnist} or {@code scribbles}. */
public record Dataset(String name, ImageSet train, ImageSet test) {

    /** The first so many of each, for a quick look. */
    public Dataset first(int trainCount, int testCount) {
        return new Dataset(name, train.slice(0, trainCount), test.slice(0, testCount));
    }

    @Override
    public String toString() {
        return name + ": " + train + " to train, " + test + " to test";
    }
}
