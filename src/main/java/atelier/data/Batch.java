package atelier.data;

import atelier.tensor.Tensor;

/**
 * Some images with their labels.
 *
 * @param x images {@code [N,1,H,W]}, pixels in [0,1]
 * @param labels the digit of each image; at least {@code size} long
 * @param size how many images, N
 */
public record Batch(Tensor x, int[] labels, int size) {}
