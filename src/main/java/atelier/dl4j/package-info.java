/**
 * The framework rung: the kit's networks in Deeplearning4j (DL4J), and the bridges both ways.
 *
 * <p>This is the only room that knows DL4J, and it does not know the kit's own layers: weights and gradients cross as plain
 * tensors in the kit's order and shapes, so that a test or a notebook can hold both networks and compare.
 *
 * <p>Four things differ everywhere between the two, and none of them is a matter of right or wrong:
 *
 * <ul>
 *   <li>DL4J's gradient is the <em>sum</em> over the batch and its updater divides by N; ours is that of the mean.
 *   <li>In DL4J's one long vector of parameters a convolution's bias stands before its weights and a dense layer's after,
 *       convolution weights are written out row by row ('c') and dense weights column by column ('f').
 *   <li>DL4J's Adam adds ε before the bias correction, ours after it as in the paper's algorithm 1:
 *       {@link atelier.dl4j.Dl4jConvNet} has the formula.
 *   <li>DL4J's cross-entropy clips probabilities to at least 10⁻¹⁰, so no image can cost more than 23.03 nats; the gradient
 *       is not clipped.
 * </ul>
 *
 * <p>Five more belong to autoencoders:
 *
 * <ul>
 *   <li>DL4J's {@code L2} is the sum over the pixels, as here; its {@code MSE} divides that by their number.
 *   <li>Its {@code VariationalAutoencoder} layer learns by {@code pretrain}. {@code fit} refuses it where it is the last layer, and
 *       behind an output layer trains the encoder alone.
 *   <li>Pretraining keeps the score, t and Adam's memory in the layer; the network's own stay at 0, and so in its file.
 *   <li>ε comes from one generator for the whole program, which every configuration with a seed rewinds.
 *   <li>The layer's loss takes the logarithm of a rounded probability: from a logit of 17 or so on, a pixel that is utterly
 *       wrong costs nothing and teaches nothing. Here it costs its logit.
 * </ul>
 *
 * <p>Three come with batch normalisation and with GANs:
 *
 * <ul>
 *   <li>DL4J counts a running mean and variance among the parameters. They move in the updater's step only, so that a walk forward
 *       as in training, or a walk back whose gradients nobody takes, keeps nothing of the batch; ours follow in the walk forward.
 *   <li>The variance that it keeps is divided by M, ours by M − 1.
 *   <li>Its cross-entropy clips probabilities to 10⁻⁵ where there are two classes: a generator that fools nobody learns nothing.
 * </ul>
 *
 * <p>Walk-through: notebooks/06-convnet-in-dl4j, notebooks/11-vae-in-dl4j, notebooks/14-dcgan.
 */
package atelier.dl4j;
