package atelier.optim;

/** The numbers that an optimiser is made with, checked at the door. */
final class Rates {

    private Rates() {}

    static double learningRate(String where, double rate) {
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(where + ": expected a learning rate of 0 or more but got " + rate
                    + ". Usual values lie between 1e-4 and 0.1.");
        }
        return rate;
    }

    static double fraction(String where, String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(where + ": expected " + name + " in [0,1) but got " + value
                    + ". It says how much of the past is kept.");
        }
        return value;
    }

    static double epsilon(String where, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(where + ": expected ε in (0,1) but got " + value
                    + ". It keeps a division by 0 away; 1e-8 is usual.");
        }
        return value;
    }
}
