package atelier.bench;

import atelier.bench.torch.TorchAutoencoder;
import atelier.bench.torch.TorchConvNet;
import atelier.bench.torch.TorchGan;
import atelier.bench.torch.TorchVae;
import atelier.data.Batch;
import atelier.dl4j.Dl4jAutoencoder;
import atelier.dl4j.Dl4jConvNet;
import atelier.dl4j.Dl4jGan;
import atelier.dl4j.Dl4jModel;
import atelier.dl4j.Dl4jVae;
import atelier.layer.Parameter;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.NonSaturating;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.model.ConvNet;
import atelier.model.Gan;
import atelier.model.Model;
import atelier.model.Vae;
import atelier.optim.Adam;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import atelier.train.Classifier;
import atelier.train.ElboLearner;
import atelier.train.GanLearner;
import atelier.train.Reconstructor;
import atelier.train.Trainee;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Who runs: the same architecture, first weights, batches, optimiser and number type (float) in each engine.
 *
 * <p>The noise of VAE and GAN comes from the kit's streams in all engines but DL4J's VAE, which draws its own.
 */
final class Contestants {

    static final List<String> ENGINES = List.of("scratch", "libtorch", "dl4j");

    static final double RATE = 0.001;
    static final double GAME_RATE = 0.0002;
    static final long SEED = 1;

    private Contestants() {}

    static Contestant of(String engine, String model, List<Batch> batches) {
        return switch (engine) {
            case "scratch" -> stepping(scratch(model)::step, batches);
            case "dl4j" -> stepping(dl4j(model)::step, batches);
            case "libtorch" -> torch(model, batches);
            default ->
                throw new IllegalArgumentException("Contestants: expected one of " + ENGINES + " but got " + engine);
        };
    }

    // ---- ours ----

    private static Trainee scratch(String model) {
        RandomStream random = RandomStream.seed(SEED);
        switch (model) {
            case "convnet" -> {
                ConvNet net = new ConvNet(random);
                return new Classifier(net, adam(net));
            }
            case "autoencoder" -> {
                Autoencoder net = Autoencoder.dense(32, random);
                return new Reconstructor(net, new SquaredError(), adam(net));
            }
            case "vae" -> {
                Vae net = Vae.dense(20, random);
                return new ElboLearner(net, new BinaryCrossEntropy(), adam(net));
            }
            default -> {
                Gan net = game(model);
                return new GanLearner(
                        net,
                        new NonSaturating(),
                        player(net.discriminator().parameters()),
                        player(net.generator().parameters()));
            }
        }
    }

    private static Gan game(String model) {
        RandomStream random = RandomStream.seed(SEED);
        return model.equals("dcgan") ? Gan.convolutional(100, random) : Gan.dense(64, random);
    }

    private static Optimizer adam(Model model) {
        return new Adam(model.parameters(), RATE);
    }

    private static Optimizer player(List<Parameter> parameters) {
        return new Adam(parameters, GAME_RATE, 0.5, 0.99, 1e-8);
    }

    private static List<Tensor> weights(Model model) {
        return model.parameters().stream().map(Parameter::value).toList();
    }

    // ---- DL4J's ----

    private static Dl4jModel dl4j(String model) {
        RandomStream random = RandomStream.seed(SEED);
        return switch (model) {
            case "convnet" -> new Dl4jConvNet(weights(new ConvNet(random)), RATE);
            case "autoencoder" -> new Dl4jAutoencoder(weights(Autoencoder.dense(32, random)), RATE);
            case "vae" -> new Dl4jVae(weights(Vae.dense(20, random)), SEED, RATE);
            case "gan" -> Dl4jGan.dense(weights(game(model)), SEED, GAME_RATE);
            default -> Dl4jGan.convolutional(weights(game(model)), SEED, GAME_RATE);
        };
    }

    private static Contestant stepping(ToDoubleFunction<Batch> step, List<Batch> batches) {
        return batch -> step.applyAsDouble(batches.get(batch));
    }

    // ---- libtorch's ----

    private static Contestant torch(String model, List<Batch> batches) {
        RandomStream random = RandomStream.seed(SEED);
        return switch (model) {
            case "convnet" -> new TorchConvNet(weights(new ConvNet(random)), batches, RATE);
            case "autoencoder" -> new TorchAutoencoder(weights(Autoencoder.dense(32, random)), batches, RATE);
            case "vae" -> new TorchVae(weights(Vae.dense(20, random)), random.split(5), batches, RATE);
            case "gan" -> TorchGan.dense(weights(game(model)), random.split(7), batches, GAME_RATE);
            default -> TorchGan.convolutional(weights(game(model)), random.split(7), batches, GAME_RATE);
        };
    }
}
