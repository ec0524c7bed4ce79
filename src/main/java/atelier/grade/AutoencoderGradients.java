package atelier.grade;

import static atelier.grade.AutoencoderExercise.batch;
import static atelier.grade.AutoencoderExercise.code;
import static atelier.grade.AutoencoderExercise.first;
import static atelier.grade.AutoencoderExercise.images;
import static atelier.grade.AutoencoderExercise.network;
import static atelier.grade.AutoencoderExercise.pixels;
import static atelier.grade.Draw.numbers;
import static atelier.grade.Slips.scaled;
import static atelier.grade.Slips.transposed;

import atelier.definition.BinaryCrossEntropy;
import atelier.definition.Dense;
import atelier.definition.Nested;
import atelier.definition.Relu;
import atelier.definition.Sigmoid;
import atelier.definition.SquaredError;
import atelier.definition.TiedDense;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The tasks of exercises/07-autoencoder that go backwards: through the last bend, the decoder, and a shared matrix. */
final class AutoencoderGradients {

    private AutoencoderGradients() {}

    // ---- (Q2), (A3′) ----

    static Task output() {
        return new Task(
                "ae-output-gradient",
                "double[][] outputGradient(double[][] y, double[][] x)",
                3,
                4,
                (number, random) -> {
                    double[][] y = scaled(batch(number, random), number == 0 ? 0 : 2);
                    return Inputs.of(y, Nested.map(y, v -> number == 0 ? random.below(2) : random.uniform()));
                },
                AutoencoderGradients::behindSigmoid,
                List.of(
                        new Mistake(
                                "The sigmoid's slope is missing: that is the gradient of its output, not of the logit.",
                                in -> SquaredError.dY(opened(in), in.at(1))),
                        new Mistake(
                                "The slope is x̂ (1 − x̂): it wants what the sigmoid returned, not what it got.",
                                in -> Nested.map(
                                        SquaredError.dY(opened(in), in.at(1)), in.<double[][]>at(0), Sigmoid::dX)),
                        new Mistake(
                                "The difference is taken from the logits. It is the sigmoids that are compared with x.",
                                in -> Nested.map(SquaredError.dY(in.at(0), in.at(1)), opened(in), Sigmoid::dX)),
                        new Mistake(
                                "That is the gradient of the cross-entropy, where the slope cancels. Behind squares it stays.",
                                in -> BinaryCrossEntropy.dY(in.at(0), in.at(1))),
                        new Mistake("The 2 of the square is missing.", in -> scaled(behindSigmoid(in), 0.5)),
                        new Mistake(
                                "The loss is a mean over the batch, so its gradient is divided by N.",
                                in -> scaled(behindSigmoid(in), images(in))),
                        new Mistake(
                                "Divided by the number of pixels, too. (Q1) divides by images alone.",
                                in -> scaled(behindSigmoid(in), 1.0 / pixels(in))),
                        new Mistake(
                                "The sign is turned around: a pixel that is too bright has a positive gradient.",
                                in -> scaled(behindSigmoid(in), -1))));
    }

    private static double[][] opened(Inputs in) {
        return Nested.map(in.at(0), Sigmoid::forward);
    }

    private static double[][] behindSigmoid(Inputs in) {
        return Nested.map(SquaredError.dY(opened(in), in.at(1)), opened(in), Sigmoid::dX);
    }

    // ---- through the decoder: (D3), (A1′), (D2) ----

    static Task encoder() {
        return new Task(
                "ae-encoder-gradient",
                "double[][] encoderGradient(double[][] dY, double[][] x, double[][] h, double[][] v)",
                4,
                5,
                (number, random) -> {
                    Inputs network = network(number, random);
                    double[][] x = network.at(0);
                    return Inputs.of(
                            numbers(number, random, x), x, code(network, Relu::forward), network.<double[][]>at(3));
                },
                in -> throughDecoder(in, Relu::dX),
                List.of(
                        new Mistake(
                                "The ReLU is forgotten: where the code was 0, no blame goes further.",
                                in -> throughDecoder(in, (d, h) -> d)),
                        new Mistake(
                                "The ReLU asks whether the code was above 0, not whether the blame is.",
                                in -> throughDecoder(in, (d, h) -> d > 0 ? d : 0)),
                        new Mistake(
                                "The blame is multiplied by the code. A ReLU lets it pass as it is, or not at all.",
                                in -> throughDecoder(in, (d, h) -> d * h)),
                        new Mistake(
                                "That is the slope of a sigmoid. Here the code comes from a ReLU.",
                                in -> throughDecoder(in, Sigmoid::dX)),
                        new Mistake(
                                "That is a mean over the batch. Whoever computed dY has already divided: sum.",
                                in -> scaled(throughDecoder(in, Relu::dX), 1.0 / images(in))),
                        new Mistake(
                                "Only the first image counts: sum over n.",
                                in -> throughDecoder(
                                        Inputs.of(first(in.at(0)), first(in.at(1)), first(in.at(2)), in.at(3)),
                                        Relu::dX)),
                        new Mistake(
                                "Rows and columns have changed places: dW has a row for each pixel, as W.",
                                in -> transposed(throughDecoder(in, Relu::dX))),
                        new Mistake(
                                "That is the decoder's own gradient, turned round. The encoder hears of dY through v.",
                                in -> TiedDense.dW(in.at(0), in.at(2)))));
    }

    private static double[][] throughDecoder(Inputs in, DoubleBinaryOperator bend) {
        double[][] dH = Dense.dX(in.at(0), in.at(3));
        return Dense.dW(Nested.map(dH, in.<double[][]>at(2), bend), in.at(1));
    }

    // ---- one matrix for both: (D5) ----

    static Task tied() {
        return new Task(
                "ae-tied-gradient",
                "double[][] tiedGradient(double[][] x, double[][] w, double[] b, double[] c)",
                3,
                4,
                (number, random) -> {
                    Inputs network = network(number, random);
                    return Inputs.of(network.at(0), network.at(1), network.<double[]>at(2), network.<double[]>at(4));
                },
                in -> tied(in, 1, 1),
                List.of(
                        new Mistake(
                                "Only the encoder's part is there. In how many places does W stand, and who hears of the"
                                        + " second?",
                                in -> tied(in, 1, 0)),
                        new Mistake("Only the decoder's part is there: W made the code as well.", in -> tied(in, 0, 1)),
                        new Mistake("The two parts are added, not averaged.", in -> tied(in, 0.5, 0.5)),
                        new Mistake("The decoder's part is taken away. Both are added.", in -> tied(in, 1, -1)),
                        new Mistake(
                                "The decoder's part is counted twice: one for each place where W stands.",
                                in -> tied(in, 1, 2)),
                        new Mistake(
                                "N has got lost: the loss is a mean over the batch, its gradient as well.",
                                in -> tied(in, images(in), images(in)))));
    }

    /** (D5) for h = x·W + b, x̂ = h·Wᵀ + c and (Q1), each part times its share. */
    private static double[][] tied(Inputs in, double encoder, double decoder) {
        double[][] h = Dense.forward(in.at(0), in.at(1), in.at(2));
        double[][] dY = SquaredError.dY(TiedDense.forward(h, in.at(1), in.at(3)), in.at(0));
        return Nested.map(
                Dense.dW(TiedDense.dH(dY, in.at(1)), in.at(0)),
                TiedDense.dW(dY, h),
                (first, second) -> encoder * first + decoder * second);
    }
}
