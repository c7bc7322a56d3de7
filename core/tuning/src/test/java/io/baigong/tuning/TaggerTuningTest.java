package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.TokenProbabilities;
import io.baigong.compute.TokenTagger;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import io.baigong.spi.TokenTaggerSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tuned classifier is opened as it will be served, and asked about words that it has not seen together. */
class TaggerTuningTest {
    private static final List<String> FILLER =
            List.of("the", "supplier", "shall", "deliver", "goods", "on", "time", "and", "send", "an", "invoice");

    @TempDir
    Path folder;

    @Test
    void learnsToMarkDatesAndServesThemFromTheArtifact() throws Exception {
        new TaggerTuning(spec(List.of("Date"), 6)).tune(examples(24, 1), folder, Checkpoints.NONE, Progress.SILENT);
        try (TokenTagger tagger = TokenTagger.open(ModelFiles.folder(folder))) {
            assertThat(tagger.labels()).containsExactly("Date");
            assertThat(tagger.version()).isEqualTo("7");
            double inside = 0;
            double outside = 0;
            int dates = 0;
            int others = 0;
            for (LabelledText example : examples(10, 99)) {
                TokenProbabilities tokens = tagger.tag(List.of(example.text())).getFirst();
                var span = example.spans().getFirst();
                for (int i = 0; i < tokens.starts().length; i++) {
                    if (tokens.starts()[i] >= span.start() && tokens.ends()[i] <= span.end()) {
                        inside += tokens.scores()[i];
                        dates++;
                    } else {
                        outside += tokens.scores()[i];
                        others++;
                    }
                }
            }
            assertThat(inside / dates).isGreaterThan(0.7);
            assertThat(outside / others).isLessThan(0.2);
        }
    }

    @Test
    void saysWhatDoesNotFit() {
        assertThatThrownBy(() -> new TaggerTuning(spec(List.of("Date"), 1))
                        .tune(
                                List.of(new LabelledText(
                                        "a", "a", "text", List.of(new LabelledText.Span("Other", 0, 4)))),
                                folder,
                                Checkpoints.NONE,
                                Progress.SILENT))
                .hasMessageContaining("label 'Other'");
        assertThatThrownBy(() -> new TaggerTuning(new TokenTaggerSpec(
                        "t", "1", "no-such-encoder", List.of("a"), 6, 5, 62, 1, 1, 4, 1e-3, 1e-3, 1)))
                .hasMessageContaining("this build has");
        assertThatThrownBy(() -> new TaggerTuning(new TokenTaggerSpec(
                        "t", "1", "all-minilm-l6-v2", List.of("a"), 6, 5, 511, 1, 1, 4, 1e-3, 1e-3, 1)))
                .hasMessageContaining("longer than the 512");
    }

    private static TokenTaggerSpec spec(List<String> labels, int epochs) {
        return new TokenTaggerSpec("dates", "7", "all-minilm-l6-v2", labels, 6, 5, 62, 1, epochs, 8, 5e-4, 5e-3, 3);
    }

    private static List<LabelledText> examples(int count, long seed) {
        var random = new Random(seed);
        List<String> months = List.of("January", "March", "June", "October", "December");
        var examples = new ArrayList<LabelledText>();
        for (int i = 0; i < count; i++) {
            String before = words(random);
            String date = months.get(random.nextInt(months.size())) + " " + (1 + random.nextInt(28)) + ", "
                    + (1990 + random.nextInt(40));
            String text = before + " " + date + " " + words(random);
            int start = before.length() + 1;
            examples.add(new LabelledText(
                    "e" + i, "e" + i, text, List.of(new LabelledText.Span("Date", start, start + date.length()))));
        }
        return examples;
    }

    private static String words(Random random) {
        var words = new StringBuilder(FILLER.get(random.nextInt(FILLER.size())));
        for (int i = random.nextInt(12) + 3; i > 0; i--) {
            words.append(' ').append(FILLER.get(random.nextInt(FILLER.size())));
        }
        return words.toString();
    }
}
