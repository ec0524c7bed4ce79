package atelier.cli;

import atelier.data.Corruption;
import atelier.dl4j.Dl4jAutoencoder;
import atelier.dl4j.Dl4jConvAutoencoder;
import atelier.dl4j.Dl4jConvNet;
import atelier.dl4j.Dl4jConvVae;
import atelier.dl4j.Dl4jGan;
import atelier.dl4j.Dl4jModel;
import atelier.dl4j.Dl4jVae;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.PixelLoss;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.model.ConvNet;
import atelier.model.Model;
import atelier.model.Vae;
import atelier.optim.Adam;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import atelier.train.Classifier;
import atelier.train.ElboLearner;
import atelier.train.Games;
import atelier.train.GanLearner;
import atelier.train.Recipes;
import atelier.train.Reconstructor;
import atelier.train.Settings;
import atelier.train.VaeGanLearner;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What {@code ./atelier train} can train: a line a model. */
final class Models {

    /** η until the recipe's schedule sets it, before the first step. */
    static final double RATE = 0.001;

    /**
     * One of them.
     *
     * @param name what one types
     * @param latent numbers in its code when nobody says otherwise; 0 where it has no code
     * @param iwae importance samples an image when nobody says otherwise; 0 where it is no VAE and has no likelihood
     * @param settings its recipe, for a seed
     * @param apprentice the model with what teaches it
     * @param twin the same in DL4J, if there is one
     */
    record Entry(
            String name,
            int latent,
            int iwae,
            LongFunction<Settings> settings,
            Function<Choice, Apprentice> apprentice,
            Optional<Twin> twin) {

        boolean hasCode() {
            return latent > 0;
        }

        boolean isVae() {
            return iwae > 0;
        }
    }

    /** A model in DL4J that starts from these weights. */
    interface Twin {
        Dl4jModel of(List<Tensor> weights, Choice choice);
    }

    private static final Optional<Twin> NONE = Optional.empty();
    private static final Optional<Twin> CONVNET = twin((w, c) -> new Dl4jConvNet(w, RATE));
    private static final Optional<Twin> DENSE = twin((w, c) -> new Dl4jAutoencoder(w, RATE));
    private static final Optional<Twin> CONV = twin((w, c) -> new Dl4jConvAutoencoder(w, RATE));
    private static final Optional<Twin> VAE = twin((w, c) -> new Dl4jVae(w, c.seed(), RATE));
    private static final Optional<Twin> CONV_VAE = twin((w, c) -> new Dl4jConvVae(w, c.beta(), c.seed(), RATE));
    private static final Optional<Twin> GAN =
            twin((w, c) -> Dl4jGan.dense(w, c.seed(), RATE).smoothed(0.1));
    private static final Optional<Twin> DCGAN = twin((w, c) ->
            Dl4jGan.convolutional(w, c.seed(), RATE).ratio(Games.SLOWER).restsAbove(Games.REST));

    static final List<Entry> ALL = List.of(
            new Entry("convnet", 0, 0, Recipes::convnet, Models::convnet, CONVNET),
            new Entry("autoencoder", 32, 0, Recipes::autoencoder, plain(Autoencoder::dense), DENSE),
            new Entry("conv-autoencoder", 32, 0, Recipes::convolutional, plain(Autoencoder::convolutional), CONV),
            new Entry("denoising-autoencoder", 64, 0, Recipes::denoising, Models::denoising, NONE),
            new Entry("vae", 20, 100, Recipes::vae, vae(Vae::dense), VAE),
            new Entry("deep-vae", 50, 5000, Recipes::deepVae, vae(Vae::deep), NONE),
            new Entry("conv-vae", 20, 100, Recipes::convolutional, vae(Vae::convolutional), CONV_VAE),
            new Entry("conditional-vae", 20, 100, Recipes::vae, vae(Vae::conditional), NONE),
            new Entry("gan", 64, 0, Recipes::gan, gan(Games::gan), GAN),
            new Entry("dcgan", 100, 0, Recipes::dcgan, gan(Games::dcgan), DCGAN),
            new Entry("wgan", 100, 0, Recipes::wasserstein, gan(Games::wasserstein), NONE),
            new Entry("wgan-gp", 100, 0, Recipes::gradientPenalty, gan(Games::gradientPenalty), NONE),
            new Entry("sn-gan", 100, 0, Recipes::spectral, gan(Games::spectral), NONE),
            new Entry("ls-gan", 100, 0, Recipes::dcgan, gan(Games::leastSquares), NONE),
            new Entry("conditional-gan", 100, 0, Recipes::dcgan, gan(Games::conditional), NONE),
            new Entry("vae-gan", 64, 0, Recipes::vaeGan, Models::vaeGan, NONE));

