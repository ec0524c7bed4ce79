package atelier.notebook;

import atelier.show.Html;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java source as HTML with colours: comments, texts, numbers, keywords and the names of types. */
final class JavaColours {

    private static final Pattern TOKEN = Pattern.compile("(?<comment>//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|\\z))"
            + "|(?<text>\"\"\"[\\s\\S]*?(?:\"\"\"|\\z)|\"(?:\\\\.|[^\"\\\\\\n])*\"?|'(?:\\\\.|[^'\\\\\\n])*'?)"
            + "|(?<number>\\b\\d[\\w.]*)"
            + "|(?<keyword>@\\w+|\\b(?:abstract|assert|boolean|break|byte|case|catch|char|class|continue|default|do|double"
            + "|else|enum|extends|final|finally|float|for|if|implements|import|instanceof|int|interface|long|new|null"
            + "|package|private|protected|public|record|return|short|static|super|switch|synchronized|this|throw|throws"
            + "|transient|true|false|try|var|void|volatile|while|yield)\\b)"
            + "|(?<type>\\b[A-Z]\\w*)");

    private JavaColours() {}

    static String html(String source) {
        StringBuilder html = new StringBuilder();
        Matcher token = TOKEN.matcher(source);
        int done = 0;
        while (token.find()) {
            html.append(Html.escape(source.substring(done, token.start())));
            html.append("<i class=\"")
                    .append(kind(token))
                    .append("\">")
                    .append(Html.escape(token.group()))
                    .append("</i>");
            done = token.end();
        }
        return html.append(Html.escape(source.substring(done))).toString();
    }

    private static String kind(Matcher token) {
        for (String kind : new String[] {"comment", "text", "number", "keyword"}) {
            if (token.group(kind) != null) {
                return kind;
            }
        }
        return "type";
    }
}
