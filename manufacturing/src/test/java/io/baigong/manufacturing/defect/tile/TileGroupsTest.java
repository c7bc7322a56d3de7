package io.baigong.manufacturing.defect.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TileGroupsTest {
    @Test
    void numbersThatLieCloseAreOneTile() {
        assertThat(TileGroups.of(List.of(
                        "free/exp1_num_1150.jpg",
                        "crack/exp1_num_1000.jpg",
                        "free/exp1_num_1080.jpg",
                        "free/exp2_num_1000.jpg",
                        "free/exp1_num_1300.jpg",
                        "free/drawing.jpg")))
                .containsExactly(1, 1, 1, 3, 4, 5);
    }
}
