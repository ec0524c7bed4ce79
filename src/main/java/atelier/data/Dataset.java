package atelier.data;

import java.nio.file.Path;

/** Images to learn from and images to be judged by; the name says which data they are, {@code mnist} or {@code scribbles}. */
public record Dataset(String name, ImageSet train, ImageSet test) {

    /** The first so many of each, for a quick look. */
    public Dataset first(int trainCount, int testCount) {
        return new Dataset(name, train.slice(0, trainCount), test.slice(0, testCount));
    }

    /** The first so many of each, or all where there are fewer. */
    public Dataset atMost(int count) {
        return first(Math.min(count, train.count()), Math.min(count, test.count()));
    }

    /** Reads four files in MNIST's form and under MNIST's names from a folder. */
    public static Dataset read(String name, Path folder) {
        return new Dataset(
                name,
                ImageFiles.in(folder, "train").read(),
                ImageFiles.in(folder, "t10k").read());
    }

    /** Writes it as such files. */
    public void write(Path folder) {
        ImageFiles.in(folder, "train").write(train);
        ImageFiles.in(folder, "t10k").write(test);
    }

    @Override
    public String toString() {
        return name + ": " + train + " to train, " + test + " to test";
    }
}
