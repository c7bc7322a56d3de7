package io.baigong.host.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code data}. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Makes data fit to train on.",
        subcommands = {CleanCommand.class, AugmentCommand.class, TranslateCommand.class, LabelCommand.class})
final class DataCommand implements Callable<Integer> {
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
