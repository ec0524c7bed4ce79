package atelier.definition;

/**
 * What many machines bring to one training, on paper.
 *
 * <pre>{@code
 * speed-up(n)  = 1 / (s + (1 − s)/n)                       s: the part that one machine must do alone           (N4)
 * ring(n)      = 2(n−1)/n · bytes/bandwidth + 2(n−1) · latency                                                  (N5)
 * tree(n)      = 2⌈log₂ n⌉ · (bytes/bandwidth + latency)                                                        (N6)
 * w(t+1)       = w(t) − η·λ·w(t−τ)          stable where 0 < η·λ < 2 cos(τπ/(2τ+1))                             (N7)
 * offload      = launches · wait + bytes/link + operations/rate                                                 (N8)
 * }</pre>
 *
 * <p>Times in seconds. (N5) and (N6) bring the sum of n vectors to all n machines: in a ring each sends one n-th of its vector to its neighbour
 * again and again; in a tree the sum goes up and the result down, whole. (N7) is gradient descent on λw²/2 whose gradients are τ steps old. (N8) is a piece of
 * work on another processor: it is started so many times, its numbers cross the link, and it is computed.
 *
 * <p>Walk-through: notebooks/21-scaling-out, notebooks/20-gpu. Sources: Amdahl 1967, doi:10.1145/1465482.1465560 (N4); Patarasuk and Yuan 2009,
 * doi:10.1016/j.jpdc.2008.09.002 (N5); Thakur, Rabenseifner and Gropp 2005, doi:10.1177/1094342005051521 (N6); Levin and May 1976,
 * doi:10.1016/0040-5809(76)90043-5 (N7).
 */
public final class Scaling {

    private Scaling() {}

    /** (N4): how many times as fast n machines are as one. */
    public static double amdahl(double serial, int n) {
        return 1 / (serial + (1 - serial) / n);
    }

    /** (N5). */
    public static double ring(int n, double bytes, double bandwidth, double latency) {
        return 2.0 * (n - 1) / n * bytes / bandwidth + 2.0 * (n - 1) * latency;
    }

    /** (N6). */
    public static double tree(int n, double bytes, double bandwidth, double latency) {
        int levels = 32 - Integer.numberOfLeadingZeros(n - 1);
        return 2 * levels * (bytes / bandwidth + latency);
    }

    /** (N8), seconds. */
    public static double offload(
            double launches, double wait, double bytes, double link, double operations, double rate) {
        return launches * wait + bytes / link + operations / rate;
    }

    /** (N7): w(0) … w(steps) from w = 1, which it also was before. */
    public static double[] stale(double step, int delay, int steps) {
        double[] w = new double[steps + 1];
        w[0] = 1;
        for (int t = 0; t < steps; t++) {
            w[t + 1] = w[t] - step * (t >= delay ? w[t - delay] : 1);
        }
        return w;
    }

    /** The largest η·λ with which (N7) still comes to rest. */
    public static double stableBelow(int delay) {
        return 2 * Math.cos(delay * Math.PI / (2 * delay + 1));
    }
}
