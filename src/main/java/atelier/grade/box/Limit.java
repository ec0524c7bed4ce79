package atelier.grade.box;

import atelier.grade.Status;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long an answer may take: so much computing, or so much waiting. Two clocks, because a neighbour that keeps every processor
 * busy must not cost a student the answer.
 */
public record Limit(Duration computing, Duration waiting) {

    /** Computing for that long, and waiting four times as long. */
    public static Limit of(Duration computing) {
        return new Limit(computing, computing.multipliedBy(4));
    }

    /** For a compiler that has to warm up first. */
    public Limit longer() {
        return of(computing.plusSeconds(4));
    }

    /** One limit, in use. Computing is looked at now and then, and not at all for an answer that comes soon. */
    public static final class Watch {

        private static final long LOOK = 200_000_000;

        private final Limit limit;
        private final Process process;
        private final long start = System.nanoTime();
        private long looked = start;
        private Duration before;

        Watch(Limit limit, Process process) {
            this.limit = limit;
            this.process = process;
        }

        /** @throws Lost when the time is over */
        void check() throws Lost {
            long now = System.nanoTime();
            if (now - start > limit.waiting.toNanos()) {
                throw new Lost(Status.TIMEOUT, false, "no answer within " + limit.waiting.toSeconds() + " seconds");
            }
            if (now - looked > LOOK) {
                looked = now;
                Duration used = computed(process);
                before = before == null ? used : before;
                if (used.minus(before).compareTo(limit.computing) > 0) {
                    throw new Lost(
                            Status.TIMEOUT,
                            true,
                            "no answer after " + limit.computing.toSeconds() + " seconds of computing");
                }
            }
        }

        /** The processor time of the process and what it has started; 0 where the system does not tell. */
        private static Duration computed(Process process) {
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .flatMap(handle -> handle.info().totalCpuDuration().stream())
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }
}
