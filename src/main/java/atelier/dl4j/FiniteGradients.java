package atelier.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Stops DL4J between the backward pass and the step, when a number is no longer finite: the weights are still good. */
final class FiniteGradients extends BaseTrainingListener {

    @Override
    public void onGradientCalculation(Model model) {
        require(model.score(), model.gradient());
    }

    static void require(double loss, Gradient gradient) {
        double sum = gradient.gradient().sumNumber().doubleValue(); // not finite if one of them is not
        if (!Double.isFinite(loss) || !Double.isFinite(sum)) {
            throw new ArithmeticException("expected a finite loss and gradient but got a loss of " + loss
                    + " and gradients that sum to " + sum + ". Lower the learning rate, or look at the data.");
        }
    }
}
