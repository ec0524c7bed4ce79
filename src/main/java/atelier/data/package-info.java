/**
 * Files and generators into batches: MNIST from its own files, Scribbles from a seed.
 *
 * <p>Images stay bytes in memory and become floats a batch at a time. Whatever comes from outside — a file, a mirror — is
 * checked to the last byte before it is used, and a failure is one line that says what to do.
 */
package atelier.data;
