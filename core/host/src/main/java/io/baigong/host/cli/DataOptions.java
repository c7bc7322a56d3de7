package io.baigong.host.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which public data set a verb works on, and the seed of its random numbers. */
final class DataOptions {
    @Option(names = "--benchmark", required = true, paramLabel = "NAME", description = "The data set, such as cuad.")
    @SuppressWarnings("NullAway.Init")
    String benchmark;

    @Option(names = "--data", required = true, paramLabel = "PATH", description = "Its file or folder.")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
    long seed;
}
