package atelier.bench;

import atelier.show.Roofline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The pieces of a training step, timed by JMH: each in a JVM of its own, warmed up, on all threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Pieces {

    /** Which one; the harness is told all of their names when it runs. */
    @Param("product 768")
    public String name;

    private Runnable work;

    @Setup
    public void prepare() {
        work = Piece.of(name).work();
    }

    @Benchmark
    public void run() {
        work.run();
    }

    /** Each piece as a point of the roofline. */
    static List<Roofline.Point> points() throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(Pieces.class.getName() + ".run")
                .param("name", Piece.names().toArray(String[]::new))
                .forks(1)
                .jvmArgsAppend("--add-modules", "jdk.incubator.vector")
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(400))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(300))
                .verbosity(VerboseMode.SILENT);
        List<Roofline.Point> points = new ArrayList<>();
        for (RunResult result : new Runner(options.build()).run()) {
            Piece piece = Piece.of(result.getParams().getParam("name"));
            double nanoseconds = result.getPrimaryResult().getStatistics().getPercentile(50);
            points.add(new Roofline.Point(
                    piece.name(), piece.flops() / piece.bytes(), piece.flops() / (nanoseconds * 1e-9)));
        }
        return points;
    }
}
