package atelier.show;

/**
 * Something that a notebook shows as HTML; where HTML is not known, {@link #toString} reads well as plain text.
 *
 * @param html a piece of HTML; the only script in any is {@link LatentExplorer#script}
 * @param text the same in plain text
 */
public record Html(String html, String text) {

    /** Text as HTML that shows just this text: less than, greater than, ampersand and quotes by their names. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text;
    }
}
