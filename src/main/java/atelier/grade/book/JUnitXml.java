package atelier.grade.book;

import atelier.grade.Status;
import atelier.grade.Verdict;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results as JUnit's XML, which build servers show: a suite a student, a case a question. */
final class JUnitXml {

    private JUnitXml() {}

    static String of(List<Result> results) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (Result result : results) {
                suite(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, Result result) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(result.student()));
        long all = result.papers().stream()
                .mapToLong(paper ->
                        paper.status() == Status.PASS ? paper.verdicts().size() : 1)
                .sum();
        xml.writeAttribute("tests", String.valueOf(all));
        for (Result.Paper paper : result.papers()) {
            if (paper.status() != Status.PASS) {
                test(xml, clean(paper.file()), clean(paper.exercise()), paper.status(), paper.message());
            }
            for (Verdict verdict : paper.verdicts()) {
                test(xml, verdict.id(), paper.exercise(), verdict.status(), verdict.message());
            }
        }
        xml.writeEndElement();
    }

    private static void test(XMLStreamWriter xml, String name, String exercise, Status status, String message)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", name);
        xml.writeAttribute("classname", exercise);
        if (status == Status.BY_HAND || status == Status.NOT_RUN) {
            xml.writeEmptyElement("skipped");
        } else if (status != Status.PASS) {
            xml.writeStartElement(status == Status.WRONG || status == Status.MISSING ? "failure" : "error");
            xml.writeAttribute("type", status.name());
            xml.writeAttribute("message", clean(message));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML has no way to write most control characters, and none for half a surrogate pair. */
    private static String clean(String text) {
        return Names.shown(text.replaceAll("\\s", " "));
    }
}
