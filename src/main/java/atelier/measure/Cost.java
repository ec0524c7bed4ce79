package atelier.measure;

import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a network costs, stage by stage, worked out on paper.
 *
 * <pre>{@code
 * r ← r + d(R−1)·j,   j ← j·s     receptive field r and jump j, both 1 at first      (M5)
 * parameters = K(C·R² + 1)        of a convolution, K(F + 1) of a dense layer        (M6)
 * FLOPs      = 2·K·I·J·C·R²       of a convolution, 2·K·F of a dense layer           (M7)
 * }</pre>
 *
 * <p>Units: FLOPs of one image's forward pass, a multiplication and an addition counting as two; biases and activations
 * are left out; a pooling counts R² for each of its outputs.
 *
 * <p>Walk-through: notebooks/02-convolution. Source: Araujo, Norris and Sim 2019, "Computing Receptive Fields of
 * Convolutional Neural Networks", doi:10.23915/distill.00021.
 */
public final class Cost {

    private Cost() {}

    /** A row a stage: layer, output, parameters, flops, receptive_field (nothing where a stage sees the whole image). */
    public static Table table(int channels, int height, int width, Stage... stages) {
        StringColumn layer = StringColumn.create("layer");
        StringColumn output = StringColumn.create("output");
        LongColumn parameters = LongColumn.create("parameters");
        LongColumn flops = LongColumn.create("flops");
        IntColumn field = IntColumn.create("receptive_field");
        long c = channels;
        int h = height;
        int w = width;
        int r = 1;
        int j = 1;
        boolean whole = false;
        for (Stage stage : stages) {
            int size = stage.kernelSize();
            if (stage.kind() == Stage.Kind.DENSE) {
                long f = c * h * w;
                c = stage.outChannels();
                h = 1;
                w = 1;
                whole = true;
                parameters.append(c * (f + 1));
                flops.append(2 * c * f);
            } else {
                h = outputSize(stage, h);
                w = outputSize(stage, w);
                r += stage.dilation() * (size - 1) * j;
                j *= stage.stride();
                long patch = stage.kind() == Stage.Kind.POOLING ? (long) size * size : c * size * size;
                long k = stage.kind() == Stage.Kind.POOLING ? c : stage.outChannels();
                parameters.append(stage.kind() == Stage.Kind.POOLING ? 0 : k * (patch + 1));
                flops.append((stage.kind() == Stage.Kind.POOLING ? 1 : 2) * k * h * w * patch);
                c = k;
            }
            layer.append(stage.name());
            output.append(whole ? String.valueOf(c) : c + "×" + h + "×" + w);
            if (whole) {
                field.appendMissing();
            } else {
                field.append(r);
            }
        }
        return Table.create("cost", layer, output, parameters, flops, field);
    }

    /** I = ⌊(H + 2p − d(R−1) − 1)/s⌋ + 1, (C4). */
    private static int outputSize(Stage stage, int size) {
        int reach = stage.dilation() * (stage.kernelSize() - 1) + 1;
        int room = size + 2 * stage.padding() - reach;
        if (room < 0) {
            throw new IllegalArgumentException(
                    "Cost.table: expected an input of at least " + reach + " pixels, padding "
                            + "included, for " + stage.name() + " but got " + (size + 2 * stage.padding())
                            + ". Use a smaller kernel or fewer poolings.");
        }
        return room / stage.stride() + 1;
    }
}
