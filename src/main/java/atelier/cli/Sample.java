package atelier.cli;

import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.model.Autoencoder;
import atelier.show.Digits;
import atelier.show.Picture;
import atelier.tensor.Tensor;
import atelier.train.Replace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./atelier sample DIR}: images that a trained model makes, as a PNG. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = "Let a trained model make images: writes a PNG. The same seed gives the same images.")
final class Sample implements Callable<Integer> {

    private static final int MOST = 10_000;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder of a training.")
    private Path folder;

    @Option(names = "--count", paramLabel = "N", description = "How many images (default 100).")
    private int count = 100;

    @Option(names = "--digit", paramLabel = "D", description = "Which digit, 0 to 9, of a model that takes orders.")
    private Integer digit;

    @Option(names = "--seed", paramLabel = "S", description = "Of the noise (default 0).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "The PNG to write (default DIR/samples-seedS.png).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        if (count < 1 || count > MOST) {
            throw wrong("--count", "1 to " + MOST, count, "100 make a page");
        }
        if (digit != null && (digit < 0 || digit > 9)) {
            throw wrong("--digit", "0 to 9", digit, "Leave it out for all of them");
        }
        if (out != null && (out.toString().isBlank() || Files.isDirectory(out))) {
            throw wrong("--out", "the path of a file", out.toString().isBlank() ? "an empty path" : out, "Name a PNG");
        }
        Trained trained = Trained.in(folder);
        Function<Dataset, Sampler> maker = trained.apprentice()
                .sampler()
                .orElseThrow(() -> wrong(
                        "DIR",
                        "the training of a model that makes images (" + makers() + ")",
                        trained.model().name(),
                        "It only looks at them"));
        // an autoencoder has no prior of its own: one is fitted to the codes of its training images
        boolean fitted = trained.apprentice().learner().model() instanceof Autoencoder;
        Sampler sampler = maker.apply(fitted ? Datasets.load(trained.data()) : null);
        if (digit != null && sampler.classes() == 0) {
            throw wrong(
                    "--digit",
                    "given for a model that takes orders (conditional-gan, conditional-vae)",
                    trained.model().name(),
                    "Leave it out");
        }
        Tensor images = digit != null
                ? sampler.some(count, digit, seed)
                : sampler.set(count, seed).images(0, count);
        Picture picture = Digits.grid(images, (int) Math.ceil(Math.sqrt(count)));
        Path file = out != null ? out : folder.resolve(name());
        Replace.write(file, picture.png());
        System.out.println(count + (count == 1 ? " image" : " images") + " in " + file);
        return 0;
    }

    private String name() {
        return "samples" + (digit == null ? "" : "-digit" + digit) + "-seed" + seed + ".png";
    }

    private static String makers() {
        return Models.ALL.stream()
                .map(Models.Entry::name)
                .filter(name -> !name.equals("convnet"))
                .collect(Collectors.joining(", "));
    }

    private ParameterException wrong(String what, String expected, Object got, String advice) {
        return new ParameterException(
                spec.commandLine(),
                "sample: expected " + what + " to be " + expected + " but got " + got + ". " + advice + ".");
    }
}
