package io.baigong.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;

class JaccardTest {
    @Test
    void isTheSharedPartOfTwoSets() {
        assertThat(Jaccard.of(Set.of(1, 2, 3), Set.of(3, 4))).isEqualTo(0.25);
        assertThat(Jaccard.of(Set.of(3, 4), Set.of(1, 2, 3))).isEqualTo(0.25);
        assertThat(Jaccard.of(Set.of(1), Set.of(1))).isOne();
        assertThat(Jaccard.of(Set.of(), Set.of(1))).isZero();
        assertThat(Jaccard.of(Set.of(), Set.of())).isZero();
    }

    @Test
    void takesWordsAsCuadDoes() {
        assertThat(Jaccard.words("The  Buyer/End-User: SHALL,\tpay;\u00a0(net) 3.5%.\u0085now"))
                .containsExactlyInAnyOrder("the", "buyer", "end-user", "shall", "pay", "(net)", "35%", "now");
        assertThat(Jaccard.words(" .,;: / ")).isEmpty();
    }

    @Test
    void comparesTexts() {
        // {this, agreement, ends} and {the, agreement, ends, today}: 2 shared of 5.
        double similarity =
                Jaccard.of(Jaccard.words("This Agreement ends."), Jaccard.words("the agreement ends, today"));

        assertThat(similarity).isCloseTo(0.4, within(1e-12));
    }
}
