package io.baigong.tuning.data;

import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves out the documents that a model of characters finds least likely: those beyond a quantile of their own language. */
final class Unlikeness {
    private final CleaningOptions options;
    private final DocumentParser parser;
    private final Verdicts verdicts;

    Unlikeness(CleaningOptions options, DocumentParser parser, Verdicts verdicts) {
        this.options = options;
        this.parser = parser;
        this.verdicts = verdicts;
    }

    /**
     * Reads the data two times more.
     *
     * @return the reference as it was read, or null if the data judges itself
     */
    Source.@Nullable Input drop(Source source, Progress progress) throws IOException {
        Path reference = options.perplexity().reference();
        var models = new CharacterModel[] {new CharacterModel(), new CharacterModel()};
        Source.Input read = null;
        if (reference == null) {
            source.read(
                    line -> {
                        String text = text(line);
                        if (text != null) {
                            models[line.index() & 1].learn(text);
                        }
                        return "";
                    },
                    none -> {},
                    progress.part(0, 0.5),
                    "learning what the data is like");
        } else {
            read = learn(reference, models[0], progress.part(0, 0.5));
            models[1] = models[0];
        }
        float[] scores = new float[verdicts.size()];
        source.read(
                line -> {
                    String text = text(line);
                    // What was learned of the one half judges the other: no document vouches for itself.
                    return text == null ? Double.NaN : models[~line.index() & 1].score(text);
                },
                new Source.Sink<Double>() {
                    private int line;

                    @Override
                    public void take(Double score) {
                        scores[line++] = score.floatValue();
                    }
                },
                progress.part(0.5, 1),
                "judging how like it each document is");
        for (Language language : Language.values()) {
            beyond(language, scores);
        }
        return read;
    }

    private Source.Input learn(Path reference, CharacterModel model, Progress progress) throws IOException {
        var plain = new DocumentParser(
                new Reading("text", "", "", "", true, options.reading().maxLineBytes()));
        try (var source = new Source(List.of(reference), options.reading().maxLineBytes())) {
            return source.read(
                            line -> {
                                if (plain.parsed(line) instanceof Document.Text text) {
                                    model.learn(Script.normalised(text.text()));
                                }
                                return "";
                            },
                            none -> {},
                            progress,
                            "learning from " + reference.getFileName())
                    .getFirst();
        }
    }

    private @Nullable String text(Source.Line line) {
        return verdicts.kept(line.index()) && parser.parsed(line) instanceof Document.Text text
                ? Script.normalised(text.text())
                : null;
    }

    private void beyond(Language language, float[] scores) {
        int[] lines = Arrays.stream(verdicts.keptLines())
                .filter(line -> verdicts.language(line) == language)
                .toArray();
        float[] sorted = new float[lines.length];
        for (int i = 0; i < lines.length; i++) {
            sorted[i] = scores[lines[i]];
        }
        Arrays.sort(sorted);
        int stay = (int) Math.ceil(options.perplexity().quantile() * sorted.length);
        for (int line : lines) {
            if (stay < sorted.length && scores[line] > sorted[stay - 1]) {
                verdicts.drop(line, DropReason.PERPLEXITY);
            }
        }
    }
}
