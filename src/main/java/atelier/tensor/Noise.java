package atelier.tensor;

/** Tensors filled with random numbers, many at a time: each number is a function of the stream and its place alone. */
public final class Noise {

    private Noise() {}

    /** Normal numbers with mean 0 and deviation 1. */
    public static void normal(RandomStream random, Tensor into) {
        random.fillNormal(into.data(), 0, into.length(), 1);
    }

    /** 1 with probability p, else 0, for every p: what a pixel of grey p says when it must be black or white. */
    public static void bernoulli(RandomStream random, Tensor p, Tensor into) {
        float[] from = p.data();
        float[] to = into.data();
        for (int i = 0; i < p.length(); i++) {
            to[i] = random.uniform() < from[i] ? 1 : 0;
        }
    }
}
