package io.baigong.host.cli;

import io.baigong.host.catalogue.Catalogue;
import io.baigong.spi.Vertical;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code ./baigong}: what a person types. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "baigong",
        mixinStandardHelpOptions = true,
        versionProvider = Baigong.Version.class,
        synopsisSubcommandLabel = "VERB",
        description = "An industry AI suite that runs on your own machines.",
        footer = {
            "",
            "Verbs of the launcher itself:",
            "  up         Starts PostgreSQL and the suite, and prints the address and the sign-in.",
            "  test       Everything that must pass before a change lands.",
            "",
            "Only 'up' needs a database, and 'batch', 'work' and registered versions of 'models' a suite that is up. The other verbs work",
            "on files alone, and so leave no entry in the journal."
        },
        subcommands = {
            RunCommand.class,
            EvaluateCommand.class,
            TrainCommand.class,
            DataCommand.class,
            BenchCommand.class,
            ModelsCommand.class,
            AuditCommand.class,
            BatchCommand.class,
            WorkCommand.class,
            TasksCommand.class,
            HelpCommand.class
        })
public final class Baigong implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** A verb is missing. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new Baigong());
        for (Vertical vertical : Catalogue.load().verticals()) {
            if (!vertical.references().isEmpty()) {
                line.addSubcommand(vertical.name(), ReferenceCommands.of(vertical));
            }
        }
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(Baigong::failed);
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof WrongUsage || e instanceof Failure) {
            command.getErr().println("baigong: " + e.getMessage());
            return e instanceof WrongUsage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }

    /** What went wrong with a file, in words: the JDK names some files without saying what is wrong with them. */
    static String cause(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no file or folder " + e.getMessage();
            case AccessDeniedException _ -> "no right to read or write " + e.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }

    /** What was typed can't be meant. */
    static final class WrongUsage extends RuntimeException {
        WrongUsage(String message) {
            super(message);
        }
    }

    /** It was meant, but could not be done. */
    static class Failure extends RuntimeException {
        Failure(String message) {
            super(message);
        }

        Failure(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Baigong.class.getPackage().getImplementationVersion();
            return new String[] {"Baigong " + (version == null ? "(built from source)" : version)};
        }
    }
}
