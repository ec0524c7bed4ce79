/**
 * How good a model is, in numbers: right and wrong answers, what a shift changes, what a network costs; how close an image
 * comes to another, how surprised a model is by it, how well a score tells two kinds apart, and what a linear code could do.
 * Of images that a generator made: how far they are from real ones, what they leave out and what they copy ({@link
 * atelier.measure.Reference} asks all of that at once).
 *
 * <p>Nothing here draws: {@code atelier.show} makes pictures of what these classes return.
 */
package atelier.measure;
