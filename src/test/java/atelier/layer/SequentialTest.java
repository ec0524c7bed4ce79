package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SequentialTest {

    @Test
    void forwardIsOneLayerAfterTheOtherAndBackwardTheOtherWayRound() {
        Tensor x = LayerLaws.normal(1, 2, 3, 4, 5).channelsLast();
        Tensor dY = LayerLaws.normal(2, 2, 60);
        Tanh tanh = new Tanh();
        Flatten flatten = new Flatten();
        Sigmoid sigmoid = new Sigmoid();
        Tensor expected = sigmoid.forward(flatten.forward(tanh.forward(x, Mode.TRAIN), Mode.TRAIN), Mode.TRAIN);
        Tensor expectedDX = tanh.backward(flatten.backward(sigmoid.backward(dY)));

        Sequential layers = new Sequential(new Tanh(), new Flatten(), new Sigmoid());
        assertArrayEquals(expected.data(), layers.forward(x, Mode.TRAIN).data());
        assertArrayEquals(expectedDX.data(), layers.backward(dY).data());
        assertEquals(x.layout(), expectedDX.layout());
    }

    @Test
    void theModeReachesEveryLayer() {
        RandomStream random = RandomStream.seed(1);
        Sequential layers = new Sequential(new Flatten(), new Dropout(0.5, random));
        Tensor x = LayerLaws.normal(1, 2, 3, 4, 5);
        assertArrayEquals(x.data(), layers.forward(x, Mode.INFER).data());
        assertEquals(0, random.position());
        layers.forward(x, Mode.TRAIN);
        assertEquals(x.length(), random.position());
    }

    @Test
    void parametersBuffersAndStreamsAreThoseOfTheLayersInTheirOrder() {
        BatchNorm first = new BatchNorm("norm", 3);
        BatchNorm second = new BatchNorm("norm", 4);
        RandomStream random = RandomStream.seed(1);
        Sequential layers = new Sequential(first, new Dropout(0.5, random), new Relu(), second);
        assertEquals(4, layers.parameters().size());
        assertSame(first.parameters().get(1), layers.parameters().get(1));
        assertSame(second.parameters().get(0), layers.parameters().get(2));
        assertEquals(4, layers.buffers().size());
        assertSame(second.buffers().get(1), layers.buffers().get(3));
        assertSame(random, layers.randomness().get(0));
        assertEquals(4, layers.layers().size());
    }

    @Test
    void heldStillAWholeNetworkStaysAsItIs() {
        Tensor x = LayerLaws.normal(1, 9, 3, 8, 6);
        LayerLaws.staysAsItIsWhenHeld(SequentialTest::network, x);
        LayerLaws.staysAsItIsWhenHeld(SequentialTest::network, x.channelsLast());
    }

    private static Sequential network() {
        RandomStream random = RandomStream.seed(1);
        return new Sequential(
                new Conv2d("conv", 3, 4, 4, 2, 1, 1, random),
                new BatchNorm("norm", 4),
                new LeakyRelu(0.2),
                new Dropout(0.3, random.split(1)),
                new ConvTranspose2d("up", 4, 2, 4, 2, 1, random),
                new Flatten(),
                new Dense("dense", 96, 5, random));
    }

    @Test
    void oneAfterTheOtherAllocatesNothing() {
        LayerLaws.allocatesNothing(
                new Sequential(new BatchNorm("norm", 3), new Relu(), new Flatten(), new Tanh()),
                LayerLaws.normal(1, 4, 3, 5, 6));
    }
}
