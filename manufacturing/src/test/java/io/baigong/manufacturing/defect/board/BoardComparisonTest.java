package io.baigong.manufacturing.defect.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.manufacturing.defect.drawn.DrawnBoard;
import io.baigong.manufacturing.defect.drawn.Pictures;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.UnreadablePicture;
import io.baigong.measures.Box;
import io.baigong.measures.BoxMatches.Truth;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoardComparisonTest {
    /** The board lies two pixels off its template; only the planted defects are left. */
    @Test
    void findsWhatWasPlantedAndNothingElse() throws Exception {
        DrawnBoard board = DrawnBoard.seeded(3);
        var comparison = BoardComparison.of(Pictures.of(board.template()), Pictures.of(board.test()), false);
        assertThat(comparison.differences()).hasSameSizeAs(board.defects());
        for (DrawnBoard.Planted planted : board.defects()) {
            var place = planted.place();
            var box = new Box(place.x, place.y, place.getMaxX(), place.getMaxY());
            assertThat(comparison.differences())
                    .as(planted.toString())
                    .anyMatch(each -> new Box(each.x0(), each.y0(), each.x1(), each.y1()).overlap(box) > 0.5);
        }
    }

    @Test
    void touchesTellTheKindsApart() throws Exception {
        DrawnBoard board = DrawnBoard.seeded(3);
        var comparison = BoardComparison.of(Pictures.of(board.template()), Pictures.of(board.test()), false);
        int touches = DifferenceFeatures.NAMES.indexOf("touches-copper-template");
        int bare = DifferenceFeatures.NAMES.indexOf("touches-bare-template");
        int extra = DifferenceFeatures.NAMES.indexOf("extra");
        for (DrawnBoard.Planted planted : board.defects()) {
            for (int i = 0; i < comparison.differences().size(); i++) {
                Difference each = comparison.differences().get(i);
                if (!planted.place().intersects(each.x0(), each.y0(), each.x1() - each.x0(), each.y1() - each.y0())) {
                    continue;
                }
                float[] row = comparison.features()[i];
                assertThat(row).hasSameSizeAs(DifferenceFeatures.NAMES);
                switch (planted.kind()) {
                    case "short" ->
                        assertThat(List.of(row[extra], row[touches])).containsExactly(1f, 2f);
                    case "spur" -> assertThat(List.of(row[extra], row[touches])).containsExactly(1f, 1f);
                    case "spurious-copper" ->
                        assertThat(List.of(row[extra], row[touches])).containsExactly(1f, 0f);
                    case "pin-hole" ->
                        assertThat(List.of(row[extra], row[bare])).containsExactly(0f, 0f);
                    case "mousebite" ->
                        assertThat(List.of(row[extra], row[bare])).containsExactly(0f, 1f);
                    default -> assertThat(row[extra]).as(planted.kind()).isZero();
                }
            }
        }
    }

    @Test
    void equalBoardsDoNotDiffer() throws Exception {
        DrawnBoard board = DrawnBoard.seeded(4);
        var comparison = BoardComparison.of(Pictures.of(board.template()), Pictures.of(board.template()), false);
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void readsBothWaysToPartNumbers() throws IOException {
        assertThat(DeepPcb.truths("a.txt", "1 2 30 40 3\n\n5,6,7,8,6\n"))
                .containsExactly(new Truth(2, new Box(1, 2, 30, 40)), new Truth(5, new Box(5, 6, 7, 8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1 2 3 4", "1 2 3 4 7", "1 2 3 4 0", "a 2 3 4 1", "5 2 3 4 1", "1 2 3 4 5 6", "NaN 2 3 4 1"})
    void namesTheLineThatIsNoBox(String line) {
        assertThatThrownBy(() -> DeepPcb.truths("a.txt", "1 2 3 4 1\n" + line))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.txt, line 2");
    }

    /** Reference: the definition, pixel by pixel. */
    @Test
    void dilatesByDiscs() throws Exception {
        var random = new java.util.Random(5);
        boolean[] pixels = new boolean[20 * 15];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(12) == 0;
        }
        var bitmap = new Bitmap(20, 15, pixels);
        for (int radius = 1; radius <= 3; radius++) {
            Bitmap grown = bitmap.dilated(radius);
            for (int y = 0; y < 15; y++) {
                for (int x = 0; x < 20; x++) {
                    boolean near = false;
                    for (int v = 0; v < 15; v++) {
                        for (int u = 0; u < 20; u++) {
                            near |= bitmap.at(u, v)
                                    && (u - x) * (u - x) + (v - y) * (v - y) <= radius * radius + 1
                                    && Math.abs(v - y) <= radius;
                        }
                    }
                    assertThat(grown.at(x, y))
                            .as("%d, %d, radius %d", x, y, radius)
                            .isEqualTo(near);
                }
            }
        }
    }

    /** A grid of dots against nothing: pictures of two boards, not of one with defects. */
    @Test
    void picturesOfTwoBoardsAreRefused() {
        int side = 800;
        float[] blank = new float[side * side];
        java.util.Arrays.fill(blank, 1f);
        float[] dots = blank.clone();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                dots[y * side + x] = x % 12 < 4 && y % 12 < 4 ? 0f : 1f;
            }
        }
        blank[0] = 0f;
        var template = new Picture(side, side, 1, blank);
        var test = new Picture(side, side, 1, dots);
        assertThatThrownBy(() -> BoardComparison.of(template, test, false))
                .isInstanceOf(UnreadablePicture.class)
                .hasMessageContaining("more than 2000 places");
    }
}
