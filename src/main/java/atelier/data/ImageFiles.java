package atelier.data;

import java.nio.file.Path;

/** Two files in IDX form, images and their labels: an image set on the disk. */
record ImageFiles(Path images, Path labels) {

    /** Under MNIST's names in a folder; the first word is {@code train} or {@code t10k}. */
    static ImageFiles in(Path folder, String word) {
        return new ImageFiles(
                folder.resolve(word + "-images-idx3-ubyte.gz"), folder.resolve(word + "-labels-idx1-ubyte.gz"));
    }

    /**
     * Reads them, plain or gzip.
     *
     * @throws DataException when a file is not what it claims to be, or the two do not belong together
     */
    ImageSet read() {
        if (Idx.shape(images).length == 1 && Idx.shape(labels).length == 3) {
            throw new DataException(
                    "ImageSet",
                    "images in " + images + " and labels in " + labels,
                    "labels and images",
                    "The two files are swapped: change them over.");
        }
        Idx x = Idx.read(images, -1, -1, -1);
        Idx y = Idx.read(labels, -1);
        if (x.shape()[0] != y.shape()[0]) {
            throw new DataException(
                    "ImageSet",
                    "as many images as labels",
                    x.shape()[0] + " images in " + images + " and " + y.shape()[0] + " labels in " + labels,
                    "Use two files of one set.");
        }
        if (constant(x.values())) {
            System.err.println("ImageSet: warning: every pixel in " + images + " is " + (x.values()[0] & 0xFF)
                    + ", so there is nothing to learn. Check where the file comes from.");
        }
        return new ImageSet(x.values(), y.values(), x.shape()[1], x.shape()[2], "ImageSet (" + labels + ")");
    }

    void write(ImageSet set) {
        new Idx(new int[] {set.count(), set.height(), set.width()}, set.pixels()).write(images);
        new Idx(new int[] {set.count()}, set.labels()).write(labels);
    }

    private static boolean constant(byte[] values) {
        for (byte value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return values.length > 0;
    }
}
