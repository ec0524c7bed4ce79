package atelier.notebook;

import atelier.show.Html;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The markdown of one page into HTML; remembers its headings and its formulas on the way. */
final class Markdown {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(context -> this::attributes)
            .build();

    private final Formulas formulas = new Formulas();
    private final List<Section> sections = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /** A heading: its level from 1, its address on the page, its text as HTML. */
    record Section(int level, String id, String html) {}

    String toHtml(String markdown) {
        return formulas.putBack(renderer.render(PARSER.parse(formulas.takeOut(markdown))));
    }

    /** The headings so far, from the top. */
    List<Section> sections() {
        return sections;
    }

    Formulas formulas() {
        return formulas;
    }

    private void attributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Heading heading) {
            String text = text(heading);
            String id = Formulas.without(text).strip().replace(' ', '-'); // as Jupyter names them
            String unique = id;
            for (int i = 2; !ids.add(unique); i++) {
                unique = id + "-" + i;
            }
            attributes.put("id", unique);
            sections.add(new Section(heading.getLevel(), unique, formulas.putBack(Html.escape(text))));
        } else if (node instanceof Link link && !link.getDestination().contains("://")) {
            attributes.put("href", link.getDestination().replaceFirst("\\.ipynb(?=$|#)", ".html"));
        }
    }

    private static String text(Heading heading) {
        StringBuilder text = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text piece) {
                text.append(piece.getLiteral());
            }

            @Override
            public void visit(Code piece) {
                text.append(piece.getLiteral());
            }
        });
        return text.toString();
    }
}
