package io.baigong.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WithoutWordsTest {
    private static String printed(Throwable thrown) {
        var out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out, true));
        return out.toString();
    }

    @Test
    void saysWhatAndWhereAndQuotesNothing() {
        var thrown = new IllegalStateException("patient Quixalba", new NumberFormatException("For input: Quixalba"));
        thrown.addSuppressed(new IllegalArgumentException("Quixalba"));
        assertThat(printed(thrown)).contains("Quixalba");

        assertThat(printed(WithoutWords.of(thrown)))
                .doesNotContain("Quixalba")
                .contains("java.lang.IllegalStateException")
                .containsPattern("Caused by: \\S+ java.lang.NumberFormatException")
                .contains("WithoutWordsTest.saysWhatAndWhereAndQuotesNothing");
    }

    @Test
    void aCircleOfCausesEnds() {
        var first = new IllegalStateException("a");
        var second = new IllegalStateException("b", first);
        first.initCause(second);
        assertThat(printed(WithoutWords.of(first))).containsPattern("Caused by: \\S+ java.lang.IllegalStateException");
    }
}
