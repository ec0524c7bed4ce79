package atelier.cli;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.loss.PixelLoss;
import atelier.model.Autoencoder;
import atelier.model.Gan;
import atelier.model.Vae;
import atelier.model.VaeGan;
import atelier.tensor.Tensor;
import java.util.function.BiFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** How each kind of model makes an image of noise. */
final class Samplers {

    private static final int FITTED = 10_000;
    private static final double RIDGE = 1e-6; // codes may lie in a plane

    private Samplers() {}

    /** A way from noise to images, with what it takes. */
    private record Of(int latents, int classes, BiFunction<Tensor, int[], Tensor> maker) implements Sampler {
        @Override
        public Tensor images(Tensor z, int... labels) {
            return maker.apply(z, labels);
        }
    }

    /** The generator, as it is used: with its running means. */
    static Sampler of(Gan model) {
        return new Of(model.latents(), model.classes(), (z, labels) -> model.generate(z, labels, Mode.INFER));
    }

    /** The decoder, which is a generator. */
    static Sampler of(VaeGan model) {
        return new Of(model.latents(), 0, (z, labels) -> model.decode(z, Mode.INFER));
    }

    /** The decoder; a pixel is as white as it expects it to be, and no coin is thrown. */
    static Sampler of(Vae model, PixelLoss loss) {
        return new Of(
                model.latents(), model.classes(), (z, labels) -> loss.pixels(model.decode(z, labels, Mode.INFER)));
    }

    /**
     * An autoencoder knows no prior; the codes of training images are taken for normal, with their mean and covariance.
     *
     * <p>{@code code = μ + L·z} with {@code L·Lᵀ = Σ}.
     */
    static Sampler of(Autoencoder model, Dataset data) {
        int d = model.codeSize();
        ImageSet images = data.train().slice(0, Math.min(FITTED, data.train().count()));
        Tensor codes = Tensor.zeros(images.count(), d);
        for (int from = 0; from < images.count(); from += Sampler.AT_ONCE) {
            int to = Math.min(images.count(), from + Sampler.AT_ONCE);
            Tensor some = model.encode(images.images(from, to), Mode.INFER);
            System.arraycopy(some.data(), 0, codes.data(), from * d, some.length());
        }
        double[] mean = new double[d];
        for (int i = 0; i < codes.length(); i++) {
            mean[i % d] += codes.data()[i] / (double) images.count();
        }
        DMatrixRMaj root = root(codes, mean);
        return new Of(d, 0, (z, labels) -> model.decode(codes(z, mean, root), Mode.INFER));
    }

    private static DMatrixRMaj root(Tensor codes, double... mean) {
        int n = codes.size(0);
        int d = mean.length;
        DMatrixRMaj centred = new DMatrixRMaj(n, d);
        for (int i = 0; i < n * d; i++) {
            centred.data[i] = codes.data()[i] - mean[i % d];
        }
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multInner(centred, covariance);
        CommonOps_DDRM.scale(1.0 / Math.max(1, n - 1), covariance);
        for (int i = 0; i < d; i++) {
            covariance.add(i, i, RIDGE);
        }
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(d, true);
        if (!cholesky.decompose(covariance)) {
            throw new ArithmeticException("Samplers: expected codes with a finite covariance but got others. Train the "
                    + "autoencoder to its end.");
        }
        return cholesky.getT(null);
    }

    private static Tensor codes(Tensor z, double[] mean, DMatrixRMaj root) {
        int d = mean.length;
        Tensor codes = Tensor.zeros(z.size(0), d);
        for (int n = 0; n < z.size(0); n++) {
            for (int i = 0; i < d; i++) {
                double sum = mean[i];
                for (int j = 0; j <= i; j++) {
                    sum += root.get(i, j) * z.at(n, j);
                }
                codes.data()[n * d + i] = (float) sum;
            }
        }
        return codes;
    }
}
