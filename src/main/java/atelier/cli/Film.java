package atelier.cli;

import atelier.show.Evolution;
import atelier.tensor.Tensor;
import atelier.train.History;
import atelier.train.Progress;
import atelier.train.Replace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * What becomes of the same noise from epoch to epoch: a frame each, kept in a folder, so that a training that is resumed has
 * the earlier ones still.
 *
 * @param folder of the frames, {@code epoch-001.png} and so on: ten digits in a row
 * @param sampler the model that is trained
 * @param told where the training tells how it goes
 */
record Film(Path folder, Sampler sampler, Progress told) implements Progress {

    private static final int ACROSS = 10;
    private static final int DOWN = 6;
    private static final int SIDE = 28;
    private static final int MOST = 12;
    private static final int SEED = 0;

    /** The frame before the first epoch; one that is there is kept. */
    void begin() throws IOException {
        Files.createDirectories(folder);
        if (Files.notExists(frame(0))) {
            shoot(0);
        }
    }

    @Override
    public void epoch(History.Epoch epoch, int epochs) {
        told.epoch(epoch, epochs);
        try {
            shoot(epoch.epoch());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    private Path frame(int epoch) {
        return folder.resolve(String.format("epoch-%03d.png", epoch));
    }

    private void shoot(int epoch) throws IOException {
        byte[] pixels = sampler.set(ACROSS * DOWN, SEED).pixels();
        BufferedImage image = new BufferedImage(ACROSS * SIDE, DOWN * SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < pixels.length; i++) {
            int n = i / (SIDE * SIDE);
            int x = n % ACROSS * SIDE + i % SIDE;
            int y = n / ACROSS * SIDE + i / SIDE % SIDE;
            image.getRaster().setSample(x, y, 0, pixels[i] & 0xFF);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        Replace.write(frame(epoch), png.toByteArray());
    }

    /** The frames up to this epoch, at most {@value #MOST} of them, the first and the last always. */
    Evolution evolution(int last) throws IOException {
        List<Integer> epochs = new ArrayList<>();
        for (int epoch = 0; epoch <= last; epoch++) {
            if (Files.exists(frame(epoch))) {
                epochs.add(epoch);
            }
        }
        Evolution evolution = new Evolution();
        int shown = Math.min(MOST, epochs.size());
        for (int i = 0; i < shown; i++) {
            int epoch = epochs.get(shown == 1 ? 0 : i * (epochs.size() - 1) / (shown - 1));
            evolution.add(epoch == 0 ? "start" : "epoch " + epoch, images(frame(epoch)));
        }
        return evolution;
    }

    /** What the folder of a training gets of it: a filmstrip and an animation. */
    List<Exhibit> exhibits(int last) throws IOException {
        Evolution evolution = evolution(last);
        return List.of(
                new Exhibit(
                        "film.png",
                        "Film",
                        "What becomes of the same noise while the generator learns: a row an image, a column an epoch.",
                        evolution.strip(DOWN)),
                new Exhibit(
                        "film.gif", "The same, moving", "All " + ACROSS * DOWN + " images.", evolution.animation()));
    }

    private static Tensor images(Path frame) throws IOException {
        BufferedImage image = ImageIO.read(frame.toFile());
        Tensor images = Tensor.zeros(ACROSS * DOWN, 1, SIDE, SIDE);
        for (int i = 0; i < images.length(); i++) {
            int n = i / (SIDE * SIDE);
            int x = n % ACROSS * SIDE + i % SIDE;
            int y = n / ACROSS * SIDE + i / SIDE % SIDE;
            images.data()[i] = image.getRaster().getSample(x, y, 0) / 255f;
        }
        return images;
    }

    @Override
    public void batch(int epoch, int epochs, long images, long total, double loss) {
        told.batch(epoch, epochs, images, total, loss);
    }

    @Override
    public void note(String line) {
        told.note(line);
    }

    @Override
    public void close() {
        told.close();
    }
}
