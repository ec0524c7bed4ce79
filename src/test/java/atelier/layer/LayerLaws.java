package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Difference;
import atelier.definition.Nested;
import atelier.tensor.Layout;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/** What holds for every layer, whatever it computes; each layer's test asks for the laws that apply. */
public final class LayerLaws {

    private LayerLaws() {}

    /** All laws at once, for a layer that takes images of the given count of channels in both layouts. */
    public static void hold(Supplier<? extends Layer> made, int channels) {
        Tensor x = normal(1, 3, channels, 5, 4);
        needsForwardBeforeBackward(made.get());
        refusesGradientsOfAnotherShape(made.get(), x);
        leavesItsInputsAlone(made.get(), x);
        leavesItsInputsAlone(made.get(), x.channelsLast());
        reusesItsOutputs(made.get(), x);
        staysAsItIsWhenHeld(made, x);
        staysAsItIsWhenHeld(made, x.channelsLast());
        givesTheSameNumbersInBothLayouts(made, x);
        givesTheSameBitsOnAnyNumberOfThreads(made, normal(2, 13, channels, 31, 29));
        givesTheSameBitsOnAnyNumberOfThreads(
                made, normal(2, 13, channels, 31, 29).channelsLast());
        allocatesNothing(made.get(), normal(3, 4, channels, 9, 8));
        allocatesNothing(made.get(), normal(3, 4, channels, 9, 8).channelsLast());
    }

    /** Goes back by the definition: dX from dY, x and y. */
    public interface DefinedBackward {
        double[][][][] dX(double[][][][] dY, double[][][][] x, double[][][][] y);
    }

    /** Y and dX of an element-wise layer without parameters equal the definition's, in both layouts. */
    public static void equalsDefinition(
            Layer layer, Tensor images, DoubleUnaryOperator forward, DefinedBackward backward) {
        Tensor pieces = normal(9, 1, 1, 99, 331); // two pieces of 2¹⁴ numbers, and one number
        for (Tensor x : new Tensor[] {images, images.channelsLast(), pieces}) {
            Tensor dY = like(x, 5);
            double[][][][] expected = Nested.map(x.nested(), forward);
            assertClose(expected, layer.forward(x, Mode.TRAIN));
            assertClose(backward.dX(dY.nested(), x.nested(), expected), layer.backward(dY));
        }
    }

    public static void assertClose(Object expected, Tensor got) {
        Difference difference = Difference.largest(expected, got.rowMajor().data());
        assertTrue(difference.relative() < 1e-5, difference::toString);
    }

    public static void needsForwardBeforeBackward(Layer layer) {
        String message = assertThrows(IllegalStateException.class, () -> layer.backward(Tensor.zeros(1, 1)))
                .getMessage();
        assertTrue(message.contains(".backward: expected a forward pass"), message);
    }

    public static void refusesGradientsOfAnotherShape(Layer layer, Tensor x) {
        Tensor y = layer.forward(x, Mode.TRAIN);
        int[] shape = y.shape();
        shape[shape.length - 1]++;
        String message = assertThrows(ShapeException.class, () -> layer.backward(Tensor.zeros(shape)))
                .getMessage();
        assertTrue(message.contains(".backward: expected shape"), message);
    }

    public static void leavesItsInputsAlone(Layer layer, Tensor x) {
        Tensor before = x.copy();
        Tensor dY = like(layer.forward(x, Mode.TRAIN), 5);
        Tensor dYBefore = dY.copy();
        layer.backward(dY);
        layer.forward(x, Mode.INFER);
        assertArrayEquals(before.data(), x.data());
        assertArrayEquals(dYBefore.data(), dY.data());
    }

    public static void reusesItsOutputs(Layer layer, Tensor x) {
        Tensor y = layer.forward(x, Mode.TRAIN);
        Tensor dX = layer.backward(like(y, 5));
        assertNotSame(x, y);
        assertSame(y, layer.forward(x, Mode.TRAIN));
        assertSame(dX, layer.backward(like(y, 6)));
    }

    /**
     * Held still it says what training says and sends back the same dX, to the bit, but keeps nothing of it; and the training pass that
     * follows is the one that would have been made without it.
     */
    public static void staysAsItIsWhenHeld(Supplier<? extends Layer> made, Tensor x) {
        Layer trained = made.get();
        Layer held = made.get();
        trained.parameters().forEach(p -> p.gradient().fill(0.25f));
        held.parameters().forEach(p -> p.gradient().fill(0.25f));
        Tensor y = trained.forward(x, Mode.TRAIN);
        Tensor dY = like(y, 5);
        Tensor dX = trained.backward(dY);

        long[] drawn =
                held.randomness().stream().mapToLong(RandomStream::position).toArray();
        staysAsItIs(held, Mode.HELD, x, y, dX);
        for (int i = 0; i < drawn.length; i++) {
            held.randomness().get(i).position(drawn[i]);
        }
        assertArrayEquals(y.data(), held.forward(x, Mode.TRAIN).data(), "training after it");
        assertSameBits(dX, held.backward(dY));
        assertSameBits(keeps(trained), keeps(held));
        if (drawn.length == 0) {
            staysAsItIs(held, Mode.HELD, x, y, dX); // what it has followed is no part of what training says
        }
    }

