package io.baigong.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FakeContextTest {
    @Test
    void clockStandsStillAndRandomNumbersRepeat() {
        var one = FakeContext.of(FakeModels.none(), 7);
        var two = FakeContext.of(FakeModels.none(), 7);
        var other = FakeContext.of(FakeModels.none(), 8);

        assertThat(one.clock().instant()).isEqualTo(FakeContext.NOW);
        long first = one.random().nextLong();
        assertThat(two.random().nextLong()).isEqualTo(first);
        assertThat(other.random().nextLong()).isNotEqualTo(first);
    }
}
