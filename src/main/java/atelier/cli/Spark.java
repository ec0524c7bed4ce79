package atelier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The way to src/spark, which is built when somebody first asks for a cluster. */
final class Spark {

    private static final int NEWEST = 21; // Spark 3.5 asks the JDK for what later ones have taken away

    /** What Spark 3.5 reaches into; its own list, for Java 17. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    private Spark() {}

    /** The whole command once more, with Spark; its exit status. */
    static int again(CommandSpec command) throws IOException, InterruptedException {
        if (Runtime.version().feature() > NEWEST) {
            throw new IllegalStateException("Spark: expected Java 17 to " + NEWEST
                    + " for a cluster, as Spark 3.5 knows no newer, but got " + Runtime.version()
                    + ". Set JAVA_HOME to a JDK 17.");
        }
        System.err.println("atelier: preparing Spark; the first time Maven fetches 120 MB …");
        List<String> options = new ArrayList<>(List.of("-Djdk.reflect.useDirectMethodHandle=false"));
        OPENED.forEach(what -> options.add("--add-opens=" + what + "=ALL-UNNAMED"));
        Path output = Checkout.home().resolve("target").resolve("spark");
        return new Extra("spark", false, output).again(command, options);
    }
}
