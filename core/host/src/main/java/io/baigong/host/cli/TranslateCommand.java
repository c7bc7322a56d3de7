package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.tuning.data.BackTranslation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code data translate}. */
@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description =
                "Writes behind each document one that says the same in other words: translated into another language and back by"
                        + " the chat model of baigong.chat.model.")
final class TranslateCommand implements Callable<Integer> {
    @Mixin
    private final ChatOptions chat = new ChatOptions();

    @Option(
            names = "--through",
            required = true,
            paramLabel = "LANGUAGE",
            description = "As one would name it in English, such as German.")
    @SuppressWarnings("NullAway.Init")
    private String through;

    @Override
    public Integer call() {
        try {
            return chat.run(new BackTranslation(through));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }
}
