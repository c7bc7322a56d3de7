package io.baigong.finance.clause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClauseRankerTest {
    /** Passages whose chance to be right is known: logistic in the first feature, higher for one type. */
    private static List<ClauseRanker.Example> examples(long seed, int count) {
        var random = new Random(seed);
        var examples = new ArrayList<ClauseRanker.Example>();
        for (int i = 0; i < count; i++) {
            float[] features = new float[ClauseCandidate.FEATURES];
            for (int f = 0; f < features.length; f++) {
                features[f] = 4 * random.nextFloat() - 2;
            }
            ClauseType type = random.nextBoolean() ? ClauseType.INSURANCE : ClauseType.AUDIT_RIGHTS;
            examples.add(new ClauseRanker.Example(
                    new ClauseCandidate(type, 0, 1, features), random.nextDouble() < chance(type, features)));
        }
        return examples;
    }

    private static double chance(ClauseType type, float[] features) {
        return 1 / (1 + Math.exp(-(1.5 * features[0] - (type == ClauseType.INSURANCE ? 0 : 1.5))));
    }

    @Test
    void learnsTheChanceThatAPassageIsRight() {
        ClauseRanker ranker = ClauseRanker.fit(examples(1, 40_000), 0.5);
        double meanError = examples(2, 500).stream()
                .mapToDouble(example -> Math.abs(ranker.clause(example.candidate())
                                .confidence()
                        - chance(example.candidate().type(), example.candidate().features())))
                .average()
                .orElseThrow();
        assertThat(meanError).isLessThan(0.06);
    }

    @Test
    void readsWhatItWroteAndIsRepeatable() throws IOException {
        ClauseRanker ranker = ClauseRanker.fit(examples(1, 300), 0.3);
        var out = new ByteArrayOutputStream();
        ranker.write(out);
        ClauseRanker read = ClauseRanker.read(new ByteArrayInputStream(out.toByteArray()));
        ClauseRanker again = ClauseRanker.fit(examples(1, 300), 0.3);
        for (var example : examples(3, 20)) {
            assertThat(read.clause(example.candidate())).isEqualTo(ranker.clause(example.candidate()));
            assertThat(again.clause(example.candidate())).isEqualTo(ranker.clause(example.candidate()));
        }
    }

    @Test
    void refusesWhatIsNoRanker() {
        for (String json : List.of(
                "",
                "{}",
                "[1]",
                "{\"likely\":0.5,\"means\":[1],\"scales\":[1],\"networks\":[]}",
                "{\"likely\":0.5,\"means\":[],\"scales\":[],\"networks\":[{\"weights\":[[1]],\"types\":{},\"output\":[1],\"bias\":0}]}")) {
            assertThatThrownBy(() -> ClauseRanker.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
                    .as(json)
                    .isInstanceOf(IOException.class);
        }
    }
}
