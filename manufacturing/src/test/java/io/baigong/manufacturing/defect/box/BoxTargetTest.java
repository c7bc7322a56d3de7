package io.baigong.manufacturing.defect.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.measures.Box;
import io.baigong.measures.BoxMatches.Found;
import io.baigong.measures.BoxMatches.Truth;
import io.baigong.spi.Tensor;
import io.baigong.testkit.FakeModels;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A net that answers exactly what it was taught finds the boxes again. */
class BoxTargetTest {
    private static final int SIDE = BoxNet.SIDE / BoxNet.CELL;

    @Test
    void whatIsTaughtIsFoundAgain() {
        var truths = List.of(
                new Truth(1, new Box(16, 32, 128, 96)),
                new Truth(5, new Box(150, 20, 166, 250)),
                new Truth(1, new Box(180, 180, 200, 196)));
        var views = new int[1];
        var models = FakeModels.script()
                .imageFeatures(
                        "platform.image-encoder",
                        image -> List.of(new Tensor(new int[] {1, 1, SIDE, SIDE}, new float[SIDE * SIDE])))
                .predict(BoxNet.ROLE, input -> {
                    int[] shape = {1, BoxNet.CLASSES.size() + 4, SIDE, SIDE};
                    return new Tensor(shape, answer(mirrored(truths, views[0]++)));
                })
                .build();
        List<Found> found = BoxNet.find(models, new Picture(200, 200, 1, new float[40_000]));
        double scale = 200.0 / BoxNet.SIDE;
        assertThat(found).hasSize(3);
        for (Truth truth : truths) {
            var box = new Box(
                    truth.box().left() * scale,
                    truth.box().top() * scale,
                    truth.box().right() * scale,
                    truth.box().bottom() * scale);
            assertThat(found).anySatisfy(each -> {
                assertThat(each.kind()).isEqualTo(truth.kind());
                assertThat(each.box().overlap(box)).isCloseTo(1, within(0.05));
            });
        }
    }

    /** Boxes as they lie in a picture mirrored across (1), down (2) or both (3). */
    private static List<Truth> mirrored(List<Truth> truths, int turn) {
        boolean across = (turn & 1) != 0;
        boolean down = (turn & 2) != 0;
        return truths.stream()
                .map(truth -> {
                    Box box = truth.box();
                    return new Truth(
                            truth.kind(),
                            new Box(
                                    across ? BoxNet.SIDE - box.right() : box.left(),
                                    down ? BoxNet.SIDE - box.bottom() : box.top(),
                                    across ? BoxNet.SIDE - box.left() : box.right(),
                                    down ? BoxNet.SIDE - box.top() : box.bottom()));
                })
                .toList();
    }

    /** What a net answers that has learned these boxes to the last cell. */
    private static float[] answer(List<Truth> truths) {
        float[] target = BoxRecipe.target(truths);
        float[] answer = new float[target.length];
        int classes = BoxNet.CLASSES.size() * SIDE * SIDE;
        for (int i = 0; i < answer.length; i++) {
            answer[i] = Float.isNaN(target[i])
                    ? -20
                    : i < classes ? (target[i] > 0 ? 5 : -20) : (float) Math.log(target[i]);
        }
        return answer;
    }
}
