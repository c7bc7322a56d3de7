package io.baigong.host.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code models}. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Carry models from suite to suite, work on their files, and plan their tuning.",
        subcommands = {
            ExportCommand.class,
            ImportCommand.class,
            RegisterCommand.class,
            QuantiseCommand.class,
            PlanCommand.class
        })
final class ModelsCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** A subcommand is missing. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
