package io.baigong.compute.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadingOrderTest {
    @Test
    void nothing() {
        assertThat(ReadingOrder.of(List.of())).isEmpty();
    }

    @Test
    void numberStandsBeforeItsTextThoughSetALittleLower() {
        var number = new Box(100, 103, 130, 123);
        var text = new Box(160, 100, 900, 120);
        var next = new Box(160, 126, 880, 146);
        assertThat(ReadingOrder.of(List.of(next, text, number))).containsExactly(number, text, next);
    }

    @Test
    void columnsAreReadOneAfterTheOtherBetweenTitleAndFoot() {
        var expected = new ArrayList<Box>();
        expected.add(new Box(100, 50, 1000, 70));
        for (int left : new int[] {100, 600}) {
            for (int row = 0; row < 6; row++) {
                expected.add(new Box(left, 100 + 30 * row, left + 380 + row, 120 + 30 * row));
            }
        }
        expected.add(new Box(100, 400, 1000, 420));
        var mixed = new ArrayList<>(expected);
        Collections.shuffle(mixed, new Random(5));
        assertThat(ReadingOrder.of(mixed)).containsExactlyElementsOf(expected);
    }

    @Test
    void signaturesSideBySideAreReadRowByRow() {
        var expected = new ArrayList<Box>();
        for (int row = 0; row < 3; row++) {
            expected.add(new Box(100, 100 + 30 * row, 300, 120 + 30 * row));
            expected.add(new Box(600, 100 + 30 * row, 800, 120 + 30 * row));
        }
        var mixed = new ArrayList<>(expected);
        Collections.shuffle(mixed, new Random(5));
        assertThat(ReadingOrder.of(mixed)).containsExactlyElementsOf(expected);
    }
}
