package atelier.show;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One axis of a chart, counted in its ticks: the number at position 0, 1, 2 … is a round one.
 *
 * <p>XChart's own ticks start at odd numbers and, for tiny ranges, never end; in these units they fall on whole numbers.
 *
 * @param step  from tick to tick: in the axis' own numbers, or in powers of ten if it is logarithmic
 * @param first the number of steps from 0 to the tick at position 0
 * @param low   where the axis begins, as a position
 * @param high  where it ends, as a position
 */
record Scale(boolean log, double step, double first, double low, double high) {

    private static final int TICKS = 7;

    /** An axis for these numbers; it takes no notice of those that it cannot show. */
    static Scale of(boolean log, DoubleStream values) {
        double[] shown = values.map(value -> log ? Math.log10(value) : value)
                .filter(Double::isFinite)
                .toArray();
        DoubleSummaryStatistics range = DoubleStream.of(shown).summaryStatistics();
        double least = shown.length == 0 ? 0 : range.getMin();
        double most = shown.length == 0 ? 1 : range.getMax();
        double size = Math.max(Math.abs(least), Math.abs(most));
        if (most - least <= size * 1e-9) {
            double margin = log ? 0.5 : size == 0 ? 1 : size / 2;
            least -= margin;
            most += margin;
        }
        boolean whole =
                !log && DoubleStream.of(shown).allMatch(value -> value == Math.rint(value)) && most - least > 1.5;
        double step = log ? decades(most - least) : round((most - least) / TICKS, whole);
        double first = Math.floor(least / step);
        return new Scale(log, step, first, least / step - first, most / step - first);
    }

    /** Where a number stands: NaN where the axis cannot show it. */
    double position(double value) {
        double position = (log ? Math.log10(value) : value) / step - first;
        return Double.isFinite(position) ? position : Double.NaN;
    }

    /** What is written at a tick; between ticks, something that is written nowhere. */
    String label(double position) {
        if (Math.abs(position - Math.rint(position)) > 1e-6) {
            return String.valueOf(position);
        }
        double number = (first + Math.rint(position)) * step;
        if (log) {
            return Math.abs(number - Math.rint(number)) < 1e-9
                    ? Charts.power(Math.round(number))
                    : Charts.number(Double.parseDouble(String.format(Locale.ROOT, "%.1e", Math.pow(10, number))));
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        double most = Math.max(Math.abs(first), Math.abs(first + high)) * step;
        return decimals > 5 || most >= 1e7
                ? Charts.number(number)
                : String.format(Locale.ROOT, "%,." + decimals + "f", number + 0.0);
    }

    private static double decades(double span) {
        return span < 1 ? (span < 0.35 ? 0.05 : 0.1) : span < 3 ? 0.5 : Math.ceil(span / (TICKS + 1));
    }

    /** The nearest of 1, 2, 5 times a power of ten above; at least 1 if the numbers are whole. */
    private static double round(double step, boolean whole) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double share = step / power;
        double rounded = power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
        return whole ? Math.max(1, rounded) : rounded;
    }
}
