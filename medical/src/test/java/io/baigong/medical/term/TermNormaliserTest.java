package io.baigong.medical.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.medical.code.Code;
import io.baigong.medical.text.NgramIndex;
import io.baigong.spi.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermNormaliserTest {
    private static final List<Code> CODES = List.of(
            new Code("06.2x01", "单侧甲状腺叶切除术", List.of()),
            new Code("51.2301", "腹腔镜下胆囊切除术", List.of("LC")),
            new Code("47.0901", "阑尾切除术", List.of()),
            new Code("54.5901", "肠粘连松解术", List.of()));
    private static final List<TermPair> PAIRS = List.of(
            new TermPair("右甲状腺腺叶切除", List.of("单侧甲状腺叶切除术")),
            new TermPair("左甲状腺腺叶切除", List.of("单侧甲状腺叶切除术")),
            new TermPair("阑尾切除+肠粘连松解", List.of("阑尾切除术", "肠粘连松解术")),
            new TermPair("罕见手术", List.of("名单以外的名称")));

    /** Answers with the nearness of the title's letters, as trees that have learned nothing else. */
    private static Tensor nearness(Tensor rows) {
        float[] answers = new float[rows.shape()[0]];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = rows.at(i, TermCandidate.FEATURES.indexOf("title_cosine_part"));
        }
        return new Tensor(new int[] {answers.length, 1}, answers);
    }

    @ParameterizedTest
    @CsvSource({"右侧甲状腺叶切除术,单侧甲状腺叶切除术", "腹腔镜胆囊切除,腹腔镜下胆囊切除术", "ＬＣ,腹腔镜下胆囊切除术", "阑尾切除术(47.0),阑尾切除术"})
    void theListAloneFindsTheNearestLetters(String term, String name) {
        var normalised = TermNormaliser.lexically(TermMemory.of(CODES, List.of()), term);
        assertThat(normalised.chosen()).extracting(StandardTerm::name).containsExactly(name);
    }

    @Test
    void eachPartBetweenSeparatorsGetsAName() {
        var normalised = TermNormaliser.lexically(TermMemory.of(CODES, List.of()), "阑尾切除术+肠粘连松解术");
        assertThat(normalised.chosen()).extracting(StandardTerm::name).containsExactlyInAnyOrder("阑尾切除术", "肠粘连松解术");
    }

    @Test
    void theThresholdDecidesHowManyNames() {
        TermMemory memory = TermMemory.of(CODES, PAIRS);
        var one = new TermNormaliser(memory, TermNormaliserTest::nearness, 1.1).normalise(List.of("阑尾切除术+肠粘连松解术"));
        assertThat(one.getFirst().chosen()).hasSize(1);
        var two = new TermNormaliser(memory, TermNormaliserTest::nearness, 0.9).normalise(List.of("阑尾切除术+肠粘连松解术"));
        assertThat(two.getFirst().chosen()).extracting(StandardTerm::name).containsExactlyInAnyOrder("阑尾切除术", "肠粘连松解术");
        assertThat(two.getFirst().chosen().getFirst().codes()).hasSize(1);
        assertThat(new TermNormaliser(memory, TermNormaliserTest::nearness, 0.5).normalise(List.of("", "？？")))
                .hasSize(2)
                .allSatisfy(n -> assertThat(n.chosen()).isEmpty());
    }

    @Test
    void countsKnowNothingOfThePairsLeftOut() {
        TermMemory memory = TermMemory.of(CODES, PAIRS);
        int name = memory.numbers(Set.of("单侧甲状腺叶切除术")).iterator().next();
        assertThat(memory.counts.given()[name]).isEqualTo(2);
        assertThat(memory.learnedOf(pair -> pair != 0).counts.given()[name]).isEqualTo(1);
        int a = memory.numbers(Set.of("阑尾切除术")).iterator().next();
        int b = memory.numbers(Set.of("肠粘连松解术")).iterator().next();
        assertThat(memory.counts.together(b, a)).isEqualTo(1);
        assertThat(memory.learnedOf(pair -> pair != 2).counts.together(a, b)).isZero();
    }

    @Test
    void aTermsOwnPairIsNotItsNeighbour() {
        TermMemory memory = TermMemory.of(CODES, PAIRS);
        int mention = TermCandidate.FEATURES.indexOf("mention_cosine_whole");
        int name = memory.numbers(Set.of("单侧甲状腺叶切除术")).iterator().next();
        var all = new TermCandidates(memory).of(Segments.of("右甲状腺腺叶切除"), -1);
        var others = new TermCandidates(memory).of(Segments.of("右甲状腺腺叶切除"), 0);
        assertThat(feature(all, name, mention)).isGreaterThan(0.999f);
        assertThat(feature(others, name, mention)).isBetween(0.1f, 0.99f);
    }

    private static float feature(List<TermCandidate> candidates, int name, int feature) {
        return candidates.stream()
                .filter(c -> c.name() == name)
                .findFirst()
                .orElseThrow()
                .features()[feature];
    }

    @Test
    void namesThatOnlyPairsHaveHaveNoCode() {
        TermMemory memory = TermMemory.of(CODES, PAIRS);
        assertThat(memory.names).hasSize(5);
        assertThat(memory.names.getLast().codes()).isEmpty();
    }

    @Test
    void theBestComeFirst() {
        assertThat(NgramIndex.best(new float[] {0.1f, 0, 0.5f, 0.3f}, 2)).containsExactly(2, 3);
        assertThat(NgramIndex.best(new float[] {0, 0}, 2)).isEmpty();
    }
}
