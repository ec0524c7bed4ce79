package atelier.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Fork;
import atelier.definition.Difference;
import atelier.definition.GradientCheck;
import atelier.definition.Nested;
import atelier.layer.Affine;
import atelier.layer.BatchNorm;
import atelier.layer.Conv2d;
import atelier.layer.ConvTranspose2d;
import atelier.layer.Dense;
import atelier.layer.Flatten;
import atelier.layer.Layer;
import atelier.layer.LayerLaws;
import atelier.layer.LeakyRelu;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Relu;
import atelier.layer.Sequential;
import atelier.layer.Tanh;
import atelier.layer.Unflatten;
import atelier.loss.NonSaturating;
import atelier.loss.Verdict;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GanTest {

    private static final int N = 3;
    private static final int D = 40;

    private final RandomStream random = RandomStream.seed(3);
    private final Tensor x = Tensor.uniform(random, 0, 1, N, 1, 28, 28);
    private final Tensor z = Tensor.normal(random, 1, N, D);
    private final int[] labels = {4, 0, 9};

    static Stream<Gan> all() {
        RandomStream random = RandomStream.seed(2);
        return Stream.of(
                Gan.dense(D, random),
                Gan.convolutional(D, random),
                Gan.conditional(D, random),
                Gan.critic("wgan", D, random),
                Gan.spectral(D, random));
    }

    // ---- what they look like ----

    @ParameterizedTest
    @MethodSource("all")
    void noiseBecomesImagesOfPixelsAndImagesLogits(Gan gan) {
        assertEquals(D, gan.latents());
        for (Mode mode : Mode.values()) {
            Tensor images = gan.generate(z, labels, mode);
            assertArrayEquals(new int[] {N, 1, 28, 28}, images.shape());
            for (float pixel : images.data()) {
                assertTrue(pixel >= 0 && pixel <= 1, "pixel " + pixel);
            }
            assertArrayEquals(new int[] {N, 1}, gan.judge(images, labels, mode).shape());
            assertArrayEquals(new int[] {N, 1}, gan.judge(x, labels, mode).shape());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyParameterHasAGradientAndAnotherName(Gan gan) {
        stepOfDiscriminator(gan);
        stepOfGenerator(gan);
        for (Parameter p : gan.parameters()) {
            float[] zero = new float[p.value().length()];
            assertFalse(Arrays.equals(zero, p.gradient().data()), p::name);
        }
        long names = Stream.concat(gan.parameters().stream(), gan.buffers().stream())
                .map(Parameter::name)
                .distinct()
                .count();
        assertEquals(gan.parameters().size() + gan.buffers().size(), names);
    }

    /** Counted by hand: weights, biases, and a γ and a β for each normalised channel. */
    @Test
    void theyHaveTheParametersThatTheirArchitectureSays() {
        int dense1 = 100 * 6272 + 6272;
        int generator = 2 * 128 + (128 * 64 * 16 + 64) + 2 * 64 + (64 * 16 + 1); // behind its first dense layer
        int critic = (64 * 16 + 64) + (128 * 64 * 16 + 128); // in front of its dense layers
        int norm = 2 * 128;
        int head = 6272 * 256 + 256 + 256 + 1;
        assertCounts(
                100 * 256 + 256 + 256 * 512 + 512 + 512 * 784 + 784,
                784 * 512 + 512 + 512 * 256 + 256 + 256 + 1,
                0,
                Gan.dense(100, random));
        int running = 2 * 128 + 2 * 64;
        assertCounts(dense1 + generator, critic + norm + head, running + norm, Gan.convolutional(100, random));
        assertCounts(
                dense1 + 10 * 6272 + generator,
                critic + norm + head + 9 * (256 + 1),
                running + norm,
                Gan.conditional(100, random));
        assertCounts(dense1 + generator, critic + head, running, Gan.critic("wgan", 100, random));
        int singular = (64 + 16) + (128 + 64 * 16) + (256 + 6272) + (1 + 256); // u and v of each weight
        assertCounts(dense1 + generator, critic + head, running + singular, Gan.spectral(100, random));
    }

    private static void assertCounts(int generator, int discriminator, int buffers, Gan gan) {
        assertEquals(generator, count(gan.generator().parameters()), gan::name);
        assertEquals(discriminator, count(gan.discriminator().parameters()), gan::name);
        assertEquals(generator + discriminator, count(gan.parameters()), gan::name);
        assertEquals(buffers, count(gan.buffers()), gan::name);
    }

    private static int count(List<Parameter> tensors) {
        return tensors.stream().mapToInt(p -> p.value().length()).sum();
    }

    @Test
    void aConditionalOneHasTenClassesAndTheOthersNone() {
        assertEquals(List.of(0, 0, 10, 0, 0), all().map(Gan::classes).toList());
        assertEquals(
                List.of("gan", "dcgan", "conditional-gan", "wgan", "sn-gan"),
                all().map(Gan::name).toList());
        assertEquals(5, all().map(Gan::architecture).distinct().count());
    }

    /** Normal, a deviation of 0.02: its square is the mean of at least 1000 numbers' squares, at 5 deviations of that mean. */
    @Test
    void dcganStartsFromTheWeightsOfItsPaper() {
        for (Parameter p : Gan.convolutional(D, random).parameters()) {
            float[] w = p.value().data();
            double squares = 0;
            for (float number : w) {
                squares += (double) number * number / w.length;
            }
            if (p.name().endsWith(".weight")) {
                assertEquals(1, squares / (0.02 * 0.02), 5 * Math.sqrt(2.0 / w.length), p::name);
            } else {
                assertEquals(p.name().endsWith(".gamma") ? 1 : 0, squares, 1e-9, p::name);
            }
        }
    }

    @Test
    void noiseComesFromTheModelsOwnStreamWhichACheckpointHolds() {
        Gan gan = Gan.dense(D, random);
        RandomStream stream = gan.randomness().get(0);
        gan.draw(z);
        long position = stream.position();
        assertTrue(position > 0);
        float[] first = z.data().clone();
        gan.draw(z);
        assertFalse(Arrays.equals(first, z.data()));
        stream.position(0);
        gan.draw(z);
        assertArrayEquals(first, z.data());
        double squares = 0;
        Tensor many = Tensor.zeros(200, D);
        gan.draw(many);
        for (float number : many.data()) {
            squares += number * number;
        }
        assertEquals(
                1, squares / many.length(), 4 * Math.sqrt(2.0 / many.length()), "standard normal, at 4 deviations");
    }

    // ---- labels ----

    @Test
    void theLabelDecidesWhatAConditionalOneDraws() {
        Gan gan = Gan.conditional(D, random);
        Tensor same = Tensor.zeros(N, D);
        Tensor four = gan.generate(same, new int[] {4, 4, 4}, Mode.INFER).copy();
        Tensor nine = gan.generate(same, new int[] {9, 4, 4}, Mode.INFER);
        assertArrayEquals(four.slice(0, 1).data(), four.slice(1, 2).data());
        assertFalse(Arrays.equals(four.slice(0, 1).data(), nine.slice(0, 1).data()));
        assertArrayEquals(four.slice(1, 3).data(), nine.slice(1, 3).data());
        Tensor again = gan.generate(same, new int[] {4, 4, 4}, Mode.INFER);
        assertArrayEquals(four.data(), again.data(), "nothing of the nine is left");
    }

    @Test
    void theLogitIsTheOneOfTheLabelAndSoIsTheGradient() {
        Gan gan = Gan.conditional(D, random);
        Tensor logits = gan.discriminator().forward(x, Mode.TRAIN).copy();
        Tensor d = gan.judge(x, labels, Mode.TRAIN);
        Tensor dD = Tensor.of(new float[] {2, 3, -5}, N, 1);
        for (int n = 0; n < N; n++) {
            assertEquals(logits.at(n, labels[n]), d.at(n, 0));
        }
        gan.backwardJudge(dD);
        List<Parameter> last = gan.discriminator().parameters();
        float[] db = last.get(last.size() - 1).gradient().data();
        assertArrayEquals(new float[] {3, 0, 0, 0, 2, 0, 0, 0, 0, -5}, db);
        float[] dW = last.get(last.size() - 2).gradient().data();
        for (int i = 0; i < dW.length; i++) {
            assertEquals(db[i % 10] == 0, dW[i] == 0, "column " + i % 10);
        }
    }

    @Test
    void modelsWithoutClassesDoNotReadLabels() {
        Gan gan = Gan.dense(D, random);
        float[] images = gan.generate(z, null, Mode.INFER).data().clone();
        assertArrayEquals(images, gan.generate(z, new int[] {77}, Mode.INFER).data());
        assertArrayEquals(images, gan.forward(z, Mode.INFER).data());
        float[] d = gan.judge(x, null, Mode.INFER).data().clone();
        assertArrayEquals(d, gan.judge(x, new int[] {77}, Mode.INFER).data());
    }

    // ---- wrong use ----

    @Test
    void missingAndUnknownLabelsAreRefused() {
        Gan gan = Gan.conditional(D, random);
        String missing = ". This model is conditional: give labels wherever it takes them.";
        assertSays("Gan: expected a label for each of 3 rows but got none" + missing, () -> gan.forward(z, Mode.INFER));
        assertSays(
                "Gan: expected a label for each of 3 rows but got 2" + missing,
                () -> gan.generate(z, new int[2], Mode.INFER));
        assertSays(
                "Gan: expected a label for each of 3 rows but got none" + missing,
                () -> gan.judge(x, null, Mode.INFER));
        String classes = "Gan: expected labels in 0 … 9 but got ";
        assertSays(
                classes + "10 in row 2. Classes are counted from 0.",
                () -> gan.generate(z, new int[] {0, 9, 10}, Mode.INFER));
        assertSays(
                classes + "-1 in row 0. Classes are counted from 0.",
                () -> gan.judge(x, new int[] {-1, 0, 1}, Mode.INFER));
    }

    @ParameterizedTest
    @MethodSource("all")
    void noiseOfAnotherLengthIsRefused(Gan gan) {
        for (int[] shape : new int[][] {{N, 7}, {N, D + 10}, {N, D, 1, 1}}) {
            assertSays(
                    "Gan: expected noise of 40 numbers for each image, [N,40], but got " + Arrays.toString(shape)
                            + ". An image is made of as many as the model has latents.",
                    () -> gan.generate(Tensor.zeros(shape), labels, Mode.INFER));
        }
    }

    private static void assertSays(String message, Runnable wrong) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
    }

    @Test
    void imagesOfAnotherSizeAndPlayersWithoutLatentsAreRefused() {
        all().forEach(gan ->
                assertThrows(ShapeException.class, () -> gan.judge(Tensor.zeros(N, 1, 14, 14), labels, Mode.TRAIN)));
        assertThrows(IllegalArgumentException.class, () -> Gan.dense(0, random));
        assertThrows(IllegalArgumentException.class, () -> Gan.convolutional(-1, random));
    }

    // ---- the game in definitions ----

    private static Chain generator(Gan gan) {
        Chain chain = new Chain(gan.generator().parameters());
        if (gan.name().equals("gan")) {
            return chain.dense("generator1")
                    .leakyRelu(0.2)
                    .dense("generator2")
                    .leakyRelu(0.2)
                    .dense("generator3")
                    .tanh()
                    .affine(0.5, 0.5)
                    .shape(1, 28, 28);
        }
        return dcganGenerator(chain, 128, 7);
    }

    private static Chain dcganGenerator(Chain chain, int channels, int size) {
        return chain.dense("generator1")
                .shape(channels, size, size)
                .norm("generator1.norm")
                .relu()
                .up("generator2")
                .norm("generator2.norm")
                .relu()
                .up("generator3")
                .tanh()
                .affine(0.5, 0.5);
    }

    private static Chain discriminator(Gan gan) {
        Chain chain = new Chain(gan.discriminator().parameters()).affine(2, -1);
        return switch (gan.name()) {
            case "gan" ->
                chain.shape(784, 1, 1)
                        .dense("discriminator1")
                        .leakyRelu(0.2)
                        .dense("discriminator2")
                        .leakyRelu(0.2)
                        .dense("discriminator3");
            case "wgan" ->
                chain.conv("critic1")
                        .leakyRelu(0.2)
                        .conv("critic2")
                        .leakyRelu(0.2)
                        .shape(6272, 1, 1)
                        .dense("critic3")
                        .leakyRelu(0.2)
                        .dense("critic4");
            default -> dcganDiscriminator(chain, 6272).leakyRelu(0.2).dense("discriminator4");
        };
    }

    private static Chain dcganDiscriminator(Chain chain, int features) {
        return chain.conv("discriminator1")
                .leakyRelu(0.2)
                .conv("discriminator2")
                .norm("discriminator2.norm")
                .leakyRelu(0.2)
                .shape(features, 1, 1)
                .dense("discriminator3");
    }

    /** The two players of a model in definitions, and what they play for. */
    private record Game(Chain generator, Chain discriminator, int[] labels, int classes) {

        double[][][][] images(Tensor z) {
            int n = z.size(0);
            double[][] rows = new double[n][z.size(1) + classes];
            for (int i = 0; i < n; i++) {
                for (int f = 0; f < z.size(1); f++) {
                    rows[i][f] = z.at(i, f);
                }
                if (classes > 0) {
                    rows[i][z.size(1) + labels[i]] = 1;
                }
            }
            return generator.forward(Chain.images(rows));
        }

        double[] judge(double[][][][] images) {
            double[][] d = Chain.rows(discriminator.forward(images));
            double[] logits = new double[d.length];
            for (int n = 0; n < d.length; n++) {
                logits[n] = d[n][classes > 0 ? labels[n] : 0];
            }
            return logits;
        }

        double[][][][] back(double[] dLogits) {
            double[][] dD = new double[dLogits.length][Math.max(1, classes)];
            for (int n = 0; n < dD.length; n++) {
                dD[n][classes > 0 ? labels[n] : 0] = dLogits[n];
            }
            return discriminator.backward(Chain.images(dD));
        }

        /** L_G, and its gradient in the generator. */
        double ofGenerator(Tensor z) {
            double[] fake = judge(images(z));
            generator.backward(back(atelier.definition.NonSaturating.dGenerator(fake)));
            return atelier.definition.NonSaturating.generator(fake);
        }

        /** L_D, and its gradient in the discriminator: the sum of two batches. */
        double ofDiscriminator(double[][][][] x, Tensor z) {
            double[] real = judge(x);
            back(atelier.definition.NonSaturating.dReal(real));
            double[] fake = judge(images(z));
            back(atelier.definition.NonSaturating.dFake(fake));
            return atelier.definition.NonSaturating.discriminator(real, fake);
        }
    }

    private double stepOfGenerator(Gan gan) {
        Verdict fooled = Verdict.generator(new NonSaturating());
        gan.generator().parameters().forEach(Parameter::zeroGradient);
        double loss = fooled.forward(gan.judge(gan.generate(z, labels, Mode.TRAIN), labels, Mode.HELD));
        gan.backward(gan.backwardJudge(fooled.backward()));
        return loss;
    }

    private double stepOfDiscriminator(Gan gan) {
        return stepOfDiscriminator(gan, x);
    }

    private double stepOfDiscriminator(Gan gan, Tensor images) {
        Verdict real = Verdict.real(new NonSaturating());
        Verdict fake = Verdict.fake(new NonSaturating());
        gan.discriminator().parameters().forEach(Parameter::zeroGradient);
        double loss = real.forward(gan.judge(images, labels, Mode.TRAIN));
        gan.backwardJudge(real.backward());
        loss += fake.forward(gan.judge(gan.generate(z, labels, Mode.HELD), labels, Mode.TRAIN));
        gan.backwardJudge(fake.backward());
        return loss;
    }

    /** Biases, scales and shifts that are not what they start from. */
    private Gan stirred(Gan gan) {
        for (Parameter p : gan.parameters()) {
            if (p.value().rank() == 1) {
                float[] value = p.value().data();
                for (int i = 0; i < value.length; i++) {
                    value[i] += (float) (0.05 * random.normal());
                }
            }
        }
        return gan;
    }

    static Stream<Gan> withoutSpectralNorm() {
        return all().filter(
                        gan -> !gan.name().equals("sn-gan")); // the layer is held to its definition; more is not in it
    }

    /**
     * DCGAN's first weights are so small that real and fake look alike: their gradients would cancel, and rounding be left. Three times
     * as large they tell the two apart.
     */
    private static void tellingApart(Gan gan) {
        for (Parameter p : gan.discriminator().parameters()) {
            if (p.value().rank() > 1) {
                for (int i = 0; i < p.value().length(); i++) {
                    p.value().data()[i] *= 3;
                }
            }
        }
    }

    /** Images, logits, both losses, and all gradients of both players, of the networks as they are used. */
    @ParameterizedTest
    @MethodSource("withoutSpectralNorm")
    void bothPlayersAreTheChainsOfTheirDefinitionsForwardAndBackward(Gan gan) {
        stirred(gan);
        if (!gan.discriminator().buffers().isEmpty()) {
            tellingApart(gan); // DCGAN's
        }
        Game game = new Game(generator(gan), discriminator(gan), labels, gan.classes());
        double[][][][] images = game.images(z);
        close(images, gan.generate(z, labels, Mode.TRAIN).nested());
        close(
                game.judge(images),
                Nested.toDoubles(gan.judge(gan.generate(z, labels, Mode.TRAIN), labels, Mode.TRAIN)
                        .data()));

        assertEquals(game.ofDiscriminator(x.nested(), z), stepOfDiscriminator(gan), 1e-5);
        sameGradients(game.discriminator, gan.discriminator());
        List<float[]> ofDiscriminator = gradients(gan.discriminator());
        assertEquals(game.ofGenerator(z), stepOfGenerator(gan), 1e-5);
        sameGradients(game.generator, gan.generator());
        List<float[]> after = gradients(gan.discriminator());
        for (int i = 0; i < after.size(); i++) {
            assertArrayEquals(ofDiscriminator.get(i), after.get(i), "held");
        }
    }

    /** Errors are measured by the largest gradient of the layer: that of a bias in front of a normalisation is 0. */
    private static void sameGradients(Chain chain, Layer player) {
        assertEquals(player.parameters().size(), chain.gradients().size());
        Map<String, Double> largest = new HashMap<>();
        chain.gradients()
                .forEach((name, gradient) -> largest.merge(
                        layer(name),
                        Arrays.stream(gradient).map(Math::abs).max().orElseThrow(),
                        Math::max));
        for (Parameter p : player.parameters()) {
            Difference worst = Difference.largest(
                    chain.gradients().get(p.name()), p.gradient().data());
            double error = Math.abs(worst.expected() - worst.actual()) / largest.get(layer(p.name()));
            assertTrue(error < 1e-5, () -> p.name() + ", " + error + " of the layer's largest: " + worst);
        }
    }

    private static String layer(String parameter) {
        return parameter.substring(0, parameter.lastIndexOf('.'));
    }

    private static List<float[]> gradients(Layer layer) {
        return layer.parameters().stream().map(p -> p.gradient().data().clone()).toList();
    }

    private static void close(Object expected, Object got) {
        Difference worst = Difference.largest(expected, got);
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    // ---- the definitions of the game against finite differences ----

    /** DCGAN's links with 3 channels and images of 8 × 8. */
    private Gan tiny() {
        return new Gan(
                "tiny",
                "tiny",
                D,
                0,
                new Sequential(
                        new Dense("generator1", Tensor.normal(random, 0.5, D, 12), Tensor.zeros(12)),
                        new Unflatten(3, 2, 2),
                        new BatchNorm("generator1.norm", 3),
                        new Relu(),
                        new ConvTranspose2d(
                                "generator2", Tensor.normal(random, 0.5, 3, 2, 4, 4), Tensor.zeros(2), 2, 1),
                        new BatchNorm("generator2.norm", 2),
                        new Relu(),
                        new ConvTranspose2d(
                                "generator3", Tensor.normal(random, 0.3, 2, 1, 4, 4), Tensor.zeros(1), 2, 1),
                        new Tanh(),
                        Affine.pixels()),
                new Sequential(
                        Affine.centred(),
                        new Conv2d("discriminator1", Tensor.normal(random, 0.5, 2, 1, 4, 4), Tensor.zeros(2), 2, 1, 1),
                        new LeakyRelu(0.2),
                        new Conv2d("discriminator2", Tensor.normal(random, 0.5, 3, 2, 4, 4), Tensor.zeros(3), 2, 1, 1),
                        new BatchNorm("discriminator2.norm", 3),
                        new LeakyRelu(0.2),
                        new Flatten(),
                        new Dense("discriminator3", Tensor.normal(random, 0.5, 12, 1), Tensor.zeros(1))),
                random.split(1));
    }

    private static Game game(Gan tiny) {
        return new Game(
                dcganGenerator(new Chain(tiny.generator().parameters()), 3, 2),
                dcganDiscriminator(new Chain(tiny.discriminator().parameters()).affine(2, -1), 12),
                null,
                0);
    }

    @Test
    void theChainsGradientsAreThoseOfFiniteDifferencesForBothPlayers() {
        Gan gan = stirred(tiny());
        Tensor images = Tensor.uniform(random, 0, 1, N, 1, 8, 8);
        Game game = game(gan);
        assertEquals(game.ofDiscriminator(images.nested(), z), stepOfDiscriminator(gan, images), 1e-5);
        sameGradients(game.discriminator, gan.discriminator());
        for (Parameter p : gan.discriminator().parameters()) {
            Game moved = game(gan);
            check(game.discriminator, p.name(), moved.discriminator, () -> moved.ofDiscriminator(images.nested(), z));
        }
        assertEquals(game.ofGenerator(z), stepOfGenerator(gan), 1e-5);
        sameGradients(game.generator, gan.generator());
        for (Parameter p : gan.generator().parameters()) {
            Game moved = game(gan);
            check(game.generator, p.name(), moved.generator, () -> moved.ofGenerator(z));
        }
    }

    private static void check(Chain chain, String name, Chain moved, DoubleSupplier loss) {
        GradientCheck check = GradientCheck.ofLoss(
                chain.value(name),
                v -> {
                    moved.value(name, v);
                    return loss.getAsDouble();
                },
                chain.gradients().get(name));
        assertTrue(check.passes(), () -> name + ": " + check);
    }

    // ---- finite differences of the models themselves, in float ----

    /**
     * Along two directions in the space of all parameters of a player: its gradient's, than which none is steeper, and that one with a
     * fifth of its numbers turned round. Of 16 images: where a channel's few numbers are nearly the same, a normalisation bends sharply.
     */
    @ParameterizedTest
    @MethodSource("all")
    void theGradientsOfBothPlayersAreSlopesOfTheirLosses(Gan gan) {
        stirred(gan);
        Tensor noise = Tensor.normal(random, 1, 16, D);
        int[] digits = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 1, 1, 2, 2, 3};
        Verdict fooled = Verdict.generator(new NonSaturating());
        fooled.forward(gan.judge(gan.generate(noise, digits, Mode.TRAIN), digits, Mode.HELD));
        gan.backward(gan.backwardJudge(fooled.backward()));
        slopes(
                gan.generator(),
                () -> fooled.forward(gan.judge(gan.generate(noise, digits, Mode.HELD), digits, Mode.HELD)));

        Verdict real = Verdict.real(new NonSaturating());
        real.forward(gan.judge(x, labels, Mode.TRAIN));
        gan.backwardJudge(real.backward());
        slopes(gan.discriminator(), () -> real.forward(gan.judge(x, labels, Mode.HELD)));
    }

    private void slopes(Layer player, DoubleSupplier loss) {
        List<float[]> gradient = gradients(player);
        double size = Math.sqrt(inner(gradient, gradient));
        List<float[]> direction = gradients(player);
        direction.forEach(d -> scale(d, 1 / size));
        assertEquals(size, slope(player, direction, 0x1p-10 / size, loss), 0.01 * size);
        direction.forEach(this::turnSome);
        assertEquals(inner(direction, gradient), slope(player, direction, 0x1p-10 / size, loss), 0.01 * size);
    }

    private void turnSome(float[] direction) {
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= random.uniform() < 0.2 ? -1 : 1;
        }
    }

    private static double slope(Layer player, List<float[]> direction, double h, DoubleSupplier loss) {
        move(player, direction, h);
        double right = loss.getAsDouble();
        move(player, direction, -2 * h);
        double left = loss.getAsDouble();
        move(player, direction, h);
        return (right - left) / (2 * h);
    }

    private static void move(Layer player, List<float[]> direction, double h) {
        for (int i = 0; i < direction.size(); i++) {
            float[] value = player.parameters().get(i).value().data();
            for (int j = 0; j < value.length; j++) {
                value[j] += (float) (h * direction.get(i)[j]);
            }
        }
    }

    private static double inner(List<float[]> a, List<float[]> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < a.get(i).length; j++) {
                sum += (double) a.get(i)[j] * b.get(i)[j];
            }
        }
        return sum;
    }

    private static void scale(float[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= (float) factor;
        }
    }

    // ---- laws ----

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4"})
    void theBitsDoNotDependOnTheNumberOfThreads(int which) {
        Supplier<Gan> made = () -> all().toList().get(which);
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            Gan gan = made.get();
            List<float[]> results = new ArrayList<>();
            stepOfDiscriminator(gan);
            stepOfGenerator(gan);
            results.add(gan.generate(z, labels, Mode.INFER).data().clone());
            results.add(gan.judge(x, labels, Mode.INFER).data().clone());
            results.addAll(gradients(gan.generator()));
            results.addAll(gradients(gan.discriminator()));
            gan.buffers().forEach(b -> results.add(b.value().data().clone()));
            return results;
        });
    }

    @Test
    void aStepAllocatesNothing() throws IOException, InterruptedException {
        Process java = Fork.java("--add-modules=jdk.incubator.vector", AllocationOfAStep.class, "gan")
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), said);
    }
}
