/**
 * Gradients into changes of the parameters.
 *
 * <p>An optimiser is made with the parameters that it moves. Its own numbers (moments, count of steps) can be read and put back, so that a
 * training that was stopped goes on with the same bits.
 */
package atelier.optim;
