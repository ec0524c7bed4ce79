package atelier.sandbox;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The program in the sandbox: reads questions from its standard input and writes answers to its standard output, one for one,
 * until the input ends. What the student's code prints goes to standard error.
 *
 * <p>Its word counts for nothing: who controls this process can only give answers, and those are judged outside.
 */
public final class Examinee {

    private static final byte[] END = {};
    private static final long PATIENCE = 10_000_000_000L; // nanoseconds for the answers that are still to be given

    private final Cells cells = new Cells();
    private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    private Method method;

    private Examinee() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        Examinee examinee = new Examinee();
        out.write(new Message(Message.Verb.HELLO, "", List.of(), 0).bytes());
        Thread hearing = new Thread(() -> examinee.hear(in), "questions");
        hearing.setDaemon(true);
        hearing.start();
        for (byte[] frame = examinee.next(); frame.length > 0; frame = examinee.next()) {
            out.write(examinee.answer(Message.of(frame)).bytes());
        }
        end();
    }

    /** Hears the end of the input while the student's code runs in circles, too: who was to stop that may have been killed. */
    private void hear(DataInputStream in) {
        try {
            while (true) {
                heard.add(in.readNBytes(in.readInt()));
            }
        } catch (IOException nobodyAsksAnyMore) {
            heard.add(END);
            LockSupport.parkNanos(PATIENCE);
            end();
        }
    }

    private static void end() {
        Runtime.getRuntime().halt(0); // whatever threads the student's code has left running
    }

    private byte[] next() {
        while (true) {
            try {
                return heard.take();
            } catch (InterruptedException byTheStudent) {
                // and so no reason to stop
            }
        }
    }

    private Message answer(Message question) {
        return switch (question.verb()) {
            case DEFINE -> define(question);
            case OPEN -> open(question);
            case CALL -> call(question);
            default -> throw new IllegalArgumentException("Examinee: expected a question but got " + question.verb());
        };
    }

    private Message define(Message question) {
        try {
            return tell(question, Message.Verb.DEFINED, cells.define(question.text()));
        } catch (RuntimeException | VirtualMachineError tooDeep) {
            return tell(
                    question,
                    Message.Verb.DEFINED,
                    "line 1: the compiler gives up on this, as on code that is nested too deeply");
        }
    }

    private Message open(Message question) {
        StringBuilder why = new StringBuilder();
        Optional<Method> found = cells.find(question.text(), why);
        found.ifPresent(it -> method = it);
        Message.Verb without = why.isEmpty() ? Message.Verb.MISSING : Message.Verb.UNFIT;
        return tell(question, found.isPresent() ? Message.Verb.OPENED : without, why.toString());
    }

    private Message call(Message question) {
        try {
            Object[] answer = {method.invoke(null, question.values().toArray())};
            return new Message(Message.Verb.RESULT, "", Arrays.asList(answer), question.number());
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            return cause.getClass().getName().equals("atelier.grade.Todo")
                    ? tell(question, Message.Verb.BLANK, "")
                    : tell(question, Message.Verb.THREW, Cells.describe(cause));
        } catch (ReflectiveOperationException | RuntimeException | Error other) {
            return tell(question, Message.Verb.THREW, Cells.describe(other));
        }
    }

    private static Message tell(Message question, Message.Verb verb, String text) {
        return new Message(verb, text, List.of(), question.number());
    }
}
