package atelier.cli;

import atelier.dl4j.Gpu;
import atelier.dl4j.Nd4jRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What computes for DL4J: the processor, or a GPU, whose libraries are fetched when somebody first asks for it. */
final class Backend {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "cpu",
            description = "What DL4J computes on: cpu (default) or cuda, an NVIDIA GPU.")
    private String name;

    @Option(names = "--fallback", description = "Where there is no GPU to use, say so and go on with the processor.")
    private boolean fallback;

    /**
     * Runs the whole command once more with the GPU's libraries, where they are wanted and not there yet.
     *
     * @param check of what else was said, for a GPU that can be used: made before anything is fetched
     * @return its exit status; empty where this process goes on itself
     * @throws IllegalStateException when there is no GPU that can be used, and no fallback
     */
    OptionalInt elsewhere(Runnable check) throws IOException, InterruptedException {
        Usage.require(spec, List.of("cpu", "cuda").contains(name), "--backend cpu or cuda", name);
        if (name.equals("cpu")) {
            return OptionalInt.empty();
        }
        if (Nd4jRuntime.isCuda()) {
            check.run();
            return OptionalInt.empty();
        }
        Gpu gpu = Gpu.look();
        if (!gpu.works()) {
            String told = "Backend: expected a GPU for CUDA 11.6 but got none: " + gpu.ails() + ".";
            if (!fallback) {
                throw new IllegalStateException(told + " " + gpu.remedy());
            }
            System.err.println("atelier: " + told + " Going on with the processor.");
            return OptionalInt.empty();
        }
        check.run();
        System.err.println("atelier: " + gpu.device() + ", driver " + gpu.driver()
                + "; preparing CUDA, the first time Maven fetches 2.4 GB …");
        Path output = Checkout.home().resolve("target");
        return OptionalInt.of(new Extra("cuda", false, output).again(spec, List.of()));
    }
}
