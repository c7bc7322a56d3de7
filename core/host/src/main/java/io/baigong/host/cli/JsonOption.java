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

    /** Writes the result where that is wanted; tells whether the terminal is still free for words. */
    boolean write(Result result) throws IOException {
        if (file == null) {
            return true;
        }
        String text = PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(result.json());
        if (!file.equals(TERMINAL)) {
            Files.writeString(Path.of(file), text + "\n");
            return true;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
        return false;
    }
}
