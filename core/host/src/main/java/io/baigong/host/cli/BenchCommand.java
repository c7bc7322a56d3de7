package io.baigong.host.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Performance comparisons, both sides in one run.",
        subcommands = {
            AuditBench.class,
            BatchBench.class,
            DedupBench.class,
            DriftBench.class,
            EmbeddingsBench.class,
            GatewayBench.class,
            PassagesBench.class,
            ProtocolsBench.class,
            QuantisationBench.class,
            ResolveBench.class,
            RunsBench.class,
            UpBench.class
        })
final class BenchCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
