package atelier.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * A critic of dense layers with bends between, and the gradient of a gradient penalty with respect to its weights.
 *
 * <pre>{@code
 * x₀ = x̂,   y_l = x_{l−1}·W_l + b_l,   x_l = φ(y_l),   D = y_L            l = 1 … L
 * }</pre>
 *
 * <p>Shapes: x̂ {@code [N,F]}, W_l {@code [F_l,K_l]}, b_l {@code [K_l]}, D {@code [N,1]}: one number for each image.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Sources: Gulrajani et al. 2017, arXiv:1704.00028 (the penalty); Pearlmutter 1994, "Fast
 * exact multiplication by the Hessian", doi:10.1162/neco.1994.6.1.147 (the way to its gradient).
 *
 * @param w W_1 … W_L
 * @param b b_1 … b_L
 * @param bend φ, behind every layer but the last
 */
public record DenseCritic(List<double[][]> w, List<double[]> b, Bend bend) {

    /** What the weights and biases of each layer are blamed for. */
    public record Gradient(List<double[][]> dW, List<double[]> db) {}

    /** y_1 … y_L: what each layer says before the bend. */
    private List<double[][]> outputs(double[][] x) {
        List<double[][]> y = new ArrayList<>();
        for (int l = 0; l < w.size(); l++) {
            double[][] in = l == 0 ? x : Nested.map(y.get(l - 1), bend.value());
            y.add(Dense.forward(in, w.get(l), b.get(l)));
        }
        return y;
    }

    /** D, one number for each image {@code [N,1]}. */
    public double[][] judge(double[][] x) {
        return outputs(x).get(w.size() - 1);
    }

    /**
     * δ_1 … δ_L, δ_l[n,k] = ∂D(x[n])/∂y_l[n,k]: the critic's own backward pass, which starts with 1.
     *
     * <pre>{@code
     * δ_L = 1            δ_l = (δ_{l+1}·W_{l+1}ᵀ) ⊙ φ′(y_l)            g = δ_1·W_1ᵀ
     * }</pre>
     */
    private List<double[][]> blames(List<double[][]> y) {
        int L = w.size();
        List<double[][]> delta = new ArrayList<>();
        delta.add(Nested.map(y.get(L - 1), d -> 1));
        for (int l = L - 2; l >= 0; l--) {
            double[][] arriving = Dense.dX(delta.get(0), w.get(l + 1));
            delta.add(
                    0, Nested.map(arriving, y.get(l), (d, v) -> d * bend.slope().applyAsDouble(v)));
        }
        return delta;
    }

    /** g, the slope of D at each image {@code [N,F]}. */
    public double[][] slope(double[][] x) {
        return Dense.dX(blames(outputs(x)).get(0), w.get(0));
    }

    /** (W2) at these images. */
    public double penalty(double[][] x, double lambda) {
        return GradientPenalty.penalty(slope(x), lambda);
    }

    /**
     * The gradient of the penalty, in two passes more.
     *
     * <p>First: only v = ∂P/∂g matters of P. When the weights move a little, P moves as s = Σ_n ⟨v[n], g[n]⟩ does, v held
     * constant (chain rule).
     *
     * <p>Second: ⟨v, g⟩ is how fast D grows when x̂ walks in the direction v. So v is carried <em>forward</em>, a dot saying "how
     * fast this moves": a bias does not move, and a bend passes on φ′ of it. At the end s = Σ_n ẏ_L[n].
     *
     * <pre>{@code
     * ẋ₀ = v            ẏ_l = ẋ_{l−1}·W_l            ẋ_l = φ′(y_l) ⊙ ẏ_l
     * }</pre>
     *
     * <p>Third: s is now the output of an ordinary forward pass, and one goes back as always. Behind ẏ_l everything is
     * multiplied by the same factors as in the critic's own backward pass, so ∂s/∂ẏ_l = δ_l. And y_l is in s because φ′ depends on
     * it: ρ_l = ∂s/∂y_l, which a bend made of straight lines leaves at 0.
     *
     * <pre>{@code
     * ρ_L = 0            ρ_l = (ρ_{l+1}·W_{l+1}ᵀ) ⊙ φ′(y_l) + (δ_{l+1}·W_{l+1}ᵀ) ⊙ φ″(y_l) ⊙ ẏ_l
     * dW_l = ẋ_{l−1}ᵀ·δ_l + x_{l−1}ᵀ·ρ_l            db_l = Σ_n ρ_l[n]                            (W4)
     * }</pre>
     */
    public Gradient gradient(double[][] x, double lambda) {
        List<double[][]> y = outputs(x);
        List<double[][]> delta = blames(y);
        double[][] dot = GradientPenalty.dG(Dense.dX(delta.get(0), w.get(0)), lambda); // ẋ₀ = v
        List<double[][]> dW = new ArrayList<>();
        List<double[][]> yDot = new ArrayList<>();
        for (int l = 0; l < w.size(); l++) {
            dW.add(Dense.dW(delta.get(l), dot));
            yDot.add(Dense.forward(dot, w.get(l), new double[b.get(l).length]));
            dot = Nested.map(yDot.get(l), y.get(l), (d, v) -> d * bend.slope().applyAsDouble(v));
        }
        List<double[]> db = new ArrayList<>();
        double[][] rho = Nested.map(y.get(w.size() - 1), d -> 0);
        for (int l = w.size() - 1; l >= 0; l--) {
            double[][] in = l == 0 ? x : Nested.map(y.get(l - 1), bend.value());
            dW.set(l, Nested.map(dW.get(l), Dense.dW(rho, in), Double::sum));
            db.add(0, Dense.db(rho));
            if (l > 0) {
                double[][] bent = Nested.map(Dense.dX(delta.get(l), w.get(l)), yDot.get(l - 1), (d, e) -> d * e);
                bent = Nested.map(
                        bent, y.get(l - 1), (d, v) -> d * bend.curvature().applyAsDouble(v));
                double[][] passed = Nested.map(
                        Dense.dX(rho, w.get(l)),
                        y.get(l - 1),
                        (d, v) -> d * bend.slope().applyAsDouble(v));
                rho = Nested.map(bent, passed, Double::sum);
            }
        }
        return new Gradient(dW, db);
    }
}
