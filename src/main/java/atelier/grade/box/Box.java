package atelier.grade.box;

import atelier.grade.Status;
import atelier.notebook.Engine;
import atelier.sandbox.Message;
import atelier.sandbox.Message.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * One examinee behind walls: asked one question at a time, each with its limit, and killed at the first that it does not answer
 * in form.
 *
 * <p>Nothing here waits for longer than the limit, whatever the other side does: a question is short enough for the pipe, and an
 * answer is only read as far as it has come. What is printed is thrown away.
 */
public final class Box implements AutoCloseable {

    /** The first cell of every notebook: what a student finds imported in Jupyter. */
    static final String IMPORTS =
            Engine.IMPORTS.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining());

    private static final Limit START = new Limit(Duration.ofSeconds(60), Duration.ofSeconds(60));
    private static final long LOOK = 100_000; // nanoseconds: an answer mostly comes in less
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Isolation isolation;
    private final String label = "atelier-" + Long.toHexString(RANDOM.nextLong());
    private final Process process;

    private Box(Isolation isolation, Path jar) throws IOException {
        this.isolation = isolation;
        ProcessBuilder builder = new ProcessBuilder(isolation.command(jar, label));
        builder.environment().clear();
        builder.environment().putAll(isolation.environment());
        builder.directory(jar.getParent().toFile()); // what a dying JVM or engine leaves lies there, and goes with it
        this.process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /**
     * A fresh process, which has said that it is there.
     *
     * @throws Lost with {@link Status#INFRA_ERROR} when it cannot be had: nothing of a student's has run in it yet
     */
    public static Box start(Isolation isolation, Path jar) throws Lost {
        Box box;
        try {
            box = new Box(isolation, jar);
        } catch (IOException failure) {
            throw new Lost(Status.INFRA_ERROR, true, "the sandbox does not start: " + failure.getMessage());
        }
        try {
            Message hello = box.receive(box.watch(START));
            if (hello.verb() != Verb.HELLO) {
                throw new Lost(Status.PROTOCOL, true, "no greeting");
            }
            box.ask(Verb.DEFINE, IMPORTS, List.of(), box.watch(START));
            return box;
        } catch (Lost lost) {
            box.close();
            throw new Lost(Status.INFRA_ERROR, true, "the sandbox does not start: " + lost.getMessage());
        }
    }

    /** A limit that begins to run now, for one question or for several together. */
    public Limit.Watch watch(Limit limit) {
        return new Limit.Watch(limit, process);
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws Lost when there is none; the box is closed then
     */
    public Message ask(Verb verb, String text, List<Object> values, Limit.Watch watch) throws Lost {
        Message question = new Message(verb, text, values, RANDOM.nextLong());
        byte[] frame = question.bytes();
        if (frame.length > Message.LONGEST_QUESTION) {
            throw new IllegalArgumentException("Box: expected a question of at most " + Message.LONGEST_QUESTION
                    + " bytes but got " + frame.length + ". Draw smaller cases.");
        }
        try {
            process.getOutputStream().write(frame);
            process.getOutputStream().flush();
        } catch (IOException closed) {
            close();
            throw dead();
        }
        try {
            Message answer = receive(watch);
            if (answer.number() != question.number()) {
                throw new Lost(Status.PROTOCOL, true, "an answer to a question that was not asked");
            }
            return answer;
        } catch (Lost lost) {
            close();
            throw lost;
        }
    }

    private Message receive(Limit.Watch watch) throws Lost {
        int length = ByteBuffer.wrap(read(Integer.BYTES, watch)).getInt();
        if (length < 0 || length > Message.LONGEST_ANSWER) {
            throw new Lost(Status.PROTOCOL, true, "bytes on the sandbox's channel that are no answer");
        }
        byte[] frame = read(length, watch);
        try {
            if (process.getInputStream().available() > 0) {
                throw new Lost(Status.PROTOCOL, true, "more bytes on the sandbox's channel than an answer");
            }
            return Message.of(frame);
        } catch (IllegalArgumentException | IOException e) {
            throw new Lost(Status.PROTOCOL, true, "bytes on the sandbox's channel that are no answer");
        }
    }

    private byte[] read(int count, Limit.Watch watch) throws Lost {
        byte[] bytes = new byte[count];
        InputStream in = process.getInputStream();
        int got = 0;
        try {
            while (got < count) {
                boolean over = !process.isAlive();
                int there = in.available();
                if (there > 0) {
                    got += in.read(bytes, got, Math.min(there, count - got));
                } else if (over) {
                    throw dead();
                } else {
                    watch.check();
                    LockSupport.parkNanos(LOOK);
                    if (Thread.currentThread().isInterrupted()) {
                        throw new Lost(Status.INFRA_ERROR, true, "the grader was interrupted");
                    }
                }
            }
        } catch (IOException closed) {
            throw dead();
        }
        return bytes;
    }

    private static Lost dead() {
        return new Lost(Status.CRASH, false, "the program ended");
    }

    @Override
    public void close() {
        isolation.end(process, label);
    }
}
