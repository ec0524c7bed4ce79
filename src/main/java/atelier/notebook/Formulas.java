package atelier.notebook;

import atelier.show.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The formulas of a page: taken out of the markdown, which would read their underscores as emphasis, put back into its HTML,
 * and drawn in the browser by KaTeX, which the page carries along.
 */
final class Formulas {

    private static final String KATEX = "/META-INF/resources/webjars/katex/0.18.11/dist/";

    // code comes first: a dollar in it is a dollar
    private static final Pattern CODE_OR_FORMULA =
            Pattern.compile("(?m)(?<code>^ {0,3}(?<fence>`{3,}|~{3,})[\\s\\S]*?(?:^ {0,3}\\k<fence>[`~]*\\s*$|\\z)"
                    + "|(?<!`)(?<ticks>`+)(?!`)[\\s\\S]*?(?<!`)\\k<ticks>(?!`)|\\\\\\$)"
                    + "|\\$\\$(?<display>[^$]+)\\$\\$"
                    + "|\\$(?![\\s$])(?<inline>[^$]*?)(?<![\\s\\\\])\\$(?!\\d)"
                    + "|(?<environment>\\\\begin\\{(?<name>[a-z]+\\*?)\\}[\\s\\S]*?\\\\end\\{\\k<name>\\})");
    private static final Pattern PLACE = Pattern.compile("\uE000(\\d+)\uE001");
    private static final Pattern FACE =
            Pattern.compile("@font-face\\{[^}]*?url\\(fonts/(KaTeX_[A-Za-z0-9-]+)\\.woff2\\)[^}]*?\\}");

    private final List<String> found = new ArrayList<>();
    private final List<Boolean> display = new ArrayList<>();

    /** The markdown with a mark in place of each formula. */
    String takeOut(String markdown) {
        String text = markdown.replaceAll("[\uE000\uE001]", "");
        StringBuilder rest = new StringBuilder();
        Matcher next = CODE_OR_FORMULA.matcher(text);
        int done = 0;
        while (next.find(done)) {
            rest.append(text, done, next.start());
            String inline = next.group("inline");
            if (next.group("code") != null) {
                rest.append(next.group());
            } else if (inline != null && inline.contains("\n\n")) { // two lone dollars in two paragraphs
                rest.append('$');
                done = next.start() + 1;
                continue;
            } else if (inline != null) {
                rest.append(mark(inline, false));
            } else {
                rest.append(
                        mark(next.group("display") == null ? next.group("environment") : next.group("display"), true));
            }
            done = next.end();
        }
        return rest.append(text.substring(done)).toString();
    }

    private String mark(String formula, boolean large) {
        found.add(formula.strip());
        display.add(large);
        return "\uE000" + (found.size() - 1) + "\uE001";
    }

    /** The HTML with the formulas in place of their marks: readable LaTeX until the browser has drawn them. */
    String putBack(String html) {
        return PLACE.matcher(html).replaceAll(mark -> {
            int i = Integer.parseInt(mark.group(1));
            return Matcher.quoteReplacement("<span class=\"math" + (display.get(i) ? " display" : "") + "\">"
                    + Html.escape(found.get(i)) + "</span>");
        });
    }

    /** Text without its marks, for an address or a title. */
    static String without(String text) {
        return PLACE.matcher(text).replaceAll("");
    }

    boolean none() {
        return found.isEmpty();
    }

    /** KaTeX's style, with the fonts that this page needs inside. */
    String style() {
        String all = String.join(" ", found);
        return FACE.matcher(read("katex.min.css"))
                .replaceAll(face -> Matcher.quoteReplacement(
                        needed(face.group(1), all) ? inline(face.group(), face.group(1)) : ""));
    }

    private static boolean needed(String font, String formulas) {
        return switch (font) {
            case "KaTeX_AMS-Regular",
                    "KaTeX_Main-Regular",
                    "KaTeX_Main-Italic",
                    "KaTeX_Main-Bold",
                    "KaTeX_Math-Italic",
                    "KaTeX_Size1-Regular",
                    "KaTeX_Size2-Regular",
                    "KaTeX_Size3-Regular",
                    "KaTeX_Size4-Regular" -> true;
            case "KaTeX_Math-BoldItalic" -> formulas.contains("\\boldsymbol");
            case "KaTeX_Caligraphic-Regular" -> formulas.contains("cal");
            case "KaTeX_Typewriter-Regular" -> formulas.contains("tt");
            case "KaTeX_SansSerif-Regular" -> formulas.contains("sf");
            default -> false;
        };
    }

    private static String inline(String face, String font) {
        String data = Base64.getEncoder().encodeToString(bytes("fonts/" + font + ".woff2"));
        return face.replaceFirst(
                "src:[^}]*",
                Matcher.quoteReplacement("src:url(data:font/woff2;base64," + data + ") format(\"woff2\")"));
    }

    /** The scripts that draw the formulas. */
    static List<String> scripts() {
        return List.of(read("katex.min.js"), """
                document.querySelectorAll('.math').forEach(function (place) {
                  katex.render(place.textContent, place, {
                    displayMode: place.classList.contains('display'), throwOnError: false, strict: false
                  });
                });
                """);
    }

    private static String read(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Formulas.class.getResourceAsStream(KATEX + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
