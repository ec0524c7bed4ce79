/**
 * Every operator as its formula reads: sums as plain loops, forward and backward, one static method each.
 *
 * <p>This room is for reading beside the formula, and for being right: it works in {@code double}, it keeps no state, and
 * finite differences prove every gradient ({@link atelier.definition.GradientCheck}). The fast layers are held to it.
 * It needs nothing but Java: images are {@code double[][][][]}, matrices {@code double[][]}, biases {@code double[]}, so
 * an exercise in a notebook uses the same types.
 *
 * <p>The letters, the same here, in the notebooks and in the fast layers:
 *
 * <pre>{@code
 * N  images in a batch, n          x, y    input and output             x[n][c][h][w], y[n][k][i][j]
 * C  input channels, c             w, b    weights and biases           w[k][c][u][v], b[k]
 * K  output channels, k            dY      ∂L/∂y: arrives from the next operator, has the shape of y
 * H×W  input size, h and w         dX      ∂L/∂x: leaves to the one before, has the shape of x
 * R  kernel or window size, u, v   dW, db  ∂L/∂w and ∂L/∂b
 * I×J  output size, i and j        s, p, d stride, padding, dilation
 * F  features of a vector, f       μ, σ²   mean and variance            η  learning rate
 * D  a judge's number, a logit d   d̃, x̃    of what a generator made     ẋ, ẏ  how fast x and y move in one direction
 * }</pre>
 *
 * <p>A backward pass asks one question: <em>if this number grew a little, how much would the loss grow?</em> The chain
 * rule answers it with a sum over every output that the number touched:
 *
 * <pre>{@code
 * dX[a] = Σ_o dY[o] · ∂y[o]/∂x[a]
 * }</pre>
 *
 * <p>Nothing here changes its arguments, except the optimisers' {@code step}, whose purpose that is.
 */
package atelier.definition;
