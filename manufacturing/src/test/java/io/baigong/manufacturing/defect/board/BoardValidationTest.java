package io.baigong.manufacturing.defect.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.measures.Box;
import io.baigong.measures.BoxMatches.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardValidationTest {
    private static final Box HERE = new Box(0, 0, 20, 20);
    private static final Box THERE = new Box(100, 100, 120, 120);
    private static final Box NOWHERE = new Box(200, 200, 220, 220);

    /** One defect is found as another kind, one is missed, and noise scores 0.3: two boards with a defect, one without. */
    @Test
    void eachDefectIsABoardOfItsOwn() {
        var validation = new BoardValidation();
        validation.add(
                List.of(
                        new BoardComparison.Finding(BoardDefect.OPEN, HERE, HERE, 0.9),
                        new BoardComparison.Finding(BoardDefect.SPUR, NOWHERE, NOWHERE, 0.3)),
                List.of(new Truth(1, HERE), new Truth(2, THERE)));
        assertThat(validation.scores().sound()).containsExactly(0.3);
        assertThat(validation.scores().defective()).containsExactly(0.3, 0.9);
    }
}
