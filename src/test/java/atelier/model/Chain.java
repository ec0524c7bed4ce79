package atelier.model;

import atelier.definition.BatchNorm;
import atelier.definition.Convolution;
import atelier.definition.Dense;
import atelier.definition.LeakyRelu;
import atelier.definition.Nested;
import atelier.definition.Relu;
import atelier.definition.Tanh;
import atelier.definition.TransposedConvolution;
import atelier.layer.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A player as a chain of definitions, in double: forward, and back to a gradient for each of its parameters, which add up.
 *
 * <p>Link by link it is written down beside the model that it is to prove, and takes nothing from it but the numbers. A row of F
 * numbers is an image of F channels and one pixel. Kernels are 4×4, strides 2, padding 1.
 */
final class Chain {

    private static final double EPSILON = 1e-5;

    /** Y of X; dX of dY and X. */
    private record Link(UnaryOperator<double[][][][]> forward, BinaryOperator<double[][][][]> backward) {}

    private final Map<String, int[]> shapes = new HashMap<>();
    private final Map<String, double[]> values = new HashMap<>();
    private final Map<String, double[]> gradients = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<double[][][][]> inputs = new ArrayList<>(); // of each link, in the latest forward

    Chain(List<Parameter> parameters) {
        for (Parameter p : parameters) {
            shapes.put(p.name(), p.value().shape());
            values.put(p.name(), Nested.toDoubles(p.value().data()));
        }
    }

    // ---- links ----

    Chain dense(String name) {
        return add(x -> images(Dense.forward(rows(x), matrix(name), values.get(name + ".bias"))), (dY, x) -> {
            blame(name + ".weight", Dense.dW(rows(dY), rows(x)));
            blame(name + ".bias", Dense.db(rows(dY)));
            return images(Dense.dX(rows(dY), matrix(name)));
        });
    }

    Chain conv(String name) {
        return add(x -> Convolution.forward(x, kernels(name), values.get(name + ".bias"), 2, 1, 1), (dY, x) -> {
            blame(name + ".weight", Convolution.dW(dY, x, 4, 2, 1, 1));
            blame(name + ".bias", Convolution.db(dY));
            return Convolution.dX(dY, kernels(name), x[0][0].length, x[0][0][0].length, 2, 1, 1);
        });
    }

    Chain up(String name) {
        return add(x -> TransposedConvolution.forward(x, kernels(name), values.get(name + ".bias"), 2, 1), (dY, x) -> {
            blame(name + ".weight", TransposedConvolution.dW(dY, x, 4, 2, 1));
            blame(name + ".bias", TransposedConvolution.db(dY));
            return TransposedConvolution.dX(dY, kernels(name), x[0][0].length, x[0][0][0].length, 2, 1);
        });
    }

    Chain norm(String name) {
        String gamma = name + ".gamma";
        String beta = name + ".beta";
        return add(x -> BatchNorm.forward(x, values.get(gamma), values.get(beta), EPSILON), (dY, x) -> {
            blame(gamma, BatchNorm.dGamma(dY, x, EPSILON));
            blame(beta, BatchNorm.dBeta(dY));
            return BatchNorm.dX(dY, x, values.get(gamma), EPSILON);
        });
    }

    Chain relu() {
        return add(x -> Nested.map(x, Relu::forward), (dY, x) -> Nested.map(dY, x, Relu::dX));
    }

    Chain leakyRelu(double slope) {
        return add(
                x -> Nested.map(x, v -> LeakyRelu.forward(v, slope)),
                (dY, x) -> Nested.map(dY, x, (d, v) -> LeakyRelu.dX(d, v, slope)));
    }

    Chain tanh() {
        return add(
                x -> Nested.map(x, Tanh::forward), (dY, x) -> Nested.map(dY, Nested.map(x, Tanh::forward), Tanh::dX));
    }

    Chain affine(double scale, double shift) {
        return add(x -> Nested.map(x, v -> scale * v + shift), (dY, x) -> Nested.map(dY, d -> scale * d));
    }

    /** The same numbers as images of another size. */
    Chain shape(int channels, int height, int width) {
        return add(
                x -> Nested.images(Nested.flat(x), x.length, channels, height, width),
                (dY, x) -> Nested.images(Nested.flat(dY), x.length, x[0].length, x[0][0].length, x[0][0][0].length));
    }

    private Chain add(UnaryOperator<double[][][][]> forward, BinaryOperator<double[][][][]> backward) {
        links.add(new Link(forward, backward));
        return this;
    }

    // ---- passes ----

    double[][][][] forward(double[][][][] x) {
        inputs.clear();
        double[][][][] y = x;
        for (Link link : links) {
            inputs.add(y);
            y = link.forward.apply(y);
        }
        return y;
    }

    double[][][][] backward(double[][][][] dY) {
        double[][][][] d = dY;
        for (int i = links.size() - 1; i >= 0; i--) {
            d = links.get(i).backward.apply(d, inputs.get(i));
        }
        return d;
    }

    // ---- numbers ----

    /** By the parameters' names, each in row-major order. */
    Map<String, double[]> gradients() {
        return gradients;
    }

    /** The parameter's own numbers, to be moved. */
    void value(String name, double[] numbers) {
        values.put(name, numbers);
    }

    double[] value(String name) {
        return values.get(name);
    }

    private void blame(String name, Object gradient) {
        gradients.merge(name, Nested.flat(gradient), (a, b) -> Nested.map(a, b, Double::sum));
    }

    private double[][] matrix(String layer) {
        int[] shape = shapes.get(layer + ".weight");
        return Nested.matrix(values.get(layer + ".weight"), shape[0], shape[1]);
    }

    private double[][][][] kernels(String layer) {
        int[] shape = shapes.get(layer + ".weight");
        return Nested.images(values.get(layer + ".weight"), shape[0], shape[1], shape[2], shape[3]);
    }

    static double[][] rows(double[][][][] x) {
        return Nested.matrix(Nested.flat(x), x.length, x[0].length);
    }

    static double[][][][] images(double[][] rows) {
        return Nested.images(Nested.flat(rows), rows.length, rows[0].length, 1, 1);
    }
}
