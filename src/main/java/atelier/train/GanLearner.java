package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.AdversarialLoss;
import atelier.loss.Verdict;
import atelier.model.Constraint;
import atelier.model.Gan;
import atelier.optim.Optimizer;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lets the two players of a GAN move in turn: the discriminator on a batch of real images and as many fakes, then the generator.
 *
 * <pre>{@code
 * discriminator   x real, x̃ = G(z)    L_D = mean real(D(x)) + mean fake(D(x̃))     G held
 * generator       x̃ = G(z), new z     L_G = mean generator(D(x̃))                  D held, but the gradient flows through it
 * }</pre>
 *
 * <p>Real images and fakes pass the discriminator as batches of their own, so that its batch normalisation never mixes them.
 * "Detaching" the fakes in the discriminator's step takes no effort here: the generator's backward pass is simply not called.
 *
 * <p>With {@code criticSteps} above 1 the generator moves after every so many batches only. Two learning rates: the training's
 * is the generator's, {@code ratio} times that the discriminator's (TTUR). A discriminator that is too far ahead may be told to
 * rest ({@code restsAbove}): the generator then moves alone until it has caught up.
 *
 * <p>Walk-through: notebooks/13-gan. Sources: Goodfellow et al. 2014, arXiv:1406.2661, algorithm 1; Heusel et al. 2017,
 * arXiv:1706.08500 (TTUR).
 */
public final class GanLearner implements Learner {

    private static final int EVALUATED_AT_ONCE = 100;
    private static final int OF_DISCRIMINATOR = 0;
    private static final int OF_GENERATOR = 1;
    private static final double NEWEST = 0.1; // how much of the generator's newest loss goes into the kept one

    private final Gan model;
    private final AdversarialLoss loss;
    private final Optimizer ofDiscriminator;
    private final Optimizer ofGenerator;
    private final List<Optimizer> optimizers;
    private final Verdict real;
    private final Verdict fake;
    private final Verdict fooled;
    private Constraint constraint = Constraint.none();
    private Opinion opinion = model -> Map.of();
    private int criticSteps = 1;
    private double ratio = 1;
    private double rest = Double.POSITIVE_INFINITY;
    private final Parameter losses = new Parameter("game.losses", Tensor.zeros(2));
    private final float[] latest = losses.value().data();
    private Tensor z = Tensor.zeros(0, 0);

    public GanLearner(Gan model, AdversarialLoss loss, Optimizer ofDiscriminator, Optimizer ofGenerator) {
        this.model = model;
        this.loss = loss;
        this.ofDiscriminator = ofDiscriminator;
        this.ofGenerator = ofGenerator;
        optimizers = List.of(ofDiscriminator, ofGenerator);
        real = Verdict.real(loss);
        fake = Verdict.fake(loss);
        fooled = Verdict.generator(loss);
    }

    /** What keeps the discriminator's slope within bounds. */
    public GanLearner constrained(Constraint constraint) {
        this.constraint = constraint;
        return this;
    }

