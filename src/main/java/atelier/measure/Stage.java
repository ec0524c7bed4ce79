package atelier.measure;

/**
 * One stage of a network on paper, for {@link Cost#table}.
 *
 * @param outChannels 0 for a pooling: it keeps its input's channels
 */
public record Stage(String name, Kind kind, int outChannels, int kernelSize, int stride, int padding, int dilation) {

    /** What a stage does; a dense stage sees all of its input at once. */
    public enum Kind {
        CONVOLUTION,
        POOLING,
        DENSE
    }

    public Stage {
        boolean channels = kind == Kind.POOLING ? outChannels == 0 : outChannels > 0;
        if (!channels || kernelSize < 1 || stride < 1 || padding < 0 || dilation < 1) {
            throw new IllegalArgumentException(
                    "Stage: expected at least 1 output, kernel size, stride and dilation, and a "
                            + "padding of at least 0 but got " + outChannels + ", " + kernelSize + ", " + stride + ", "
                            + dilation
                            + " and " + padding + ". Correct " + name + ".");
        }
    }

    public static Stage convolution(int outChannels, int kernelSize) {
        return convolution(outChannels, kernelSize, 1, 0, 1);
    }

    public static Stage convolution(int outChannels, int kernelSize, int stride, int padding, int dilation) {
        String name = "conv " + outChannels + "@" + kernelSize + "×" + kernelSize
                + (stride == 1 ? "" : ", stride " + stride)
                + (padding == 0 ? "" : ", padding " + padding)
                + (dilation == 1 ? "" : ", dilation " + dilation);
        return new Stage(name, Kind.CONVOLUTION, outChannels, kernelSize, stride, padding, dilation);
    }

    public static Stage pooling(int kernelSize, int stride) {
        return new Stage("pool " + kernelSize + "×" + kernelSize, Kind.POOLING, 0, kernelSize, stride, 0, 1);
    }

    public static Stage dense(int outFeatures) {
        return new Stage("dense " + outFeatures, Kind.DENSE, outFeatures, 1, 1, 0, 1);
    }
}
