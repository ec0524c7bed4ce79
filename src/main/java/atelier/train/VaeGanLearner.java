package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.loss.AdversarialLoss;
import atelier.loss.GaussianKl;
import atelier.loss.SquaredError;
import atelier.loss.Verdict;
import atelier.model.VaeGan;
import atelier.optim.Optimizer;
import atelier.tensor.Loops;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets the three players of a VAE-GAN move in turn, each down its own loss.
 *
 * <pre>{@code
 * L_llike = (1/N) Σ_n Σ_i ½ (Dis_l(x̃)[n,i] − Dis_l(x)[n,i])²            how far the reconstruction is, in features   (Z1)
 * encoder         L_E   = KL(q(z|x) ‖ N(0,1)) + L_llike                                                              (Z2)
 * decoder         L_Dec = γ·L_llike + mean generator(D(x̃)) + mean generator(D(x_p))                                  (Z3)
 * discriminator   L_Dis = mean real(D(x)) + mean fake(D(x̃)) + mean fake(D(x_p))                                      (Z4)
 * }</pre>
 *
 * <p>x̃ = decoder(z), z = μ + σ ⊙ ε a sample of q(z|x); x_p = decoder(z_p), z_p of the prior; ε and z_p new in every step. Units:
 * nats, the sum over features i and latents, the mean over the batch.
 *
 * <pre>{@code
 *                       encoder   decoder   discriminator     the gradient flows
 * stepDiscriminator      HELD      HELD        TRAIN          x, x̃, x_p → discriminator
 * stepDecoder            HELD      TRAIN       HELD           logit and Dis_l → features → x̃ → decoder; logit → x_p → decoder
 * stepEncoder            TRAIN     HELD        HELD           Dis_l → features → x̃ → decoder → z → encoder; KL → encoder
 * }</pre>
 *
 * <p>Two surprises. The discriminator never learns from L_llike: it would make all features 0, and every image like every other. And
 * γ weighs L_llike for the decoder alone: the encoder wants the same image back, whatever it costs to be found out.
 *
 * <p>The decoder goes back once an image: at Dis_l the two gradients that come to x̃ are added, and walk on together.
 *
 * <p>Walk-through: notebooks/16-vae-meets-gan. Source: Larsen, Sønderby, Larochelle and Winther 2016, arXiv:1512.09300, algorithm 1,
 * with the non-saturating loss for the decoder.
 */
public final class VaeGanLearner implements Learner {

    private static final int EVALUATED_AT_ONCE = 100;
    private static final List<String> METRICS =
            List.of("d_loss", "g_loss", "d_real", "d_fake", "test_kl", "test_feature_distance", "test_mse");

    private final VaeGan model;
    private final AdversarialLoss loss;
    private final Optimizer ofEncoder;
    private final Optimizer ofDecoder;
    private final Optimizer ofDiscriminator;
    private final List<Optimizer> optimizers;
    private final Verdict real;
    private final Verdict fake;
    private final Verdict fooled;
    private final SquaredError squares = new SquaredError();
    private final GaussianKl kl = new GaussianKl();
    private Opinion opinion = model -> Map.of();
    private double gamma = 0.01; // γ
    private Tensor noise = Tensor.zeros(0, 0); // ε or z_p
    private Tensor target = Tensor.zeros(0); // Dis_l(x)
    private Tensor pull = Tensor.zeros(0); // the gradient of Dis_l(x̃)
    private Tensor statistics; // μ and ℓ of the latest reconstruction
    private Tensor seen; // Dis_l(x̃) of the latest comparison

    public VaeGanLearner(
            VaeGan model, AdversarialLoss loss, Optimizer ofEncoder, Optimizer ofDecoder, Optimizer ofDiscriminator) {
        this.model = model;
        this.loss = loss;
        this.ofEncoder = ofEncoder;
        this.ofDecoder = ofDecoder;
        this.ofDiscriminator = ofDiscriminator;
        optimizers = List.of(ofEncoder, ofDecoder, ofDiscriminator);
        real = Verdict.real(loss);
        fake = Verdict.fake(loss);
        fooled = Verdict.generator(loss);
    }

