package io.baigong.medical.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TermFoldTest {
    private static List<TermPair> terms(String... written) {
        return Stream.of(written).map(w -> new TermPair(w, List.of("x"))).toList();
    }

    private static List<String> measured(int fold, List<TermPair> all) throws IOException {
        return TermFold.of("chip-cdn").get(fold - 1).measured(all).stream()
                .map(TermPair::written)
                .toList();
    }

    @Test
    void eachTermIsMeasuredOnceAndNeverLearnedFromThere() throws IOException {
        List<TermPair> all = terms("头痛", "高血压", "胆囊结石", "肺炎", "左肾囊肿", "右肾囊肿", "贫血");
        var seen = new ArrayList<TermPair>();
        for (TermFold fold : TermFold.of("chip-cdn")) {
            var both = new HashSet<>(fold.measured(all));
            seen.addAll(fold.measured(all));
            assertThat(fold.learning(all)).doesNotContainAnyElementsOf(both).hasSize(all.size() - both.size());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
        // by position: the first and the sixth; a side of the body is no small difference in so short a term
        assertThat(measured(1, all)).containsExactly("头痛", "右肾囊肿");
    }

    @Test
    void termsThatAreNearlyTheSameStayTogether() throws IOException {
        List<TermPair> all = terms(
                "2型糖尿病性周围神经病变伴血管病变",
                "高血压",
                "２型糖尿病性周围神经病变，伴血管病变",
                "肺炎",
                "贫血",
                "头痛",
                "2型糖尿病性周围神经病变伴血管病变?",
                "2型糖尿病性周围神经病变伴有血管病变");
        // 17 pairs of neighbours, of which inserting one letter in the last breaks one and makes two: 16 of 18 in
        // common
        assertThat(measured(1, all))
                .containsExactly(
                        "2型糖尿病性周围神经病变伴血管病变", "２型糖尿病性周围神经病变，伴血管病变", "头痛", "2型糖尿病性周围神经病变伴血管病变?", "2型糖尿病性周围神经病变伴有血管病变");
    }

    @Test
    void tooFewTermsAreSaidToBe() {
        assertThatThrownBy(() -> measured(5, terms("头痛")))
                .isInstanceOf(IOException.class)
                .hasMessage("1 terms are too few for 5 folds");
    }
}
