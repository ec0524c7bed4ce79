/**
 * One differentiable step each, forward beside backward: the bricks of every network of the course.
 *
 * <p>The letters, the same in formulas, code and notebooks:
 *
 * <pre>
 * N  images in a batch              n  which image
 * C  input channels                 c  which input channel
 * K  output channels, classes       k  which output channel, which class
 * H, W  height and width of the input     h, w  row and column in it
 * I, J  height and width of the output    i, j  row and column in it
 * R  height and width of a kernel or window      u, v  row and column in it
 * F  numbers in one row of [N,F]    D  latent numbers
 * s  stride    p  padding    d  dilation    α  slope of a leaky ReLU, memory of momentum
 * x, X  input    y, Y  output    w, W  weights    b  biases    γ, β  scale and shift of a normalisation
 * L  the loss                       dX  ∂L/∂X: dY arrives, dX leaves, dW and db accumulate
 * θ  a parameter of any kind, g  its gradient    ẋ, ẏ  how fast x and y move, when x walks in one direction
 * η  learning rate                  ε  a small number that keeps a division by 0 away
 * μ  mean    σ²  variance           ℓ  ln σ²
 * </pre>
 *
 * <p>Images are {@code [N,C,H,W]}, rows of numbers {@code [N,F]}. Layers compute in float; each is held to the formula of
 * the same label in the room of definitions by a test. Work is cut in fixed pieces and summed in a fixed order, so the
 * result has the same bits on any number of threads.
 */
package atelier.layer;
