package atelier.dl4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What it costs, in nats, to have said y, a logit of "yes", where x is true: 1 for yes, 0 for no, or a probability between.
 *
 * <p>Of pixels it is a decoder's loss; of a GAN's verdicts it is the loss of both players. Losses and gradients are sums over the
 * batch, as DL4J's are until its updater divides by N. DL4J's own {@code LossBinaryXENT} takes the logarithm of a probability
 * that it has clipped to 10⁻⁵, and so has no gradient left where an answer is utterly wrong; here it is made of the logit.
 */
final class CrossEntropy {

    private CrossEntropy() {}

    /** Σ max(y,0) − x·y + ln(1 + exp(−|y|)) (S4). */
    static double of(INDArray logits, INDArray x) {
        INDArray rest = Transforms.log(
                Transforms.exp(Transforms.abs(logits).negi(), false).addi(1), false);
        return sum(Transforms.max(logits, 0).subi(x.mul(logits)).addi(rest));
    }

    /** dY = σ(y) − x (S5). */
    static INDArray gradient(INDArray logits, INDArray x) {
        return Transforms.sigmoid(logits).subi(x);
    }

    /** ND4J adds into one float, where the small terms of many images would be lost: image by image, then in double. */
    static double sum(INDArray terms) {
        long n = terms.size(0);
        INDArray perImage = terms.reshape('c', n, terms.length() / n).sum(1);
        return Arrays.stream(perImage.toDoubleVector()).sum();
    }
}
