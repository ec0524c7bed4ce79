package atelier.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The formulas of a variational autoencoder as ND4J operations. Losses and gradients are sums over the batch, as DL4J's are
 * until its updater divides by N.
 *
 * <p>Shapes: statistics {@code [N,2D]}, in each row first the D means μ, then the D values ℓ = ln σ²; ε, z {@code [N,D]}.
 */
final class Elbo {

    private Elbo() {}

    /** z = μ + exp(½ ℓ) ⊙ ε (V2). */
    static INDArray sample(INDArray statistics, INDArray epsilon) {
        return deviations(statistics).muli(epsilon).addi(means(statistics));
    }

    /** Σ ½ (μ² + exp ℓ − 1 − ℓ), in nats (V4). */
    static double divergence(INDArray statistics) {
        INDArray mu = means(statistics);
        INDArray l = logVariances(statistics);
        return 0.5 * CrossEntropy.sum(mu.mul(mu).addi(Transforms.exp(l)).subi(1).subi(l));
    }

    /** dμ = dz + β μ, dℓ = dz ⊙ ½ σ ⊙ ε + β ½ (exp ℓ − 1): what comes back through the sample (V3) and from the divergence (V5). */
    static INDArray statisticsGradient(INDArray dZ, INDArray statistics, INDArray epsilon, double beta) {
        INDArray dMu = dZ.add(means(statistics).mul(beta));
        INDArray dL = deviations(statistics).muli(epsilon).muli(dZ);
        dL.addi(Transforms.exp(logVariances(statistics)).subi(1).muli(beta)).muli(0.5);
        return Nd4j.hstack(dMu, dL);
    }

    private static INDArray means(INDArray statistics) {
        return statistics.get(NDArrayIndex.all(), NDArrayIndex.interval(0, statistics.size(1) / 2));
    }

    private static INDArray logVariances(INDArray statistics) {
        return statistics.get(NDArrayIndex.all(), NDArrayIndex.interval(statistics.size(1) / 2, statistics.size(1)));
    }

    private static INDArray deviations(INDArray statistics) {
        return Transforms.exp(logVariances(statistics).mul(0.5), false);
    }
}
