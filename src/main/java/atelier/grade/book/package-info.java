/**
 * A whole class: its submissions, graded side by side, and the gradebook.
 *
 * <p>{@link atelier.grade.book.Submissions} finds who handed in what, {@link atelier.grade.book.Batch} grades and keeps a {@link
 * atelier.grade.book.Result} a student, from which {@link atelier.grade.book.Gradebook} can always be made again.
 */
package atelier.grade.book;
