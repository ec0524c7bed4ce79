/**
 * How good a model is, in numbers: right and wrong answers, the worst mistakes, what a shift changes, what a network costs.
 *
 * <p>Nothing here draws: {@code atelier.show} makes pictures of what these classes return.
 */
package atelier.measure;
