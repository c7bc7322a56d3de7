package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.tuning.data.ChatLabelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code data label}. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        description =
                "Has the chat model of baigong.chat.model mark passages of documents, for a smaller model to learn from. What it quotes"
                        + " must stand in the text.")
final class LabelCommand implements Callable<Integer> {
    @Mixin
    private final ChatOptions chat = new ChatOptions();

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "FILE",
            description = "A label a line: its name and, behind a tab, what it means.")
    @SuppressWarnings("NullAway.Init")
    private Path labels;

    @Override
    public Integer call() {
        try {
            return chat.run(new ChatLabelling(ChatLabelling.labels(CleanCommand.file(labels)), ChatOptions.model()));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Failure(Baigong.cause(e), e);
        }
    }
}
