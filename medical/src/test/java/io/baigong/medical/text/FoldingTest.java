package io.baigong.medical.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
    @ParameterizedTest
    @CsvSource({
        "心功能IV级,心功能4级",
        "心功能Ⅳ级,心功能4级",
        "ＭＲＩ　检查,mri 检查",
        "输尿管双“J”管取出术,输尿管双 j 管取出术",
        "Exploración física,exploracion fisica",
        "VATS,vats",
        "XIII,xiii",
        "'  a -- b ',a b"
    })
    void foldsWhatVariesWithoutMeaning(String text, String folded) {
        assertThat(Folding.fold(text)).isEqualTo(folded);
    }

    @ParameterizedTest
    @CsvSource({"D-J管取出,双j管取出", "鼻粘膜活检,鼻黏膜活检", "骨盆骨折,盆骨骨折", "人工晶体,人工晶状体", "人工晶状体,人工晶状体", "双J管置入,双j管置入"})
    void readsSpellingsAsOne(String text, String packed) {
        assertThat(Folding.packed(text)).isEqualTo(packed);
    }

    @Test
    void cosinesAreThoseOfTheDefinition() {
        NgramIndex index = NgramIndex.of(List.of("ab", "ac"), 1);
        // idf: a ln(3/2), b and c ln 3
        double a = Math.log(1.5);
        double b = Math.log(3);
        float[] cosines = index.cosines(index.query("ab"));
        assertThat(cosines[0]).isCloseTo(1, within(1e-6f));
        assertThat(cosines[1]).isCloseTo((float) (a * a / (a * a + b * b)), within(1e-6f));
        assertThat(index.cosine(0, 1)).isCloseTo(cosines[1], within(1e-6f));
        assertThat(index.covered(1, index.query("ab"))).isCloseTo((float) (a * a / (a * a + b * b)), within(1e-6f));
        assertThat(index.cosines(index.query("zzz"))).containsOnly(0);
    }

    @Test
    void translationLearnsWhatStandsForWhat() {
        Translation translation = Translation.fit(List.of(
                new Translation.Pair("肝瘤", "肝病损"),
                new Translation.Pair("肾瘤", "肾病损"),
                new Translation.Pair("肾石", "肾结石")));
        var scores = translation.targets(List.of("脾病损", "脾结石")).given("脾瘤");
        assertThat(scores.mean()[0]).isGreaterThan(scores.mean()[1]);
        assertThat(scores.explained()[0]).isGreaterThan(scores.explained()[1]);
        assertThat(translation.explained("脾瘤", "脾病损")).isGreaterThan(translation.explained("脾瘤", "肝结石"));
        assertThat(translation.explainedCharacters("脾瘤", "")).isNaN();
    }
}
