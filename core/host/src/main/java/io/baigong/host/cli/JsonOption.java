package io.baigong.host.cli;

import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code --json FILE} of a verb that writes its result for a program too. */
final class JsonOption {
    private static final String TERMINAL = "-";

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON, - for the terminal.")
    private @Nullable String file;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** A result, made only where it is wanted. */
    @FunctionalInterface
    interface Result {
        Object json() throws IOException;
    }

    /** Whether the result is all that the terminal is to show. */
    boolean takesTerminal() {
        return TERMINAL.equals(file);
    }

    /** Writes the result where that is wanted. Words come before: a file may not be writable, and then they are there. */
    void write(Result result) throws IOException {
        if (file == null) {
            return;
        }
        String text = PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(result.json());
        if (takesTerminal()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(text);
            out.flush();
        } else {
            Files.writeString(Path.of(file), text + "\n");
        }
    }
}