    /** In this mode it says Y and sends back dX, and nothing of it moves: neither values nor gradients nor buffers. */
    static void staysAsItIs(Layer layer, Mode mode, Tensor x, Tensor y, Tensor dX) {
        List<float[]> before = keeps(layer);
        assertArrayEquals(y.data(), layer.forward(x, mode).data(), "Y");
        assertSameBits(before, keeps(layer));
        assertSameBits(dX, layer.backward(like(y, 5)));
        assertSameBits(before, keeps(layer));
    }

    /** Copies of the parameters, their gradients, and the buffers. */
    static List<float[]> keeps(Layer layer) {
        List<float[]> kept = new ArrayList<>();
        layer.parameters().forEach(p -> kept.add(p.value().data().clone()));
        layer.parameters().forEach(p -> kept.add(p.gradient().data().clone()));
        layer.buffers().forEach(b -> kept.add(b.value().data().clone()));
        return kept;
    }

    static void assertSameBits(List<float[]> expected, List<float[]> got) {
        assertEquals(expected.size(), got.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), got.get(i), "parameters, gradients, buffers: number " + i);
        }
    }

    private static void assertSameBits(Tensor expected, Tensor got) {
        if (expected == null || got == null) {
            assertSame(expected, got);
        } else {
            assertArrayEquals(expected.data(), got.data(), "dX");
        }
    }

    /** Outputs and gradients have the layout of the input, and the same numbers at the same index. */
    public static void givesTheSameNumbersInBothLayouts(Supplier<? extends Layer> made, Tensor x) {
        Layer rowMajor = made.get();
        Layer channelsLast = made.get();
        Tensor y = rowMajor.forward(x, Mode.TRAIN);
        Tensor yLast = channelsLast.forward(x.channelsLast(), Mode.TRAIN);
        assertEquals(Layout.ROW_MAJOR, y.layout());
        assertEquals(Layout.CHANNELS_LAST, yLast.layout());
        assertArrayEquals(y.data(), yLast.rowMajor().data(), 1e-6f);
        Tensor dY = like(y, 5);
        Tensor dX = rowMajor.backward(dY);
        Tensor dXLast = channelsLast.backward(dY.channelsLast()).copy();
        assertEquals(Layout.ROW_MAJOR, dX.layout());
        assertEquals(Layout.CHANNELS_LAST, dXLast.layout());
        assertArrayEquals(dX.data(), dXLast.rowMajor().data(), 1e-6f);
        assertArrayEquals(dXLast.data(), channelsLast.backward(dY).data(), "dY in the other layout than Y");
        assertArrayEquals(dX.data(), rowMajor.backward(dY.channelsLast()).data(), "dY in the other layout than Y");
    }

    public static void givesTheSameBitsOnAnyNumberOfThreads(Supplier<? extends Layer> made, Tensor x) {
        sameBitsOnAnyNumberOfThreads(() -> {
            Layer layer = made.get();
            List<float[]> results = new ArrayList<>();
            Tensor y = layer.forward(x, Mode.TRAIN);
            results.add(y.data().clone());
            results.add(layer.backward(like(y, 5)).data().clone());
            layer.parameters().forEach(p -> results.add(p.gradient().data().clone()));
            layer.buffers().forEach(p -> results.add(p.value().data().clone()));
            return results;
        });
    }

    public static void sameBitsOnAnyNumberOfThreads(Supplier<List<float[]>> work) {
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            List<float[]> expected = work.get();
            for (int threads : new int[] {2, 4}) {
                Parallel.threads(threads);
                List<float[]> got = work.get();
                for (int i = 0; i < expected.size(); i++) {
                    assertArrayEquals(expected.get(i), got.get(i), threads + " threads, result " + i);
                }
            }
        } finally {
            Parallel.threads(before);
        }
    }

    public static void allocatesNothing(Layer layer, Tensor x) {
        Tensor last = x.slice(0, 1); // an epoch's last batch is smaller
        Tensor dY = like(layer.forward(x, Mode.TRAIN), 5);
        Tensor dYLast = like(layer.forward(last, Mode.TRAIN), 5);
        allocatesNothing(() -> {
            layer.forward(x, Mode.TRAIN);
            layer.backward(dY);
            layer.forward(last, Mode.TRAIN);
            layer.backward(dYLast);
            layer.forward(x, Mode.INFER);
        });
    }

    /** A call allocates no byte, once the compiler has seen enough of it: SIMD code that is interpreted does. */
    public static void allocatesNothing(Runnable step) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            long fewest = Long.MAX_VALUE;
            long end = System.nanoTime() + 20_000_000_000L;
            while (fewest > 0 && System.nanoTime() < end) {
                long start = bean.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 10; i++) {
                    step.run();
                }
                fewest = Math.min(fewest, bean.getCurrentThreadAllocatedBytes() - start);
            }
            assertEquals(0, fewest, "bytes allocated by 10 steps");
        } finally {
            Parallel.threads(before);
        }
    }

    public static Tensor normal(long seed, int... shape) {
        return Tensor.normal(RandomStream.seed(seed), 1, shape);
    }

    /** Random numbers of the shape and layout of y. */
    public static Tensor like(Tensor y, long seed) {
        Tensor random = normal(seed, y.shape());
        return y.layout() == Layout.CHANNELS_LAST ? random.channelsLast() : random;
    }
}
