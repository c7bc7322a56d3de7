package io.baigong.manufacturing.maintenance.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.spi.LabelledRows.Row;
import io.baigong.spi.Progress;
import io.baigong.spi.TreeSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossFitTest {
    private static final TreeSpec SPEC =
            new TreeSpec("t", "1", List.of("x"), new TreeSpec.Objective.Mean(), Map.of(), 1, 0, 1, 1, 1, 1, 1, 1, 1);

    @Test
    void noRowIsAnsweredByTreesThatSawItsGroup() throws IOException {
        var training = new RecordingTraining();
        List<Row> rows = IntStream.range(0, 60)
                .mapToObj(i -> new Row(new float[] {i}, i, 1, String.valueOf(i % 7)))
                .toList();

        float[][] answers = new CrossFit(training, "manufacturing.any", SPEC, 3, group -> Integer.parseInt(group) % 3)
                .predict(rows, rows, Progress.SILENT);

        assertThat(training.grown)
                .extracting(RecordingTraining.Grown::groups)
                .containsExactly(
                        List.of("1", "2", "4", "5"),
                        List.of("0", "2", "3", "5", "6"),
                        List.of("0", "1", "3", "4", "6"));
        assertThat(answers).hasDimensions(60, 1);
    }
}
