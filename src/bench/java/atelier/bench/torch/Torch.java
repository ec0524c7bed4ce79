package atelier.bench.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import atelier.data.Batch;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** libtorch through DJL, as directly as DJL allows: its operators on arrays, its gradients, its own Adam. */
final class Torch {

    static final Engine ENGINE = Engine.getEngine("PyTorch");
    static final NDManager MANAGER = NDManager.newBaseManager(Device.cpu(), "PyTorch");

    private Torch() {}

    // ---- arrays ----

    static NDArray array(Tensor x) {
        long[] shape = new long[x.rank()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = x.size(axis);
        }
        return MANAGER.create(x.data().clone(), new Shape(shape));
    }

    /** The images of each batch as rows of 784 numbers. */
    static List<NDArray> rows(List<Batch> batches) {
        return batches.stream()
                .map(batch -> array(batch.x()).reshape(batch.size(), 784))
                .toList();
    }

    /** Weights [F,K] of ours as libtorch wants them, [K,F]. */
    static NDArray linearWeight(Tensor w) {
        NDArray turned = array(w).transpose();
        NDArray copy = MANAGER.create(turned.toFloatArray(), turned.getShape());
        turned.close();
        return copy;
    }

    /** One-hot labels. */
    static NDArray oneHot(int[] labels, int n) {
        float[] truth = new float[n * 10];
        for (int i = 0; i < n; i++) {
            truth[i * 10 + labels[i]] = 1;
        }
        return MANAGER.create(truth, new Shape(n, 10));
    }

    // ---- layers ----

    static NDArray linear(NDArray x, NDArray w, NDArray b) {
        return x.getNDArrayInternal().linear(x, w, b).singletonOrThrow();
    }

    static NDArray conv(NDArray x, NDArray w, NDArray b, int stride, int padding) {
        return Conv2d.conv2d(x, w, b, new Shape(stride, stride), new Shape(padding, padding))
                .singletonOrThrow();
    }

    /** Batch normalisation by the statistics of the batch. */
    static NDArray norm(NDArray x, NDArray mean, NDArray variance, NDArray gamma, NDArray beta) {
        return BatchNorm.batchNorm(x, mean, variance, gamma, beta, 1, 0.9f, 1e-5f, true)
                .singletonOrThrow();
    }

    /**
     * Transposed convolution 4×4, stride 2, padding 1. DJL does not hand on libtorch's own ("Not implemented"), so each of the four
     * kinds of pixel, even and odd row and column, is a convolution with the four of the sixteen weights that reach it, which is
     * what it costs at least; then the four images are woven into one.
     *
     * @param w four arrays [K,C,2,2], for (even, even), (even, odd), (odd, even), (odd, odd)
     */
    static NDArray transposedConv(NDArray x, List<NDArray> w, NDArray b) {
        long n = x.getShape().get(0);
        long height = x.getShape().get(2);
        long width = x.getShape().get(3);
        NDList parts = new NDList();
        for (int part = 0; part < 4; part++) {
            int down = part / 2;
            int right = part % 2;
            parts.add(conv(x, w.get(part), b, 1, 1)
                    .get(":,:," + down + ":" + (down + height) + "," + right + ":" + (right + width)));
        }
        long k = parts.get(0).getShape().get(1);
        return NDArrays.stack(parts)
                .reshape(2, 2, n, k, height, width)
                .transpose(2, 3, 4, 0, 5, 1)
                .reshape(n, k, 2 * height, 2 * width);
    }

    /** Those four arrays from our weights [C,K,4,4]. */
    static List<NDArray> transposedWeights(Tensor w) {
        List<NDArray> parts = new ArrayList<>();
        int[][] taps = {{3, 1}, {2, 0}}; // of an even and of an odd place
        for (int[] rows : taps) {
            for (int[] columns : taps) {
                int channels = w.size(0);
                int outputs = w.size(1);
                float[] part = new float[outputs * channels * 4];
                int at = 0;
                for (int k = 0; k < outputs; k++) {
                    for (int c = 0; c < channels; c++) {
                        for (int u : rows) {
                            for (int v : columns) {
                                part[at++] = w.at(c, k, u, v);
                            }
                        }
                    }
                }
                parts.add(MANAGER.create(part, new Shape(outputs, channels, 2, 2)));
            }
        }
        return parts;
    }

    // ---- learning ----

    /** The loss, and the gradients of whatever requires one. */
    static double backward(Supplier<NDArray> forward) {
        try (GradientCollector collector = ENGINE.newGradientCollector()) {
            NDArray loss = forward.get();
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    /** Frees at once every array that the work makes. */
    @SuppressWarnings("try") // the scope works by being open
    static double freed(DoubleSupplier work) {
        try (NDScope scope = new NDScope()) {
            return work.getAsDouble();
        }
    }

    /** Weights that learn by Adam, all of them together. */
    static final class Learning {

        private final List<NDArray> weights;
        private final List<NDArray> means = new ArrayList<>();
        private final List<NDArray> squares = new ArrayList<>();
        private final double rate;
        private final double beta1;
        private final double beta2;
        private int steps;

        Learning(List<NDArray> weights, double rate) {
            this(weights, rate, 0.9, 0.999);
        }

        /** Of an encoder and a decoder. */
        Learning(TorchDense first, TorchDense second, double rate) {
            this(Stream.concat(first.weights.stream(), second.weights.stream()).toList(), rate);
        }

        Learning(List<NDArray> weights, double rate, double beta1, double beta2) {
            this.weights = weights;
            this.rate = rate;
            this.beta1 = beta1;
            this.beta2 = beta2;
            for (NDArray w : weights) {
                w.setRequiresGradient(true);
                means.add(w.zerosLike());
                squares.add(w.zerosLike());
            }
        }

        /** Lets gradients flow past the weights and not into them, or into them again. */
        void held(boolean held) {
            weights.forEach(w -> w.setRequiresGradient(!held));
        }

        /** Moves the weights and sets their gradients to 0. */
        void step() {
            steps++;
            float corrected = (float) (rate * Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps)));
            for (int i = 0; i < weights.size(); i++) {
                NDArray w = weights.get(i);
                NDArray g = w.getGradient();
                w.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(w, g, means.get(i), squares.get(i)),
                                new NDList(w),
                                (float) rate,
                                corrected,
                                0,
                                1,
                                -1, // 0 would clip every gradient above 0
                                (float) beta1,
                                (float) beta2,
                                1e-8f,
                                true,
                                false);
            }
        }
    }
}