    /** The weight of likeness against being taken for real, for the decoder. */
    public VaeGanLearner gamma(double gamma) {
        if (!(gamma >= 0 && gamma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("VaeGanLearner: expected γ of 0 or more but got " + gamma
                    + ". With 0 the decoder is a GAN's generator, which nobody asks for likeness.");
        }
        this.gamma = gamma;
        return this;
    }

    /** Whoever should look at the model after each epoch; what he says changes nothing of the training. */
    public VaeGanLearner judgedBy(Opinion opinion) {
        this.opinion = opinion;
        return this;
    }

    @Override
    public VaeGan model() {
        return model;
    }

    /** The encoder's, the decoder's, the discriminator's. */
    @Override
    public List<Optimizer> optimizers() {
        return optimizers;
    }

    @Override
    public Map<String, String> choices() {
        Map<String, String> choices = new TreeMap<>();
        choices.put("loss", loss.name());
        choices.put("gamma", String.valueOf(gamma));
        choices.put("optimiser", ofEncoder.rule());
        choices.put("decoder's optimiser", ofDecoder.rule());
        choices.put("discriminator's optimiser", ofDiscriminator.rule());
        return choices;
    }

    /** A step of each: discriminator, decoder, encoder; the discriminator's loss. */
    @Override
    public double step(Batch batch) {
        double lossOfDiscriminator = stepDiscriminator(batch.x());
        stepDecoder(batch.x());
        stepEncoder(batch.x());
        return lossOfDiscriminator;
    }

    /** Moves the discriminator, and nothing of the others; its loss (Z4) before the move. */
    public double stepDiscriminator(Tensor x) {
        ofDiscriminator.zeroGradients();
        double cost = learn(real, x);
        cost += learn(fake, reconstruct(x, Mode.HELD, Mode.HELD));
        cost += learn(fake, imagine(x.size(0), Mode.HELD));
        Finite.requireLoss(cost, x, this);
        Finite.requireGradients(ofDiscriminator);

        ofDiscriminator.step();
        Finite.requireParameters(ofDiscriminator);
        return cost;
    }

    /** The discriminator looks at images and is told what they are. */
    private double learn(Verdict truth, Tensor images) {
        double cost = truth.forward(model.judge(images, Mode.TRAIN));
        model.discriminator().backward(truth.backward());
        return cost;
    }

    /** Moves the decoder, and nothing of the others; its loss (Z3) before the move. */
    public double stepDecoder(Tensor x) {
        ofDecoder.zeroGradients();
        double cost = gamma * compare(x, reconstruct(x, Mode.HELD, Mode.TRAIN));
        cost += fooled.forward(model.verdict().forward(seen, Mode.HELD));
        pull.copyFrom(model.verdict().backward(fooled.backward()));
        addPull(gamma);
        model.decoder().backward(model.features().backward(pull));

        cost += fooled.forward(model.judge(imagine(x.size(0), Mode.TRAIN), Mode.HELD));
        model.decoder().backward(model.discriminator().backward(fooled.backward()));
        Finite.requireLoss(cost, x, this);
        Finite.requireGradients(ofDecoder);

        ofDecoder.step();
        Finite.requireParameters(ofDecoder);
        return cost;
    }

    /** Moves the encoder, and nothing of the others; its loss (Z2) before the move. */
    public double stepEncoder(Tensor x) {
        Tensor reconstruction = reconstruct(x, Mode.TRAIN, Mode.HELD);
        double cost = kl.forward(statistics) + compare(x, reconstruction);
        Finite.requireLoss(cost, x, this);

        ofEncoder.zeroGradients();
        pull.fill(0);
        addPull(1);
        Tensor dStatistics = model.backwardToStatistics(model.features().backward(pull));
        Loops.add(kl.backward(1).data(), 0, dStatistics.data(), 0, dStatistics.length());
        model.encoder().backward(dStatistics);
        Finite.requireGradients(ofEncoder);

        ofEncoder.step();
        Finite.requireParameters(ofEncoder);
        return cost;
    }

    /** x̃, from a sample of q(z|x). */
    private Tensor reconstruct(Tensor x, Mode ofEncoder, Mode ofDecoder) {
        statistics = model.encode(x, ofEncoder);
        return model.decode(model.sample(statistics, noise(x.size(0))), ofDecoder);
    }

    /** x_p, from a sample of the prior. */
    private Tensor imagine(int n, Mode mode) {
        return model.decode(noise(n), mode);
    }

    private Tensor noise(int n) {
        noise = noise.hasShape(n, model.latents()) ? noise : Tensor.zeros(n, model.latents());
        model.draw(noise);
        return noise;
    }

    /** (Z1); the features of the reconstruction are those that stay, for a verdict or a backward pass. */
    private double compare(Tensor x, Tensor reconstruction) {
        Tensor original = model.features().forward(x, Mode.HELD);
        if (target.length() != original.length() || target.size(0) != original.size(0)) {
            target = original.copy();
            pull = original.copy();
        }
        target.copyFrom(original);
        seen = model.features().forward(reconstruction, Mode.HELD);
        return squares.forward(seen, target) / 2;
    }

    /** Adds the gradient of (Z1), weighed, to that of Dis_l(x̃). */
    private void addPull(double weight) {
        float[] d = squares.backward().data();
        float[] sum = pull.data();
        float half = (float) (weight / 2);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += half * d[i];
        }
    }

    /**
     * Reconstructions from the mean of q(z|x), and as many images from the prior, the noise always the same: the losses {@code d_loss} (Z4)
     * and {@code g_loss} ((Z3) without likeness), the mean logits {@code d_real} and {@code d_fake} (of x_p); {@code test_kl},
     * {@code test_feature_distance} (Z1), and {@code test_mse} per pixel, which nobody asked it to lower; then what the opinion says.
     */
    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, EVALUATED_AT_ONCE);
        RandomStream chance = RandomStream.seed(0).split(4);
        SquaredError pixels = new SquaredError();
        double[] sums = new double[7];
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("VaeGanLearner.evaluate was interrupted.");
            }
            Tensor x = batches.batch(i).x();
            int n = x.size(0);
            Tensor z = Tensor.zeros(n, model.latents());
            Tensor s = model.encode(x, Mode.INFER);
            sums[4] += n * kl.forward(s);
            Tensor reconstruction = model.decode(model.sample(s, z), Mode.INFER);
            sums[6] += n * pixels.forward(reconstruction, x) / (x.length() / n);
            sums[5] += n * compare(x, reconstruction);
            Tensor d = model.verdict().forward(seen, Mode.HELD);
            sums[0] += n * fake.forward(d);
            sums[1] += n * fooled.forward(d);
            d = model.judge(x, Mode.HELD);
            sums[0] += n * real.forward(d);
            sums[2] += sum(d);
            Noise.normal(chance, z);
            d = model.judge(model.decode(z, Mode.INFER), Mode.HELD);
            sums[0] += n * fake.forward(d);
            sums[1] += n * fooled.forward(d);
            sums[3] += sum(d);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < METRICS.size(); i++) {
            metrics.put(METRICS.get(i), sums[i] / test.count());
        }
        metrics.putAll(opinion.of(model));
        return metrics;
    }

    private static double sum(Tensor d) {
        double sum = 0;
        for (float logit : d.data()) {
            sum += logit;
        }
        return sum;
    }
}
