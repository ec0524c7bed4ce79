package atelier.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Convolution;
import atelier.definition.Dense;
import atelier.definition.Difference;
import atelier.definition.MaxPooling;
import atelier.definition.Relu;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.SoftmaxCrossEntropy;
import atelier.optim.Adam;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConvNetTest {

    private final RandomStream random = RandomStream.seed(1);

    @AfterEach
    void allCores() {
        Parallel.threads(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void itHasTheParametersThatItsPageSays() {
        ConvNet net = new ConvNet(random);
        assertEquals(
                80_202,
                net.parameters().stream().mapToInt(p -> p.value().length()).sum());
        assertEquals(
                List.of(
                        "conv1.weight",
                        "conv1.bias",
                        "conv2.weight",
                        "conv2.bias",
                        "dense1.weight",
                        "dense1.bias",
                        "dense2.weight",
                        "dense2.bias"),
                net.parameters().stream().map(Parameter::name).toList());
    }

    @Test
    void itIsTheChainOfItsDefinitions() {
        ConvNet net = new ConvNet(random);
        net.parameters()
                .forEach(p -> random.fillNormal(p.value().data(), 0, p.value().length(), 0.1));
        Tensor x = Tensor.uniform(random, 0, 1, 2, 1, 28, 28);
        double[][][][] h = x.nested();
        h = MaxPooling.forward(
                relu(Convolution.forward(h, net.parameters().get(0).value().nested(), one(net, 1), 1, 0, 1)), 2, 2);
        h = MaxPooling.forward(
                relu(Convolution.forward(h, net.parameters().get(2).value().nested(), one(net, 3), 1, 0, 1)), 2, 2);
        double[][] flat = new double[2][512];
        for (int n = 0; n < 2; n++) {
            for (int i = 0; i < 512; i++) {
                flat[n][i] = h[n][i / 16][i / 4 % 4][i % 4];
            }
        }
        double[][] hidden = relu(Dense.forward(flat, two(net, 4), one(net, 5)));
        Difference worst = Difference.largest(
                Dense.forward(hidden, two(net, 6), one(net, 7)),
                net.forward(x, Mode.INFER).data());
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    private static double[][][][] relu(double[][][][] x) {
        for (double[][][] image : x) {
            for (double[][] channel : image) {
                relu(channel);
            }
        }
        return x;
    }

    private static double[][] relu(double[][] x) {
        for (double[] row : x) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Relu.forward(row[i]);
            }
        }
        return x;
    }

    private static double[] one(ConvNet net, int parameter) {
        Tensor t = net.parameters().get(parameter).value();
        double[] values = new double[t.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = t.data()[i];
        }
        return values;
    }

    private static double[][] two(ConvNet net, int parameter) {
        Tensor t = net.parameters().get(parameter).value();
        double[][] values = new double[t.size(0)][t.size(1)];
        for (int i = 0; i < t.length(); i++) {
            values[i / t.size(1)][i % t.size(1)] = t.data()[i];
        }
        return values;
    }

    /** One training run: its final numbers. */
    private static List<float[]> train(int threads, int steps) {
        Parallel.threads(threads);
        RandomStream random = RandomStream.seed(9);
        ConvNet net = new ConvNet(random);
        Adam adam = new Adam(net.parameters(), 1e-3);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        for (int i = 0; i < steps; i++) {
            int n = i % 3 == 2 ? 5 : 33; // a smaller batch now and then
            Tensor x = Tensor.uniform(random, 0, 1, n, 1, 28, 28);
            int[] labels = new int[n];
            for (int j = 0; j < n; j++) {
                labels[j] = random.below(10);
            }
            loss.forward(net.forward(x, Mode.TRAIN), labels);
            adam.zeroGradients();
            assertNull(net.backward(loss.backward()));
            adam.step();
        }
        List<float[]> values = new ArrayList<>();
        net.parameters().forEach(p -> values.add(p.value().data()));
        return values;
    }

    @Test
    void trainingGivesTheSameBitsOnAnyNumberOfThreads() {
        List<float[]> one = train(1, 7);
        for (int threads : new int[] {2, 4}) {
            List<float[]> several = train(threads, 7);
            for (int i = 0; i < one.size(); i++) {
                assertArrayEquals(one.get(i), several.get(i), 0f);
            }
        }
    }

    @Test
    void aTrainingStepAllocatesNothingOnceItIsWarm() {
        Parallel.threads(1); // all work on this thread, so that its counter sees every byte
        ConvNet net = new ConvNet(random);
        Adam adam = new Adam(net.parameters(), 1e-3);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        Tensor x = Tensor.uniform(random, 0, 1, 16, 1, 28, 28);
        int[] labels = new int[16];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        int steps = 200;
        for (int i = 0; i < 2 * steps; i++) {
            if (i == steps) {
                bytes = -threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            }
            loss.forward(net.forward(x, Mode.TRAIN), labels);
            adam.zeroGradients();
            net.backward(loss.backward());
            adam.step();
        }
        bytes += threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertTrue(bytes / steps < 1024, bytes / steps + " bytes a step");
    }
}
