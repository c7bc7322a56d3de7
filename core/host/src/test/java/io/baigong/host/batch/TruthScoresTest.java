package io.baigong.host.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.measures.Interval;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Metrics against sums that can be done by hand, and intervals against the textbook. */
class TruthScoresTest {
    /** A code. */
    record Code(String code) {}

    /** A task's output. */
    record Output(@Nullable String verdict, double share, List<Code> codes, List<String> tags) {}

    private static TruthScores of(String path) {
        return new TruthScores(OutputField.of(Output.class, path).orElseThrow());
    }

    private static JsonNode json(String text) throws Exception {
        return PlatformJson.mapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void setsHaveMicroAndMacroScores() throws Exception {
        TruthScores codes = of("codes.code");
        codes.add(json("['I10', 'R05']"), json("{'codes': [{'code': 'I10'}, {'code': 'J45'}]}"));
        codes.add(json("['I10']"), json("{'codes': [{'code': 'I10'}, {'code': 'I10'}]}"));
        codes.add(json("[]"), json("{'codes': []}"));
        codes.add(json("['I10']"), null);

        // 2 right, 1 wrong, 1 missed. F1 by word: I10 1, R05 0, J45 0.
        Map<String, Interval> metrics = codes.metrics();
        assertThat(metrics).containsOnlyKeys("micro_precision", "micro_recall", "micro_f1", "macro_f1");
        assertThat(metrics.get("micro_precision").value()).isEqualTo(2.0 / 3);
        assertThat(metrics.get("micro_recall").value()).isEqualTo(2.0 / 3);
        assertThat(metrics.get("macro_f1").value()).isEqualTo(1.0 / 3);
        assertThat(codes.records()).isEqualTo(3);
        assertThat(codes.unanswered()).isEqualTo(1);
        assertThat(of("codes.code").metrics()).isEmpty();
    }

    @Test
    void numbersHaveErrorsAndALengthIsANumber() throws Exception {
        TruthScores share = of("share");
        share.add(json("1"), json("{'share': 4}"));
        share.add(json("1"), json("{'share': -3}"));
        share.add(json("1"), json("{'share': null}"));
        assertThat(share.metrics().get("mae").value()).isEqualTo(3.5);
        assertThat(share.metrics().get("rmse").value()).isEqualTo(Math.sqrt(12.5));
        assertThat(share.unanswered()).isEqualTo(1);

        TruthScores length = of("tags.length");
        length.add(json("3"), json("{'tags': ['a']}"));
        assertThat(length.metrics().get("mae").value()).isEqualTo(2);
        assertThat(OutputField.of(Output.class, "tags").orElseThrow().kind()).isEqualTo(OutputField.Kind.SET);
        assertThat(OutputField.of(Output.class, "codes")).isEmpty();
    }

    @Test
    void aMissingLabelIsWrongAndManyRecordsKeepTheSpreadOfRecords() throws Exception {
        TruthScores verdict = of("verdict");
        var random = new Random(5);
        int right = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean hit = random.nextDouble() < 0.8;
            right += hit ? 1 : 0;
            verdict.add(json("'PASS'"), json(hit ? "{'verdict': 'PASS'}" : "{'verdict': null}"));
        }
        Interval accuracy = verdict.metrics().get("accuracy");
        assertThat(accuracy.value()).isEqualTo(right / 20_000.0);
        // Normal approximation: 2 * 1.96 * sqrt(0.8 * 0.2 / 20000).
        assertThat(accuracy.high() - accuracy.low()).isCloseTo(0.0111, within(0.0015));
    }

    @Test
    void moreWordsThanCanBeKeptLeaveTheMacroScoreOut() throws Exception {
        TruthScores verdict = of("verdict");
        for (int i = 0; i < 100; i++) {
            verdict.add(json("'w" + i + "'"), json("{'verdict': 'w" + i + "'}"));
        }
        assertThat(verdict.metrics()).containsOnlyKeys("accuracy");
        assertThat(verdict.metrics().get("accuracy").value()).isEqualTo(1);
    }
}
