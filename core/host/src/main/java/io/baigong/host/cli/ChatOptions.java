package io.baigong.host.cli;

import io.baigong.gateway.Gateway;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.registry.Registry;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.tuning.data.Chat;
import io.baigong.tuning.data.ChatDocuments;
import io.baigong.tuning.data.ChatWork;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs share that have the suite's chat model work on documents. */
final class ChatOptions {
    @Parameters(paramLabel = "IN", description = "JSON Lines: text, and id and group if there are; gzip or not.")
    @SuppressWarnings("NullAway.Init")
    private Path in;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "What was made, as JSON Lines; compressed if the name ends in .gz. Until then OUT.answers keeps the answers.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--at-once",
            defaultValue = "4",
            paramLabel = "N",
            description = "Documents that are asked about at the same time, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int atOnce;

    @Mixin
    private final JsonOption json = new JsonOption();

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** The name of the chat model: {@code baigong.chat.model}. */
    static String model() {
        return Platform.chatModel()
                .orElseThrow(() -> new WrongUsage(
                        "there is no chat model to ask: name its server in baigong.gateway.models, and it in"
                                + " baigong.chat.model; see docs/guides/gateway.md"));
    }

    /** Does the work and tells what came of it. */
    int run(ChatWork work) {
        CleanCommand.file(in);
        String model = model();
        ChatDocuments.Report report;
        try (Gateway gateway = new Platform().gateway(Registry.of(List.of(), Map.of()));
                var progress = new ProgressBar()) {
            if (Files.exists(out) && Files.isSameFile(in, out)) {
                throw new WrongUsage(out + " is read and would be written; name another");
            }
            report = new ChatDocuments(in, out, atOnce, model, work)
                    .run(
                            prompt -> {
                                try {
                                    return gateway.complete(prompt)
                                            .orElseThrow()
                                            .text();
                                } catch (ModelException e) {
                                    String why = String.valueOf(e.getMessage());
                                    throw isRefusal(e) ? new Chat.Refused(why, e) : new IOException(why, e);
                                }
                            },
                            progress);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Failure(Baigong.cause(e), e);
        }
        tell(report);
        return CommandLine.ExitCode.OK;
    }

    /** Whether the same prompt would be answered no better. */
    private static boolean isRefusal(ModelException failure) {
        if (failure.code() == ErrorCode.Model.BROKEN_ANSWER) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException said) {
                return said.status() == 400 || said.status() == 413;
            }
        }
        return false;
    }

    private void tell(ChatDocuments.Report report) {
        PrintWriter terminal = spec.commandLine().getOut();
        if (!json.takesTerminal()) {
            terminal.printf(Locale.ROOT, "%,d documents, %,d written%n", report.documents(), report.written());
            report.counts().forEach((of, count) -> terminal.printf(Locale.ROOT, "%,12d  %s%n", count, of));
            terminal.println("wrote " + out);
            terminal.flush();
        }
        try {
            json.write(() -> report);
        } catch (IOException e) {
            throw new Failure("the result can't be written: " + Baigong.cause(e), e);
        }
    }
}