    /** So many steps of the discriminator before each of the generator. */
    public GanLearner criticSteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("GanLearner: expected 1 or more steps of the discriminator but got "
                    + steps + ". 1 is the usual game, 5 is usual for a Wasserstein critic.");
        }
        criticSteps = steps;
        return this;
    }

    /** The discriminator's learning rate as a multiple of the generator's. */
    public GanLearner ratio(double ratio) {
        if (!(ratio > 0 && ratio < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("GanLearner: expected a ratio of learning rates above 0 but got " + ratio
                    + ". 1 gives both players the same rate.");
        }
        this.ratio = ratio;
        return this;
    }

    /**
     * Lets the discriminator rest as long as the generator's loss, smoothed over some ten of its steps, is above this. At a draw the
     * non-saturating loss is ln 2 = 0.69; far above it the discriminator has nothing to learn that would help the other one.
     */
    public GanLearner restsAbove(double loss) {
        if (!(loss > 0)) {
            throw new IllegalArgumentException("GanLearner: expected a loss above 0 to rest above but got " + loss
                    + ". 1 keeps a non-saturating game close, infinity never lets the discriminator rest.");
        }
        rest = loss;
        return this;
    }

    /** Whoever should look at the generator after each epoch; what he says changes nothing of the training. */
    public GanLearner judgedBy(Opinion opinion) {
        this.opinion = opinion;
        return this;
    }

    @Override
    public Gan model() {
        return model;
    }

    /** The discriminator's, then the generator's. */
    @Override
    public List<Optimizer> optimizers() {
        return optimizers;
    }

    @Override
    public void learningRate(double rate) {
        ofGenerator.learningRate(rate);
        ofDiscriminator.learningRate(rate * ratio);
    }

    @Override
    public Map<String, String> choices() {
        Map<String, String> choices = new TreeMap<>();
        choices.put("loss", loss.name());
        choices.put("constraint", constraint.name());
        choices.put("optimiser", ofGenerator.rule());
        choices.put("discriminator's optimiser", ofDiscriminator.rule());
        choices.put("discriminator's steps", criticSteps + ", at " + ratio + " times the rate");
        choices.put("discriminator rests", Double.isInfinite(rest) ? "never" : "above a generator's loss of " + rest);
        return choices;
    }

    /** The model's streams, then the constraint's. */
    @Override
    public List<RandomStream> randomness() {
        return Stream.concat(model.randomness().stream(), constraint.randomness().stream())
                .toList();
    }

    /** The model's, then the two losses that say who is ahead. */
    @Override
    public List<Parameter> buffers() {
        return Stream.concat(model.buffers().stream(), Stream.of(losses)).toList();
    }

    /**
     * The discriminator's step unless it rests, and where its turn has come the generator's; the discriminator's loss, the latest one
     * where it rests.
     */
    @Override
    public double step(Batch batch) {
        double lossOfDiscriminator =
                latest[OF_GENERATOR] <= rest ? stepDiscriminator(batch.x(), batch.labels()) : latest[OF_DISCRIMINATOR];
        if (ofDiscriminator.steps() % criticSteps == 0) {
            stepGenerator(batch.size(), batch.labels());
        }
        return lossOfDiscriminator;
    }

    /**
     * Moves the discriminator, and nothing of the generator; its loss before the move.
     *
     * @throws NonFiniteException when a number is not finite; what has moved by then, only a {@link Training} puts back
     */
    public double stepDiscriminator(Tensor x, int... labels) {
        Finite.requireInput(x); // infinite pixels can make logits whose loss is 0
        try {
            return moveDiscriminator(x, labels);
        } catch (NonFiniteException fault) {
            throw diverged("discriminator", fault);
        }
    }

    private double moveDiscriminator(Tensor x, int[] labels) {
        Tensor fakes = generate(x.size(0), labels, Mode.HELD);
        ofDiscriminator.zeroGradients();
        double cost = constraint.penalise(model, x, fakes, labels);
        cost += real.forward(model.judge(x, labels, Mode.TRAIN));
        model.backwardJudge(real.backward());
        cost += fake.forward(model.judge(fakes, labels, Mode.TRAIN));
        model.backwardJudge(fake.backward());
        Finite.requireLoss(cost, x, this);
        Finite.requireGradients(ofDiscriminator);

        ofDiscriminator.step();
        constraint.limit(ofDiscriminator.parameters());
        Finite.requireParameters(ofDiscriminator);
        latest[OF_DISCRIMINATOR] = (float) cost;
        return cost;
    }

    /**
     * Moves the generator, and nothing of the discriminator; its loss before the move.
     *
     * @throws NonFiniteException as {@link #stepDiscriminator}
     */
    public double stepGenerator(int n, int... labels) {
        try {
            return moveGenerator(n, labels);
        } catch (NonFiniteException fault) {
            throw diverged("generator", fault);
        }
    }

    private double moveGenerator(int n, int[] labels) {
        Tensor fakes = generate(n, labels, Mode.TRAIN);
        double cost = fooled.forward(model.judge(fakes, labels, Mode.HELD));
        Finite.requireLoss(cost, z, this);

        ofGenerator.zeroGradients();
        model.backward(model.backwardJudge(fooled.backward()));
        Finite.requireGradients(ofGenerator);

        ofGenerator.step();
        Finite.requireParameters(ofGenerator);
        latest[OF_GENERATOR] += (float) (NEWEST * (cost - latest[OF_GENERATOR]));
        return cost;
    }

    private static NonFiniteException diverged(String player, NonFiniteException fault) {
        return new NonFiniteException(fault.getMessage() + " It was the " + player
                + "'s step. What else keeps a game from diverging: a smaller β₁ of Adam, such as 0.5, and what bounds the "
                + "discriminator's slope, spectral normalisation (sn-gan) or a gradient penalty (wgan-gp).");
    }

    private Tensor generate(int n, int[] labels, Mode mode) {
        z = z.size(0) == n ? z : Tensor.zeros(n, model.latents());
        model.draw(z);
        return model.generate(z, labels, mode);
    }

    /**
     * The losses of both players over as many fakes as there are test images, the noise always the same: {@code d_loss}, {@code g_loss}; and the
     * mean logits {@code d_real}, {@code d_fake}; then what the opinion says.
     */
    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        List<RandomStream> streams = model.randomness();
        long[] drawn = streams.stream().mapToLong(RandomStream::position).toArray();
        try {
            return measure(test);
        } finally {
            for (int i = 0; i < drawn.length; i++) {
                streams.get(i).position(drawn[i]); // a discriminator that is held drops out as in training
            }
        }
    }

    private Map<String, Double> measure(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, EVALUATED_AT_ONCE);
        RandomStream chance = RandomStream.seed(0).split(4);
        double[] sums = new double[4];
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("GanLearner.evaluate was interrupted.");
            }
            Batch batch = batches.batch(i);
            int n = batch.size();
            Tensor noise = Tensor.zeros(n, model.latents());
            Noise.normal(chance, noise);
            Tensor d = model.judge(batch.x(), batch.labels(), Mode.HELD);
            sums[0] += n * real.forward(d);
            sums[2] += sum(d);
            d = model.judge(model.generate(noise, batch.labels(), Mode.INFER), batch.labels(), Mode.HELD);
            sums[0] += n * fake.forward(d);
            sums[1] += n * fooled.forward(d);
            sums[3] += sum(d);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<String> names = List.of("d_loss", "g_loss", "d_real", "d_fake");
        for (int i = 0; i < names.size(); i++) {
            metrics.put(names.get(i), sums[i] / test.count());
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
