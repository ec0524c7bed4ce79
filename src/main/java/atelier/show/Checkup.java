package atelier.show;

import atelier.tensor.Loops;
import atelier.tensor.Parallel;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A checkup of this machine: what is as it should be, and what to do about the rest.
 *
 * <pre>{@code
 * Checkup.ofMachine().with("DL4J", () -> Nd4jRuntime.threads() + " threads", "Start anew.").html()
 * }</pre>
 */
public record Checkup(List<Item> items) {

    private static final int OLDEST_JDK = 17;
    private static final long LEAST_HEAP = 700L << 20;

    /**
     * One line of the list.
     *
     * @param found what is here, good or not
     * @param remedy what to do if it is not good
     */
    public record Item(String name, boolean good, String found, String remedy) {}

    public Checkup {
        items = List.copyOf(items);
    }

    /** What every chapter needs: the JDK, memory, vectors, threads, pictures. */
    public static Checkup ofMachine() {
        int jdk = Runtime.version().feature();
        long heap = Runtime.getRuntime().maxMemory();
        int threads = Parallel.threads();
        int processors = Runtime.getRuntime().availableProcessors();
        return new Checkup(List.of())
                .with(
                        "JDK",
                        jdk >= OLDEST_JDK,
                        Runtime.version().toString(),
                        "Install a JDK " + OLDEST_JDK + " or newer and set JAVA_HOME to it.")
                .with(
                        "memory",
                        heap >= LEAST_HEAP,
                        "a heap of up to " + (heap >> 20) + " MB",
                        "Close other programs, or set JAVA_TOOL_OPTIONS=-Xmx1g and start anew.")
                .with(
                        "vectors",
                        Loops.vectors(),
                        Loops.vectors() ? "on" : "off: same results, several times slower",
                        "Start java with --add-modules jdk.incubator.vector, as ./atelier does.")
                .with(
                        "threads",
                        threads > 1 || processors == 1,
                        threads + " of " + processors + (processors == 1 ? " processor" : " processors"),
                        "Parallel.threads(" + processors + ") uses them all.")
                .with(
                        "pictures",
                        Checkup::draw,
                        "Set -Djava.awt.headless=true; is the folder for temporary files full?");
    }

    /** The same list and one more line. */
    public Checkup with(String name, boolean good, String found, String remedy) {
        List<Item> longer = new ArrayList<>(items);
        longer.add(new Item(name, good, found, remedy));
        return new Checkup(longer);
    }

    /** One more line: good if the work gets done, and then it says what was found; else the reason stands there. */
    public Checkup with(String name, Callable<String> work, String remedy) {
        try {
            return with(name, true, work.call(), remedy);
        } catch (Exception | LinkageError failure) {
            String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            return with(name, false, reason, remedy);
        }
    }

    public boolean passes() {
        return items.stream().allMatch(Item::good);
    }

    public Html html() {
        StringBuilder html =
                new StringBuilder("<table style=\"border-collapse:collapse;border:0;font-size:0.92em\">\n");
        for (Item item : items) {
            html.append("<tr>");
            cell(
                    html,
                    "white-space:nowrap;color:#fff;font-weight:bold;background:"
                            + (item.good() ? "#00785a" : "#b3261e"),
                    mark(item));
            cell(html, "white-space:nowrap;font-weight:bold", item.name());
            cell(html, "", item.found());
            cell(html, "", todo(item));
            html.append("</tr>\n");
        }
        return new Html(html.append("</table>").toString(), toString());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Item item : items) {
            String line = String.format("%-7s  %-18s %s  %s", mark(item), item.name(), item.found(), todo(item));
            text.append(line.stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String mark(Item item) {
        return item.good() ? "✓ good" : "✗ wrong";
    }

    private static String todo(Item item) {
        return item.good() ? "" : item.remedy();
    }

    private static void cell(StringBuilder html, String style, String text) {
        html.append("<td style=\"")
                .append(Tables.CELL)
                .append("text-align:left;")
                .append(style)
                .append("\">");
        html.append(Html.escape(text)).append("</td>");
    }

    /** Draws one letter and looks whether it left ink. */
    private static String draw() {
        Picture picture = new Picture(20, 20, "The letter A.");
        Graphics2D pen = picture.pen();
        pen.setColor(Palette.INK);
        Text.left(pen, "A", 4, 15, Text.NORMAL);
        pen.dispose();
        int paper = picture.getRGB(0, 0);
        for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
            if (picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) != paper) {
                return "letters leave ink, a PNG is made of " + picture.png().length + " bytes";
            }
        }
        throw new IllegalStateException("Checkup: expected ink where a letter was drawn but got an empty picture.");
    }
}
