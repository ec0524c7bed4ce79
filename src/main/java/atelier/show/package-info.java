/**
 * Tensors and records into pictures, tables and HTML that a notebook displays.
 *
 * <p>Each class draws one kind of thing from plain arrays, tensors or tables, and returns a {@link atelier.show.Picture} or
 * an {@link atelier.show.Html}: write the call as the last line of a cell and any Java kernel shows it. Pictures are light,
 * at most 900 pixels wide on the page, say in words what is to be seen, and need neither a display nor an installed font.
 *
 * <pre>{@code
 * Digits.grid(images.slice(0, 20), 10)
 * Curves.of("Learning", history.table(), "epoch", "train_loss", "test_loss")
 * Pictures.beside(Matrix.of("input", x), Matrix.of("kernel", w), Matrix.of("output", y))
 * }</pre>
 */
package atelier.show;
