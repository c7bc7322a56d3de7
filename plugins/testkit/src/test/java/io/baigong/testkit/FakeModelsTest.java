package io.baigong.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Prompt;
import io.baigong.spi.RecognisedWord;
import io.baigong.spi.TokenScores;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FakeModelsTest {
    private static final BufferedImage PAGE = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    private static final Prompt PROMPT = new Prompt("Be brief.", "Why?", Optional.empty(), 10);

    @Test
    void tagsTheTokensOfASpan() {
        String text = "Delaware law, 法律.";
        var models = FakeModels.script()
                .tag("law", List.of("Other", "Law"), t -> FakeModels.Span.ofWords(t, "Law", "Delaware law", 0.75))
                .build();

        TokenScores scores = models.tag("law", List.of(text)).getFirst();

        assertThat(scores.starts()).containsExactly(0, 9, 12, 14, 15, 16);
        assertThat(scores.ends()).containsExactly(8, 12, 13, 15, 16, 17);
        assertThat(scores.scores()).containsExactly(0, 0.75f, 0, 0.75f, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void marksNothingWhereTheWordsAreMissing() {
        assertThat(FakeModels.Span.ofWords("Delaware", "Law", "Texas", 1)).isEmpty();
    }

    @Test
    void overlappingSpansKeepTheHigherScore() {
        var models = FakeModels.script()
                .tag(
                        "r",
                        List.of("A"),
                        t -> List.of(new FakeModels.Span("A", 0, 3, 0.5), new FakeModels.Span("A", 0, 1, 0.25)))
                .build();

        assertThat(models.tag("r", List.of("a b")).getFirst().scores()).containsExactly(0.5f, 0.5f);
    }

    @Test
    void refusesALabelOrSpanThatIsNone() {
        var models = FakeModels.script()
                .tag("label", List.of("A"), t -> List.of(new FakeModels.Span("B", 0, 1, 1)))
                .tag("span", List.of("A"), t -> List.of(new FakeModels.Span("A", 0, 9, 1)))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> models.tag("label", List.of("a")))
                .withMessage("label B is not one of [A]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> models.tag("span", List.of("a")))
                .withMessage("[0, 9) is no span of a text of 1 units");
    }

    @Test
    void embedsToUnitLengthAndPutsSharedWordsNear() {
        var models = FakeModels.script().embed("e", 64).build();

        float[][] vectors = models.embed(
                "e", List.of("the supplier pays", "the supplier pays late", "rain in spring", "the supplier pays", ""));

        for (float[] vector : vectors) {
            assertThat(dot(vector, vector)).isCloseTo(1, within(1e-6));
        }
        assertThat(vectors[3]).isEqualTo(vectors[0]);
        assertThat(dot(vectors[0], vectors[1])).isGreaterThan(0.7).isGreaterThan(dot(vectors[0], vectors[2]));
    }

    @Test
    void readsAndCompletesAsScripted() {
        var word = new RecognisedWord("Seal", 1, 2, 3, 4, 0.5);
        var models = FakeModels.script()
                .read("ocr", image -> List.of(word))
                .complete("chat", prompt -> "Because of " + prompt.user())
                .build();

        assertThat(models.read("ocr", PAGE)).containsExactly(word);
        assertThat(models.complete("chat", PROMPT).orElseThrow().text()).isEqualTo("Because of Why?");
        assertThat(models.prompts()).containsExactly(new FakeModels.Asked("chat", PROMPT));
        assertThat(models.used()).extracting(ModelVersion::role).containsExactly("ocr", "chat");
    }

    @Test
    void anUnscriptedRoleResolvesToNoModel() {
        var models = FakeModels.none();

        assertThat(models.complete("chat", PROMPT)).isEmpty();
        for (Runnable call : List.<Runnable>of(
                () -> models.tag("r", List.of()), () -> models.embed("r", List.of()), () -> models.read("r", PAGE))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.Model.UNAVAILABLE))
                    .hasMessageContaining("role r");
        }
        assertThat(models.used()).isEmpty();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
