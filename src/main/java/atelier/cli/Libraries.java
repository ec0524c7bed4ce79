package atelier.cli;

import atelier.train.Cluster;
import java.io.IOException;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What notebooks may use besides the kit: a GPU, or Spark. */
final class Libraries {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private Backend backend;

    @Option(names = "--spark", description = "Notebooks may use Spark, which is fetched the first time (chapter 21).")
    private boolean spark;

    /** As {@link Backend#elsewhere}: empty where this process has what is wanted. */
    OptionalInt elsewhere() throws IOException, InterruptedException {
        OptionalInt status = backend.elsewhere(() -> Usage.require(spec, !spark, "--spark or --backend cuda", "both"));
        return status.isEmpty() && spark && Cluster.door().isEmpty() ? OptionalInt.of(Spark.again(spec)) : status;
    }
}
