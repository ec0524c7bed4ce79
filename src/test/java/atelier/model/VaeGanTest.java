package atelier.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Fork;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VaeGanTest {

    private static final Tensor X = Tensor.uniform(RandomStream.seed(1), 0, 1, 3, 1, 28, 28);

    private static VaeGan model() {
        return VaeGan.convolutional(5, RandomStream.seed(2));
    }

    @Test
    void itsPlayersAreThoseOfDcganAndAnEncoder() {
        VaeGan model = model();
        Gan dcgan = Gan.convolutional(5, RandomStream.seed(2));
        List<Parameter> twins = Stream.concat(
                        dcgan.generator().parameters().stream(), dcgan.discriminator().parameters().stream())
                .toList();
        List<Parameter> parameters = model.parameters();
        int encoders = model.encoder().parameters().size();
        assertEquals(encoders + twins.size(), parameters.size());
        for (int i = 0; i < twins.size(); i++) {
            Parameter mine = parameters.get(encoders + i);
            assertEquals(twins.get(i).name(), mine.name());
            assertArrayEquals(twins.get(i).value().data(), mine.value().data(), 0f);
        }
        assertEquals("vae-gan", model.name());
    }

    @Test
    void shapesAreThoseOfThePicture() {
        VaeGan model = model();
        Tensor statistics = model.encode(X, Mode.TRAIN);
        assertArrayEquals(new int[] {3, 10}, statistics.shape());
        Tensor z = model.sample(statistics, Tensor.zeros(3, 5));
        assertArrayEquals(new int[] {3, 5}, z.shape());
        Tensor back = model.decode(z, Mode.TRAIN);
        assertArrayEquals(new int[] {3, 1, 28, 28}, back.shape());
        for (float pixel : back.data()) {
            assertTrue(pixel >= 0 && pixel <= 1);
        }
        Tensor features = model.features().forward(back, Mode.TRAIN);
        assertArrayEquals(new int[] {3, 128, 7, 7}, features.shape());
        Tensor logits = model.verdict().forward(features, Mode.TRAIN).copy();
        assertArrayEquals(new int[] {3, 1}, logits.shape());
        assertArrayEquals(logits.data(), model.judge(back, Mode.TRAIN).data(), 0f, "the halves are the discriminator");
    }

    @Test
    void halfTheChannelsAreAQuarterOfTheKernels() {
        VaeGan slim = VaeGan.convolutional(5, 32, RandomStream.seed(2));
        for (String name : List.of("encoder2.weight", "generator2.weight", "discriminator2.weight")) {
            assertEquals(length(model(), name), 4 * length(slim, name));
        }
        assertArrayEquals(new int[] {3, 1, 28, 28}, slim.forward(X, Mode.TRAIN).shape());
        assertNotEquals(model().architecture(), slim.architecture());
    }

    private static int length(VaeGan model, String name) {
        return model.parameters().stream()
                .filter(p -> p.name().equals(name))
                .mapToInt(p -> p.value().length())
                .sum();
    }

    @Test
    void inUseItReconstructsFromTheMeanWhileTrainingDrawsFromItsOwnStream() {
        VaeGan model = model();
        Tensor used = model.forward(X, Mode.INFER).copy();
        assertEquals(0, model.randomness().get(0).position());
        Tensor mean = model.sample(model.encode(X, Mode.INFER), Tensor.zeros(3, 5));
        assertArrayEquals(used.data(), model.decode(mean, Mode.INFER).data(), 0f);

        Tensor epsilon = Tensor.zeros(3, 5);
        Noise.normal(model().randomness().get(0), epsilon);
        Tensor drawn = model.forward(X, Mode.HELD).copy();
        assertEquals(8, model.randomness().get(0).position(), "15 normal numbers of 8 random words");
        Tensor byHand = model.decode(model.sample(model.encode(X, Mode.HELD), epsilon), Mode.HELD);
        assertArrayEquals(byHand.data(), drawn.data(), 0f);
    }

    @Test
    void theGradientOfAReconstructionReachesDecoderAndEncoderOnly() {
        VaeGan model = model();
        model.forward(X, Mode.TRAIN);
        assertNull(model.backward(X), "nobody asks for the gradient of the pixels");
        for (Parameter p : model.discriminator().parameters()) {
            assertArrayEquals(new float[p.value().length()], p.gradient().data(), 0f, p.name());
        }
        Stream.of(model.encoder(), model.decoder())
                .flatMap(player -> player.parameters().stream())
                .forEach(p -> assertFalse(
                        Arrays.equals(
                                new float[p.value().length()], p.gradient().data()),
                        p.name()));
    }

    @Test
    void aStepAllocatesNothing() throws IOException, InterruptedException {
        Process java = Fork.java("--add-modules=jdk.incubator.vector", AllocationOfAStep.class, "vae-gan")
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), said);
    }
}
