package atelier.dl4j;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A GAN in DL4J, of two networks and no third: the generator's gradient comes out of the discriminator's walk back, whose own
 * gradients are then left lying.
 *
 * <pre>{@code
 * discriminator   x real, x̃ = G(z)    loss = mean −ln σ(D(x)) + mean −ln(1 − σ(D(x̃)))    D steps
 * generator       x̃ = G(z), new z     loss = mean −ln σ(D(x̃))                            G steps
 * }</pre>
 *
 * <p>Much code for DL4J holds the discriminator still in another way: a third network, generator and frozen discriminator in one, and
 * weights that are copied back and forth in every step. {@link ExternalErrors} needs none of that.
 *
 * <p>Shapes: images {@code [N,1,28,28]} in [0,1], noise z {@code [N,D]}, logits {@code [N,1]}. Inside, pixels are in [−1,1], where
 * the generator's tanh lives.
 *
 * <p>Walk-through: notebooks/14-dcgan. Source: Goodfellow et al. 2014, arXiv:1406.2661, algorithm 1.
 */
public final class Dl4jGan implements Dl4jModel {

    private static final int EVALUATED_AT_ONCE = 100;
    private static final float REAL = 1;
    private static final float FAKE = 0;
    private static final double NEWEST = 0.1; // as in the kit's own learner

    /** What one walk forward and back leaves: the mean loss, and gradients that are sums over the batch. */
    private record Walk(double loss, Gradient gradient) {}

    private final int latents;
    private final MultiLayerNetwork generator;
    private final MultiLayerNetwork discriminator;
    private final RandomStream noise;
    private float answerToReal = REAL;
    private double ratio = 1;
    private double rest = Double.POSITIVE_INFINITY;
    private double lossOfDiscriminator; // the latest
    private double lossOfGenerator; // smoothed

    private Dl4jGan(int latents, MultiLayerConfiguration generator, MultiLayerConfiguration discriminator, long seed) {
        this.latents = latents;
        this.generator = new MultiLayerNetwork(generator);
        this.generator.init();
        this.discriminator = new MultiLayerNetwork(discriminator);
        this.discriminator.init();
        noise = RandomStream.seed(seed).split(7);
    }

    /** The dense one, with random weights from DL4J's own generator of numbers. */
    public static Dl4jGan dense(int latents, long seed, double learningRate) {
        return new Dl4jGan(
                latents,
                Dl4jPlayers.denseGenerator(latents, seed, learningRate),
                Dl4jPlayers.denseDiscriminator(seed + 1, learningRate),
                seed);
    }

    /** The dense one with these weights, the generator's and then the discriminator's; the seed is for the noise. */
    public static Dl4jGan dense(List<Tensor> weights, long seed, double learningRate) {
        return dense(latents(weights), seed, learningRate).with(weights);
    }

    /** DCGAN, with random weights from DL4J's own generator of numbers. */
    public static Dl4jGan convolutional(int latents, long seed, double learningRate) {
        return new Dl4jGan(
                latents,
                Dl4jPlayers.generator(latents, seed, learningRate),
                Dl4jPlayers.discriminator(seed + 1, learningRate),
                seed);
    }

    /** DCGAN with these weights, the generator's and then the discriminator's; the seed is for the noise. */
    public static Dl4jGan convolutional(List<Tensor> weights, long seed, double learningRate) {
        return convolutional(latents(weights), seed, learningRate).with(weights);
    }

    /**
     * Wants a real image called real with probability 1 − s only, which keeps the discriminator from being too sure.
     *
     * @throws IllegalArgumentException when s is not in [0, ½)
     */
    public Dl4jGan smoothed(double s) {
        if (!(s >= 0 && s < 0.5)) {
            throw new IllegalArgumentException("Dl4jGan: expected a smoothing of 0 or more and below 0.5 but got " + s
                    + ". 0.1 is usual, 0 is none.");
        }
        answerToReal = (float) (1 - s);
        return this;
    }

    /** The discriminator's learning rate as a multiple of the generator's, from the next {@link #learningRate} on. */
    public Dl4jGan ratio(double ratio) {
        if (!(ratio > 0 && ratio < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Dl4jGan: expected a ratio of learning rates above 0 but got " + ratio
                    + ". 1 gives both players the same rate.");
        }
        this.ratio = ratio;
        return this;
    }

    /** Lets the discriminator rest as long as the generator's loss, smoothed over some ten of its steps, is above this. */
    public Dl4jGan restsAbove(double loss) {
        if (!(loss > 0)) {
            throw new IllegalArgumentException("Dl4jGan: expected a loss above 0 to rest above but got " + loss
                    + ". 1 keeps a game close, infinity never lets the discriminator rest.");
        }
        rest = loss;
        return this;
    }

    private static int latents(List<Tensor> weights) {
        Weights.columns(weights, 0, "Dl4jGan");
        return weights.get(0).size(0);
    }

    private Dl4jGan with(List<Tensor> weights) {
        weights(weights);
        return this;
    }

    public int latents() {
        return latents;
    }

    @Override
    public Map<String, MultiLayerNetwork> networks() {
        Map<String, MultiLayerNetwork> both = new LinkedHashMap<>();
        both.put("generator", generator);
        both.put("discriminator", discriminator);
        return both;
    }

    // ---- weights ----

    @Override
    public List<Tensor> weights() {
        return Stream.concat(Weights.of(generator).stream(), Weights.of(discriminator).stream())
                .toList();
    }

    @Override
    public void weights(List<Tensor> weights) {
        Weights.requireShapes(weights(), weights);
        int first = Weights.of(generator).size();
        Weights.copy(weights.subList(0, first), generator);
        Weights.copy(weights.subList(first, weights.size()), discriminator);
    }

    // ---- looking ----

