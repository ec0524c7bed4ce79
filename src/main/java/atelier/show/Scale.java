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
    private static final double TINY = 1e-290;
    private static final double HUGE = 1e290;

    /** An axis for these numbers; it takes no notice of those that it cannot show. */
    static Scale of(boolean log, DoubleStream values) {
        double[] shown =
                values.map(value -> onAxis(log, value)).filter(Double::isFinite).toArray();
        DoubleSummaryStatistics range = DoubleStream.of(shown).summaryStatistics();
        double least = shown.length == 0 ? 0 : range.getMin();
        double most = shown.length == 0 ? 1 : range.getMax();
        double size = Math.max(Math.abs(least), Math.abs(most));
        if (most - least <= Math.max(size * 1e-9, TINY)) {
            double margin = log ? 0.5 : size <= TINY ? 1 : size / 2;
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
        double position = onAxis(log, value) / step - first;
        return Double.isFinite(position) ? position : Double.NaN;
    }

    private static double onAxis(boolean log, double value) {
        return log ? Math.log10(value) : Math.abs(value) <= HUGE ? value : Double.NaN;
    }

    /**
     * What is written at a tick; between ticks, something that is written nowhere. No two ticks may read the same, or
     * XChart looks for better ones for ever.
     */
    String label(double position) {
        double number = (first + Math.rint(position)) * step;
        boolean onTick = Math.abs(position - Math.rint(position)) < 1e-6;
        return !onTick ? String.valueOf(position) : log ? logarithmic(number) : linear(number);
    }

    private String logarithmic(double power) {
        double number = Math.pow(10, power);
        if (Math.abs(power - Math.rint(power)) < 1e-9) {
            return Numbers.power(Math.round(power));
        }
        return number == 0 || Double.isInfinite(number)
                ? String.valueOf(power)
                : Numbers.text(Double.parseDouble(String.format(Locale.ROOT, "%.1e", number)));
    }

    private String linear(double number) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        double steps = Math.max(Math.abs(first), Math.abs(first + high)) + 1;
        return steps < 99 && (decimals > 5 || steps * step >= 1e7)
                ? Numbers.text(number)
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
