package atelier.cli;

import atelier.measure.Pca;
import atelier.show.Clusters;
import atelier.show.Digits;
import atelier.show.Manifold;
import atelier.show.Picture;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A plane through the space of codes: the points {@code origin + a · across + b · up}.
 *
 * @param origin {@code [1,D]}
 * @param across {@code [1,D]}
 * @param up {@code [1,D]}
 * @param caption which plane it is
 */
record CodeSpace(Tensor origin, Tensor across, Tensor up, String caption) {

    private static final int PER_SIDE = 20;

    /** The plane through the mean of codes {@code [N,D]} in which they differ most, a standard deviation as the unit. */
    static CodeSpace of(Tensor codes) {
        int d = codes.size(1);
        Pca pca = Pca.of(codes, Math.min(2, d));
        return new CodeSpace(
                pca.mean().reshape(1, d),
                direction(pca, 0),
                direction(pca, 1),
                "along the two principal directions of the test codes, in standard deviations from their mean");
    }

    private static Tensor direction(Pca pca, int i) {
        Tensor basis = pca.basis(); // [D,2]
        Tensor direction = Tensor.zeros(1, basis.size(0));
        for (int d = 0; d < basis.size(0) && i < basis.size(1); d++) {
            direction.set((float) Math.sqrt(pca.eigenvalues()[i]) * basis.at(d, i), 0, d);
        }
        return direction;
    }

    /** The plane of two latents i and j of D, counted from 0, where all others are 0; {@code more} ends its caption. */
    static CodeSpace of(int i, int j, int d, String more) {
        Tensor across = Tensor.zeros(1, d);
        Tensor up = Tensor.zeros(1, d);
        across.set(1, 0, i);
        up.set(i == j ? 0 : 1, 0, j);
        String others = d > 2 ? ", the two whose divergence is largest; the others are 0" : "";
        return new CodeSpace(
                Tensor.zeros(1, d),
                across,
                up,
                "latent " + (i + 1) + " across and latent " + (j + 1) + " up" + others + more);
    }

    /** What a decoder draws all over the plane. */
    Exhibit manifold(UnaryOperator<Tensor> decoder) {
        boolean line = origin.size(1) == 1;
        Picture picture = line
                ? Digits.grid(decoder.apply(alongTheLine()), PER_SIDE / 2)
                : Manifold.of(PER_SIDE, origin, across, up, decoder);
        return new Exhibit(
                "manifold.png",
                "Manifold",
                "What the decoder draws of codes at equal steps of probability of a normal distribution: "
                        + (line
                                ? "the code has one number, which grows from the top left to the bottom right"
                                : caption)
                        + ".",
                picture);
    }

    /** Where codes {@code [N,D]} lie in the plane, in the colours of their digits; nothing where it is only a line. */
    List<Exhibit> clusters(Tensor codes, int... labels) {
        if (origin.size(1) == 1) {
            return List.of();
        }
        Tensor points = Tensor.zeros(codes.size(0), 2);
        for (int n = 0; n < codes.size(0); n++) {
            points.set(along(across, codes, n), n, 0);
            points.set(along(up, codes, n), n, 1);
        }
        return List.of(new Exhibit(
                "codes.png",
                "Codes",
                "The codes of " + labels.length + " test images in the same plane (" + caption
                        + "), a colour a digit. The labels were not used to find the plane.",
                Clusters.of("Codes of the test images", "across", "up", points, labels)));
    }

    /** How many times a direction it is from the origin to a code, in that direction. */
    private float along(Tensor direction, Tensor codes, int n) {
        double product = 0;
        double square = 0;
        for (int d = 0; d < direction.size(1); d++) {
            product += (codes.at(n, d) - origin.at(0, d)) * direction.at(0, d);
            square += direction.at(0, d) * direction.at(0, d);
        }
        return square == 0 ? 0 : (float) (product / square);
    }

    private Tensor alongTheLine() {
        Tensor points = Manifold.latents(PER_SIDE);
        Tensor line = Tensor.zeros(PER_SIDE, 1);
        for (int i = 0; i < PER_SIDE; i++) {
            line.set(origin.at(0, 0) + points.at(i, 0) * across.at(0, 0), i, 0);
        }
        return line;
    }
}
