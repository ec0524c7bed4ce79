package atelier.show;

/** Which axes of a chart are logarithmic: equal steps then mean equal ratios, and only numbers above 0 can be shown. */
public enum Axes {
    LINEAR,
    LOG_X,
    LOG_Y,
    LOG_LOG;

    boolean logX() {
        return this == LOG_X || this == LOG_LOG;
    }

    boolean logY() {
        return this == LOG_Y || this == LOG_LOG;
    }
}
