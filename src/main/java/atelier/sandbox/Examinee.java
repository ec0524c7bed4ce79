package atelier.sandbox;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The program in the sandbox: reads questions from its standard input and writes answers to its standard output, one for one,
 * until the input ends. What the student's code prints goes to standard error.
 *
 * <p>Its word counts for nothing: who controls this process can only give answers, and those are judged outside.
 */
public final class Examinee {

    private final Cells cells = new Cells();

    private Examinee() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        Examinee examinee = new Examinee();
        out.write(new Message(Message.Verb.HELLO, "", List.of(), 0).bytes());
        try {
            while (true) {
                byte[] frame = in.readNBytes(in.readInt());
                out.write(examinee.answer(Message.of(frame)).bytes());
            }
        } catch (EOFException nobodyAsksAnyMore) {
            Runtime.getRuntime().halt(0); // whatever threads the student's code has left running
        }
    }

    private Message answer(Message question) {
        StringBuilder why = new StringBuilder();
        return switch (question.verb()) {
            case DEFINE -> {
                String complaints;
                try {
                    complaints = cells.define(question.text());
                } catch (RuntimeException | VirtualMachineError tooDeep) {
                    complaints = "line 1: the compiler gives up on this, as on code that is nested too deeply";
                }
                yield tell(question, Message.Verb.DEFINED, complaints, List.of());
            }
            case OPEN -> {
                Message.Verb verb = cells.open(question.text(), why);
                yield tell(question, verb, why.toString(), List.of());
            }
            case CALL -> call(question);
            default -> throw new IllegalArgumentException("Examinee: expected a question but got " + question.verb());
        };
    }

    private static Message call(Message question) {
        try {
            Object answer = Door.answer(question.values().toArray());
            Object[] one = {answer};
            return tell(question, Message.Verb.RESULT, "", Arrays.asList(one));
        } catch (Throwable thrown) { // whatever a student's code can throw is an answer, too
            return thrown.getClass().getName().equals("atelier.grade.Todo")
                    ? tell(question, Message.Verb.BLANK, "", List.of())
                    : tell(question, Message.Verb.THREW, Cells.describe(thrown), List.of());
        }
    }

    private static Message tell(Message question, Message.Verb verb, String text, List<Object> values) {
        return new Message(verb, text, values, question.number());
    }
}
