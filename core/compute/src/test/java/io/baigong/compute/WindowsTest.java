package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WindowsTest {
    @Test
    void answersForEachTokenOnceAndNeverLeavesTheText() {
        for (var windows : new Windows[] {new Windows(254, 32), new Windows(10, 0), new Windows(7, 6)}) {
            for (int length = 1; length < 1500; length++) {
                int next = 0;
                for (var window : windows.over(length)) {
                    assertThat(window.from()).isEqualTo(next);
                    assertThat(window.start())
                            .isLessThanOrEqualTo(window.from())
                            .isGreaterThanOrEqualTo(0);
                    assertThat(window.to()).isLessThanOrEqualTo(window.end());
                    assertThat(window.end()).isLessThanOrEqualTo(length);
                    assertThat(window.end() - window.start()).isLessThanOrEqualTo(windows.size());
                    next = window.to();
                }
                assertThat(next).as("tokens answered for, of %d", length).isEqualTo(length);
            }
        }
    }

    @Test
    void givesInnerTokensWordsOnBothSides() {
        for (var window : new Windows(254, 32).over(5_000)) {
            assertThat(window.from() - window.start()).isGreaterThanOrEqualTo(window.start() == 0 ? 0 : 15);
            assertThat(window.end() - window.to()).isGreaterThanOrEqualTo(window.end() == 5_000 ? 0 : 15);
        }
    }

    @Test
    void hasNoWindowOverNothing() {
        assertThat(new Windows(254, 32).over(0)).isEmpty();
        assertThatThrownBy(() -> new Windows(8, 8)).isInstanceOf(IllegalArgumentException.class);
    }
}
