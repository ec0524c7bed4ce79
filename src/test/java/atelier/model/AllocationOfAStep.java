package atelier.model;

import atelier.data.Batch;
import atelier.layer.Mode;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.GaussianKl;
import atelier.loss.NonSaturating;
import atelier.loss.SquaredError;
import atelier.optim.Adam;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import atelier.train.GanLearner;
import atelier.train.VaeGanLearner;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A program that counts the bytes which training steps of every autoencoder, VAE, GAN or VAE-GAN allocate once they are compiled;
 * exit status 0 if none do.
 * In a Java of its own: where a thousand other tests ran before, the compiler leaves vectors on the heap.
 */
final class AllocationOfAStep {

    private static final int STEPS = 5;

    private AllocationOfAStep() {}

    /** {@code vae}, {@code gan}, {@code vae-gan} or {@code autoencoder}. */
    public static void main(String[] kind) {
        Parallel.threads(1); // all work on this thread, so that its counter sees every byte
        Tensor x = Tensor.uniform(RandomStream.seed(1), 0, 1, 3, 1, 28, 28);
        LongStream leasts = switch (kind[0]) {
            case "vae" -> VaeTest.all().mapToLong(vae -> least(vae, step(vae, x)));
            case "gan" -> GanTest.all().mapToLong(gan -> least(gan, step(gan, x)));
            case "vae-gan" ->
                Stream.of(VaeGan.convolutional(5, 8, RandomStream.seed(2)))
                        .mapToLong(model -> least(model, step(model, x)));
            default -> AutoencoderTest.all().mapToLong(model -> least(model, step(model, x)));
        };
        System.exit(leasts.max().orElseThrow() < 1024 ? 0 : 1);
    }

    private static Runnable step(Vae vae, Tensor x) {
        int[] labels = {4, 0, 9};
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        GaussianKl kl = new GaussianKl();
        Adam adam = new Adam(vae.parameters(), 1e-3);
        return () -> {
            loss.forward(vae.forward(x, labels, Mode.TRAIN), x);
            kl.forward(vae.statistics());
            adam.zeroGradients();
            vae.backward(loss.backward(), kl.backward(1));
            adam.step();
        };
    }

    /** Both players move; one of the critics is held by a gradient penalty. */
    private static Runnable step(Gan gan, Tensor x) {
        Batch batch = new Batch(x, new int[] {4, 0, 9}, 3);
        GanLearner learner = new GanLearner(
                gan,
                new NonSaturating(),
                new Adam(gan.discriminator().parameters(), 1e-3),
                new Adam(gan.generator().parameters(), 1e-3));
        if (gan.name().equals("wgan")) {
            learner.constrained(new GradientPenalty(10, RandomStream.seed(3)));
        }
        Tensor much = Tensor.zeros(1000, gan.latents());
        for (int i = 0; i < 500; i++) {
            gan.draw(much); // a step draws so little that it would take thousands of them until that is compiled
        }
        return () -> learner.step(batch);
    }

    private static Runnable step(Autoencoder model, Tensor x) {
        SquaredError loss = new SquaredError();
        Adam adam = new Adam(model.parameters(), 1e-3);
        return () -> {
            loss.forward(model.forward(x, Mode.TRAIN), x);
            adam.zeroGradients();
            model.backward(loss.backward());
            adam.step();
        };
    }

    private static Runnable step(VaeGan model, Tensor x) {
        Batch batch = new Batch(x, new int[3], 3);
        VaeGanLearner learner = new VaeGanLearner(
                model,
                new NonSaturating(),
                new Adam(model.encoder().parameters(), 1e-3),
                new Adam(model.decoder().parameters(), 1e-3),
                new Adam(model.discriminator().parameters(), 1e-3));
        return () -> learner.step(batch);
    }

    private static long least(Model model, Runnable step) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        long end = threads.getCurrentThreadCpuTime() + 60_000_000_000L; // vectors that are not compiled yet are objects
        while (least >= 1024 && threads.getCurrentThreadCpuTime() < end) { // on a busy machine that takes a while
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < STEPS; i++) {
                step.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        System.out.println(model.name() + ": " + least + " bytes in " + STEPS + " steps");
        return least;
    }
}