    /** The images of noise. Training: batch normalisation measures the batch, and keeps nothing of it; else it trusts what it kept. */
    public Tensor generate(Tensor z, boolean training) {
        return Tensors.toTensor(
                generator.output(Tensors.toNd4j(z), training).addi(1).muli(0.5));
    }

    /** The logits of images. */
    public Tensor judge(Tensor images, boolean training) {
        return Tensors.toTensor(discriminator.output(centred(images), training));
    }

    /** [0,1] → [−1,1]. */
    private static INDArray centred(Tensor images) {
        return Tensors.toNd4j(images).muli(2).subi(1);
    }

    /** The discriminator's gradients of its mean loss on these images and on the fakes of this noise. */
    public List<Tensor> discriminatorGradients(Tensor x, Tensor z) {
        return Weights.gradients(discriminator, walkDiscriminator(x, z).gradient(), x.size(0));
    }

    /** The generator's gradients of its mean loss with this noise. */
    public List<Tensor> generatorGradients(Tensor z) {
        return Weights.gradients(generator, walkGenerator(z).gradient(), z.size(0));
    }

    // ---- the discriminator's turn ----

    /** Moves the discriminator, and nothing of the generator; its loss before the move. */
    public double stepDiscriminator(Tensor x, Tensor z) {
        return step(discriminator, walkDiscriminator(x, z), x.size(0));
    }

    private Walk walkDiscriminator(Tensor x, Tensor z) {
        INDArray fakes = generator.output(Tensors.toNd4j(z), true);
        Walk real = walkDiscriminator(centred(x), answerToReal);
        INDArray ofReal = ExternalErrors.setAside(discriminator, real.gradient());
        Walk fake = walkDiscriminator(fakes, FAKE);
        fake.gradient().gradient().addi(ofReal);
        return new Walk(real.loss() + fake.loss(), fake.gradient());
    }

    private Walk walkDiscriminator(INDArray images, float answer) {
        INDArray d = ExternalErrors.forward(discriminator, images);
        INDArray truth = all(answer, d);
        double loss = CrossEntropy.of(d, truth) / d.size(0);
        return new Walk(
                loss,
                ExternalErrors.backward(discriminator, CrossEntropy.gradient(d, truth))
                        .getFirst());
    }

    // ---- the generator's turn ----

    /** Moves the generator, and nothing of the discriminator; its loss before the move. */
    public double stepGenerator(Tensor z) {
        return step(generator, walkGenerator(z), z.size(0));
    }

    private Walk walkGenerator(Tensor z) {
        // forward
        INDArray fakes = ExternalErrors.forward(generator, Tensors.toNd4j(z));
        INDArray d = ExternalErrors.forward(discriminator, fakes);
        INDArray wish = all(REAL, d);
        double loss = CrossEntropy.of(d, wish) / d.size(0);

        // backward
        Pair<Gradient, INDArray> judged = ExternalErrors.backward(discriminator, CrossEntropy.gradient(d, wish));
        INDArray dFakes = judged.getSecond(); // judged.getFirst() is never used: the discriminator is held
        return new Walk(loss, ExternalErrors.backward(generator, dFakes).getFirst());
    }

    // ---- learning ----

    /** The discriminator's move on these images and as many fakes unless it rests, then the generator's; the discriminator's loss. */
    @Override
    public double step(Batch batch) {
        Runnable undo = ExternalErrors.undo(discriminator);
        double loss =
                lossOfGenerator <= rest ? stepDiscriminator(batch.x(), draw(noise, batch.size())) : lossOfDiscriminator;
        try {
            double ofGenerator = stepGenerator(draw(noise, batch.size()));
            lossOfGenerator += NEWEST * (ofGenerator - lossOfGenerator);
        } catch (ArithmeticException fault) {
            undo.run();
            throw fault;
        }
        lossOfDiscriminator = loss;
        return loss;
    }

    private static double step(MultiLayerNetwork player, Walk walk, int n) {
        FiniteGradients.require(walk.loss(), walk.gradient());
        ExternalErrors.step(player, walk.gradient(), n);
        return walk.loss();
    }

    private Tensor draw(RandomStream random, int n) {
        Tensor z = Tensor.zeros(n, latents);
        Noise.normal(random, z);
        return z;
    }

    /** The generator's; the discriminator's is {@code ratio} times that. */
    @Override
    public void learningRate(double rate) {
        Rate.set(generator, rate);
        Rate.set(discriminator, rate * ratio);
    }

    /**
     * {@code d_loss} and {@code g_loss}, the losses of both players over as many fakes as there are test images; and the mean logits
     * {@code d_real} and {@code d_fake}. The noise is the same every time, that of the kit's own learner.
     */
    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, EVALUATED_AT_ONCE);
        RandomStream chance = RandomStream.seed(0).split(4);
        double[] sums = new double[4];
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Dl4jGan.evaluate was interrupted.");
            }
            Batch batch = batches.batch(i);
            Tensor x = generate(draw(chance, batch.size()), false);
            INDArray real = discriminator.output(centred(batch.x()), true);
            INDArray fake = discriminator.output(centred(x), true);
            sums[0] += CrossEntropy.of(real, all(answerToReal, real)) + CrossEntropy.of(fake, all(FAKE, fake));
            sums[1] += CrossEntropy.of(fake, all(REAL, fake));
            sums[2] += CrossEntropy.sum(real);
            sums[3] += CrossEntropy.sum(fake);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<String> names = List.of("d_loss", "g_loss", "d_real", "d_fake");
        for (int i = 0; i < names.size(); i++) {
            metrics.put(names.get(i), sums[i] / test.count());
        }
        return metrics;
    }

    private static INDArray all(float answer, INDArray logits) {
        return Nd4j.valueArrayOf(logits.shape(), answer);
    }
}
