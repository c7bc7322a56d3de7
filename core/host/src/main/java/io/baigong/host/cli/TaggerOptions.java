package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.spi.Adaptation;
import io.baigong.tuning.Distillation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What one may ask of a token classifier's training in place of its recipe's choice. */
final class TaggerOptions {
    private static final String CARD = "README.md";

    @Option(
            names = "--lora",
            paramLabel = "RANK",
            description =
                    "Tunes encoders by matrices of this rank beside their dense layers (LoRA) in place of all weights. Scaled"
                            + " by 2, and with ten times the recipe's learning rate.")
    private @Nullable Integer lora;

    @Option(
            names = "--teacher",
            paramLabel = "DIR",
            description =
                    "Learns what the artifact in this folder answers, beside the labels (distillation). Given several times, the mean"
                            + " of their answers.")
    private List<Path> teachers = new ArrayList<>();

    @Option(
            names = "--teacher-share",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Of teachers in what is learned, above 0 and up to 1; ${DEFAULT-VALUE} unless it is given.")
    private double share;

    @Option(
            names = "--blocks",
            paramLabel = "NUMBER",
            description = "Keeps so many blocks of encoders in place of the recipe's number.")
    private @Nullable Integer blocks;

    Training.Wishes wishes() {
        try {
            if (blocks != null && blocks < 1) {
                throw new WrongUsage("an encoder keeps 1 block or more, not " + blocks);
            }
            teachers.forEach(Platform::existing);
            return new Training.Wishes(
                    lora == null
                            ? new Adaptation.Full()
                            : new Adaptation.LowRank(lora, 2.0 * lora, Adaptation.Layers.ALL),
                    blocks == null ? 0 : blocks,
                    new Distillation(teachers, share));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    /** What was asked for, as words of the command; empty for nothing. */
    String words() {
        var words = new ArrayList<String>();
        if (lora != null) {
            words.add("--lora " + lora);
        }
        if (blocks != null) {
            words.add("--blocks " + blocks);
        }
        teachers.forEach(teacher -> words.add("--teacher " + teacher.getFileName()));
        if (!teachers.isEmpty()) {
            words.add("--teacher-share " + share);
        }
        return String.join(" ", words);
    }

    /** Says in the model card, if there is one, what was asked for. */
    void tell(Path artifact) throws IOException {
        Path card = artifact.resolve(CARD);
        if (Files.exists(card)) {
            Files.writeString(
                    card,
                    "- **Asked for in place of the recipe's choice**: `%s`.%n".formatted(words()),
                    StandardOpenOption.APPEND);
        }
    }
}
