package atelier.show;

import java.util.Locale;

/** Numbers as words in a sentence, a table or on an axis. */
final class Numbers {

    private Numbers() {}

    /** A number as a reader wants it in a sentence: four significant digits, or as a power of ten. */
    static String text(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        int power = (int) Math.floor(Math.log10(size));
        if (power < -3 || power >= 6) {
            String[] parts = String.format(Locale.ROOT, "%.2e", value).split("e");
            return parts[0].replaceFirst("\\.?0+$", "") + "·10" + superscript(Long.parseLong(parts[1]));
        }
        int decimals = Math.max(0, 3 - power);
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** 10 to this power: as a number while it is short. */
    static String power(long power) {
        return power >= -3 && power <= 5 ? text(Math.pow(10, power)) : "10" + superscript(power);
    }

    private static String superscript(long power) {
        StringBuilder text = new StringBuilder();
        for (char digit : Long.toString(power).toCharArray()) {
            text.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return text.toString();
    }
}