    private Models() {}

    /** Those that fit, as one writes them in a sentence. */
    static String names(Predicate<Entry> fits) {
        return ALL.stream().filter(fits).map(Entry::name).collect(Collectors.joining(", "));
    }

    /** @throws IllegalArgumentException when there is none of that name */
    static Entry named(String name) {
        return ALL.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Models: expected one of " + names(any -> true)
                        + " but got " + name + ". It was made by another version of the kit."));
    }

    /** All of them, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ALL.stream().map(Entry::name).iterator();
        }
    }

    private static Apprentice convnet(Choice choice) {
        ConvNet model = new ConvNet(choice.random());
        return new Apprentice(new Classifier(model, adam(model)), data -> new ClassifierOutcome(model, data.test()));
    }

    private static Function<Choice, Apprentice> plain(BiFunction<Integer, RandomStream, Autoencoder> architecture) {
        return choice -> {
            Autoencoder model = architecture.apply(choice.latent(), choice.random());
            return new Apprentice(
                    new Reconstructor(model, new SquaredError(), adam(model)),
                    data -> new AutoencoderOutcome(model, data),
                    data -> Samplers.of(model, data));
        };
    }

    private static Apprentice denoising(Choice choice) {
        Autoencoder model = Autoencoder.denoising(choice.latent(), choice.random());
        Corruption noise = Corruption.gaussian(0.5);
        return new Apprentice(
                new Reconstructor(model, new SquaredError(), adam(model)).denoising(noise, choice.noise()),
                data -> new DenoisingOutcome(model, noise, data),
                data -> Samplers.of(model, data));
    }

    private static Function<Choice, Apprentice> vae(BiFunction<Integer, RandomStream, Vae> architecture) {
        return choice -> {
            Vae model = architecture.apply(choice.latent(), choice.random());
            PixelLoss loss = new BinaryCrossEntropy();
            return new Apprentice(
                    new ElboLearner(model, loss, adam(model))
                            .beta(choice.beta())
                            .binarised(choice.noise()),
                    data -> new VaeOutcome(model, loss, choice.iwae(), data),
                    data -> Samplers.of(model, loss));
        };
    }

    private static Function<Choice, Apprentice> gan(BiFunction<Integer, RandomStream, GanLearner> game) {
        return choice -> {
            GanLearner learner = game.apply(choice.latent(), choice.random());
            Sampler sampler = Samplers.of(learner.model());
            return new Apprentice(learner, data -> new GanOutcome(learner, sampler, data), data -> sampler);
        };
    }

    private static Apprentice vaeGan(Choice choice) {
        VaeGanLearner learner = Games.vaeGan(choice.latent(), choice.random());
        Sampler sampler = Samplers.of(learner.model());
        return new Apprentice(learner, data -> new VaeGanOutcome(learner.model(), sampler, data), data -> sampler);
    }

    private static Optional<Twin> twin(Twin twin) {
        return Optional.of(twin);
    }

    private static Optimizer adam(Model model) {
        return new Adam(model.parameters(), RATE);
    }
}
