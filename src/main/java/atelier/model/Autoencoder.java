package atelier.model;

import atelier.layer.Dense;
import atelier.layer.Flatten;
import atelier.layer.Glorot;
import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Relu;
import atelier.layer.Sequential;
import atelier.layer.Sigmoid;
import atelier.layer.TiedDense;
import atelier.layer.Unflatten;
import atelier.tensor.Loops;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two networks back to back: the encoder makes a short code of an image, the decoder an image of the code.
 *
 * <pre>{@code
 * x [N,1,28,28] → encoder → code [N,D] → decoder → x̂ [N,1,28,28]
 * }</pre>
 *
 * <p>Both are trained end to end: the gradient of what is wrong with x̂ flows through the decoder into the encoder.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Hinton and Salakhutdinov 2006, doi:10.1126/science.1127647.
 */
public final class Autoencoder implements Model {

    private final String name;
    private final String architecture;
    private final int codeSize;
    private final Layer encoder;
    private final Layer decoder;
    private Tensor code;

    public Autoencoder(String name, String architecture, int codeSize, Layer encoder, Layer decoder) {
        this.name = name;
        this.architecture = architecture;
        this.codeSize = codeSize;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /** Dense: 784-64-32-D-32-64-784, ReLU between, the code bare, pixels from a sigmoid. Glorot's weights. */
    public static Autoencoder dense(int codeSize, RandomStream random) {
        return new Autoencoder(
                "autoencoder",
                "dense 784-64-32-" + codeSize + "-32-64-784, relu, sigmoid",
                codeSize,
                new Sequential(
                        new Flatten(),
                        Glorot.dense("encoder1", 784, 64, random.split(1)).withoutInputGradient(),
                        new Relu(),
                        Glorot.dense("encoder2", 64, 32, random.split(2)),
                        new Relu(),
                        Glorot.dense("encoder3", 32, codeSize, random.split(3))),
                new Sequential(
                        Glorot.dense("decoder1", codeSize, 32, random.split(4)),
                        new Relu(),
                        Glorot.dense("decoder2", 32, 64, random.split(5)),
                        new Relu(),
                        Glorot.dense("decoder3", 64, 784, random.split(6)),
                        new Sigmoid(),
                        new Unflatten(1, 28, 28)));
    }

    /** Denoising: 784-400-D-400-784, wide enough to know what noise is not. */
    public static Autoencoder denoising(int codeSize, RandomStream random) {
        return new Autoencoder(
                "denoising-autoencoder",
                "dense 784-400-" + codeSize + "-400-784, relu, sigmoid",
                codeSize,
                new Sequential(
                        new Flatten(),
                        Glorot.dense("encoder1", 784, 400, random.split(1)).withoutInputGradient(),
                        new Relu(),
                        Glorot.dense("encoder2", 400, codeSize, random.split(2))),
                new Sequential(
                        Glorot.dense("decoder1", codeSize, 400, random.split(3)),
                        new Relu(),
                        Glorot.dense("decoder2", 400, 784, random.split(4)),
                        new Sigmoid(),
                        new Unflatten(1, 28, 28)));
    }

    /** Convolutional: two strided convolutions and a dense layer down, the same up again by transposed ones. */
    public static Autoencoder convolutional(int codeSize, RandomStream random) {
        return new Autoencoder(
                "conv-autoencoder",
                Halves.ENCODER + codeSize + Halves.DECODER + ", sigmoid",
                codeSize,
                Halves.encoder(codeSize, random),
                new Sequential(Halves.decoder(codeSize, random), new Sigmoid()));
    }

    /** Tied: 784-D-784 with a sigmoid code, decoded by the encoder's weights, transposed. */
    public static Autoencoder tied(int codeSize, RandomStream random) {
        Dense encoder = Glorot.dense("encoder", 784, codeSize, random.split(1)).withoutInputGradient();
        return new Autoencoder(
                "tied-autoencoder",
                "dense 784-" + codeSize + ", sigmoid, tied " + codeSize + "-784, sigmoid",
                codeSize,
                new Sequential(new Flatten(), encoder, new Sigmoid()),
                new Sequential(new TiedDense("decoder", encoder), new Sigmoid(), new Unflatten(1, 28, 28)));
    }

    /** Linear: 784-D-784 without any bend. Under the squared error its best codes span what PCA's do. */
    public static Autoencoder linear(int codeSize, RandomStream random) {
        return new Autoencoder(
                "linear-autoencoder",
                "dense 784-" + codeSize + "-784",
                codeSize,
                new Sequential(
                        new Flatten(),
                        Glorot.dense("encoder", 784, codeSize, random.split(1)).withoutInputGradient()),
                new Sequential(Glorot.dense("decoder", codeSize, 784, random.split(2)), new Unflatten(1, 28, 28)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    public int codeSize() {
        return codeSize;
    }

    public Layer encoder() {
        return encoder;
    }

    public Layer decoder() {
        return decoder;
    }

    /** The codes {@code [N,D]} of images. */
    public Tensor encode(Tensor x, Mode mode) {
        code = encoder.forward(x, mode);
        return code;
    }

    /** The images of codes. */
    public Tensor decode(Tensor code, Mode mode) {
        return decoder.forward(code, mode);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return decode(encode(x, mode), mode);
    }

    /** The codes of the latest forward. */
    public Tensor code() {
        return code;
    }

    @Override
    public Tensor backward(Tensor dY) {
        return encoder.backward(decoder.backward(dY));
    }

    /** The same, with a gradient that arrives at the code directly, from a penalty on it. */
    public Tensor backward(Tensor dY, Tensor dCode) {
        Tensor d = decoder.backward(dY);
        Loops.add(dCode.data(), 0, d.data(), 0, d.length());
        return encoder.backward(d);
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.concat(encoder.parameters().stream(), decoder.parameters().stream())
                .toList();
    }

    @Override
    public List<Parameter> buffers() {
        return Stream.concat(encoder.buffers().stream(), decoder.buffers().stream())
                .toList();
    }

    @Override
    public List<RandomStream> randomness() {
        return Stream.concat(encoder.randomness().stream(), decoder.randomness().stream())
                .toList();
    }
}
