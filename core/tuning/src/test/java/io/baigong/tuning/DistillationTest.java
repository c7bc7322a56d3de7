package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.BaseEncoder;
import io.baigong.compute.ModelFiles;
import io.baigong.compute.TokenTagger;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import io.baigong.spi.TokenTaggerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student learns from its teachers what no label has told it. */
class DistillationTest {
    private static final String TEXT = "the supplier shall deliver goods on 31 March and send an invoice";

    @TempDir
    static Path folder;

    private static Path teacher;

    private static TokenTaggerSpec spec(String label, int blocks) {
        return new TokenTaggerSpec("t", "1", "all-minilm-l6-v2", List.of(label), blocks, 0, 30, 1, 8, 4, 5e-4, 1e-2, 3);
    }

    private static List<LabelledText> texts(boolean labelled) {
        return IntStream.range(0, 24)
                .mapToObj(i -> {
                    String text = "the supplier shall deliver goods on " + (1 + i) + " March and send an invoice";
                    var span = new LabelledText.Span("Date", text.indexOf(" on ") + 4, text.indexOf(" March") + 6);
                    return new LabelledText("e" + i, "e" + i, text, labelled ? List.of(span) : List.of());
                })
                .toList();
    }

    @BeforeAll
    static void teach() throws IOException {
        teacher = folder.resolve("teacher");
        new TaggerTuning(spec("Date", 4)).tune(texts(true), teacher, Checkpoints.NONE, Progress.SILENT);
    }

    /** How sure the artifact is of what is the date, and of what is not, at the least and at the most. */
    private static double[] sure(Path artifact) throws IOException {
        double inside = 1;
        double outside = 0;
        try (TokenTagger tagger = TokenTagger.open(ModelFiles.folder(artifact))) {
            var tokens = tagger.tag(List.of(TEXT)).getFirst();
            for (int i = 0; i < tokens.starts().length; i++) {
                if (tokens.starts()[i] >= TEXT.indexOf("31") && tokens.ends()[i] <= TEXT.indexOf(" and")) {
                    inside = Math.min(inside, tokens.scores()[i]);
                } else {
                    outside = Math.max(outside, tokens.scores()[i]);
                }
            }
        }
        return new double[] {inside, outside};
    }

    @Test
    void whatTeachersKnowIsLearnedWithoutALabel() throws Exception {
        Path student = folder.resolve("student");
        new TaggerTuning(spec("Date", 2), new Distillation(List.of(teacher, teacher), 1))
                .tune(texts(false), student, Checkpoints.NONE, Progress.SILENT);
        double[] sure = sure(student);
        assertThat(sure[0]).isGreaterThan(0.5);
        assertThat(sure[1]).isLessThan(0.5);
        try (TokenTagger small = TokenTagger.open(ModelFiles.folder(student));
                TokenTagger large = TokenTagger.open(ModelFiles.folder(teacher))) {
            assertThat(small.parameters()).isLessThan(large.parameters());
        }
        Path alone = folder.resolve("alone");
        new TaggerTuning(spec("Date", 2)).tune(texts(false), alone, Checkpoints.NONE, Progress.SILENT);
        assertThat(sure(alone)[0]).isLessThan(0.1);
    }

    /** Of four blocks, the first and the third. */
    @Test
    void aStudentBeginsAsPartsOfItsTeacher() throws Exception {
        var base = BaseEncoder.of("all-minilm-l6-v2").weights();
        var begun = new Distillation(List.of(teacher), 0.5).begin(spec("Date", 2), base);
        var all = new Distillation(List.of(teacher), 0.5).begin(spec("Date", 4), base);
        String weight = ".attention.self.query.weight";
        for (int[] pair : new int[][] {{0, 0}, {1, 2}}) {
            assertThat(begun.get("encoder.layer." + pair[0] + weight).values())
                    .isEqualTo(all.get("encoder.layer." + pair[1] + weight).values())
                    .isNotEqualTo(base.get("encoder.layer." + pair[0] + weight).values());
        }
        assertThat(begun.keySet()).isEqualTo(base.keySet());
    }

    @Test
    void saysWhatIsNoTeacher() {
        assertThatThrownBy(() -> new TaggerTuning(spec("Other", 2), new Distillation(List.of(teacher), 0.5))
                        .tune(List.of(), folder.resolve("none"), Checkpoints.NONE, Progress.SILENT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is none for t: it is made of all-minilm-l6-v2 for [Date]");
        for (double share : new double[] {0, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Distillation(List.of(), share)).hasMessageContaining("above 0 and up to 1");
        }
    }
}
