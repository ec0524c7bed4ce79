package atelier.bench;

import atelier.layer.BatchNorm;
import atelier.layer.Conv2d;
import atelier.layer.ConvTranspose2d;
import atelier.layer.Dense;
import atelier.layer.Layer;
import atelier.layer.MaxPool2d;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Relu;
import atelier.optim.Adam;
import atelier.tensor.Gemm;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of a training step at batch 64, a point of the roofline.
 *
 * @param flops floating-point operations, a multiply-add counted as two
 * @param bytes that must move if nothing of it is in a cache before: inputs, outputs and weights once each
 */
record Piece(String name, double flops, double bytes, Runnable work) {

    private static final int N = 64;
    private static final double FLOAT = 4;

    private interface Maker {
        Piece of(String name, RandomStream random);
    }

    private static final Map<String, Maker> MAKERS = new LinkedHashMap<>();

    static {
        MAKERS.put("product 768", (name, random) -> product(name, 768, random));
        MAKERS.put("conv1 forward", (name, random) -> conv(name, false, 1, 16, 5, 1, 0, 28, random));
        MAKERS.put("conv1 backward", (name, random) -> conv(name, true, 1, 16, 5, 1, 0, 28, random));
        MAKERS.put(
                "pool1 forward", (name, random) -> forward(name, new MaxPool2d(2, 2), images(16, 24, random), 3.0 / 4));
        MAKERS.put("conv2 forward", (name, random) -> conv(name, false, 16, 32, 5, 1, 0, 12, random));
        MAKERS.put("conv2 backward", (name, random) -> conv(name, true, 16, 32, 5, 1, 0, 12, random));
        MAKERS.put("dense 512-128 forward", (name, random) -> dense(name, false, 512, 128, random));
        MAKERS.put("dense 784-400 forward", (name, random) -> dense(name, false, 784, 400, random));
        MAKERS.put("dense 784-400 backward", (name, random) -> dense(name, true, 784, 400, random));
        MAKERS.put("relu", (name, random) -> forward(name, new Relu(), images(16, 24, random), 1));
        MAKERS.put("dcgan conv2 forward", (name, random) -> conv(name, false, 64, 128, 4, 2, 1, 14, random));
        MAKERS.put("dcgan conv2 backward", (name, random) -> conv(name, true, 64, 128, 4, 2, 1, 14, random));
        MAKERS.put("dcgan convT2 forward", (name, random) -> transposed(name, false, random));
        MAKERS.put("dcgan convT2 backward", (name, random) -> transposed(name, true, random));
        MAKERS.put(
                "batch norm forward",
                (name, random) -> forward(name, new BatchNorm("norm", 64), images(64, 14, random), 7));
        MAKERS.put("batch norm backward", (name, random) -> norm(name, random));
        MAKERS.put("adam, 1.6 million", (name, random) -> adam(name, random));
    }

    static List<String> names() {
        return List.copyOf(MAKERS.keySet());
    }

    static Piece of(String name) {
        return MAKERS.get(name).of(name, RandomStream.seed(1));
    }

    private static Tensor images(int channels, int size, RandomStream random) {
        Tensor x = Tensor.zerosChannelsLast(N, channels, size, size);
        x.copyFrom(Tensor.normal(random, 1, N, channels, size, size));
        return x;
    }

    private static Piece product(String name, int n, RandomStream random) {
        float[] a = Tensor.normal(random, 1, n, n).data();
        float[] b = Tensor.normal(random, 1, n, n).data();
        float[] c = new float[n * n];
        return new Piece(
                name, 2.0 * n * n * n, 3 * FLOAT * n * n, () -> Gemm.multiply(false, false, n, n, n, a, b, false, c));
    }

    private static Piece conv(
            String name, boolean backward, int c, int k, int r, int s, int p, int size, RandomStream random) {
        Conv2d layer = new Conv2d("conv", c, k, r, s, p, 1, random);
        if (c == 1) {
            layer.withoutInputGradient();
        }
        Tensor x = images(c, size, random);
        Tensor y = layer.forward(x, Mode.TRAIN);
        double products = (double) y.length() * c * r * r;
        return step(name, layer, x, y, backward, 2 * products, c == 1 ? 1 : 2);
    }

    private static Piece transposed(String name, boolean backward, RandomStream random) {
        Layer layer = new ConvTranspose2d("convT", 128, 64, 4, 2, 1, random);
        Tensor x = images(128, 7, random);
        Tensor y = layer.forward(x, Mode.TRAIN);
        return step(name, layer, x, y, backward, 2.0 * x.length() * 64 * 16, 2);
    }

    private static Piece dense(String name, boolean backward, int inputs, int outputs, RandomStream random) {
        Layer layer = new Dense("dense", inputs, outputs, random);
        Tensor x = Tensor.normal(random, 1, N, inputs);
        Tensor y = layer.forward(x, Mode.TRAIN);
        return step(name, layer, x, y, backward, 2.0 * N * inputs * outputs, 2);
    }

    private static Piece norm(String name, RandomStream random) {
        Layer layer = new BatchNorm("norm", 64);
        Tensor x = images(64, 14, random);
        Tensor y = layer.forward(x, Mode.TRAIN);
        return step(name, layer, x, y, true, 7.0 * x.length(), 1);
    }

    private static Piece forward(String name, Layer layer, Tensor x, double flopsANumber) {
        Tensor y = layer.forward(x, Mode.TRAIN);
        return step(name, layer, x, y, false, flopsANumber * x.length(), 1);
    }

    /** A layer's pass; the backward pass has the forward's products once for each gradient. */
    private static Piece step(
            String name, Layer layer, Tensor x, Tensor y, boolean backward, double flops, int gradients) {
        double weights =
                layer.parameters().stream().mapToInt(p -> p.value().length()).sum();
        if (!backward) {
            return new Piece(
                    name, flops, FLOAT * (x.length() + y.length() + weights), () -> layer.forward(x, Mode.TRAIN));
        }
        Tensor dY = y.layout() == Layout.CHANNELS_LAST ? images(y.size(1), y.size(2), RandomStream.seed(2)) : y.copy();
        return new Piece(
                name,
                gradients * flops,
                FLOAT * (x.length() + y.length() + (gradients > 1 ? x.length() : 0) + 2 * weights),
                () -> layer.backward(dY));
    }

    private static Piece adam(String name, RandomStream random) {
        int n = 6272 * 256;
        Parameter parameter = new Parameter("w", Tensor.normal(random, 1, 6272, 256));
        parameter.gradient().copyFrom(Tensor.normal(random, 1, 6272, 256));
        Adam adam = new Adam(List.of(parameter), 1e-3);
        return new Piece(name, 11.0 * n, 7 * FLOAT * n, adam::step);
    }
}
