package io.baigong.manufacturing.defect.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.manufacturing.defect.anomaly.MemoryTraining.Sound;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.inspect.DefectModels;
import io.baigong.manufacturing.defect.quality.ConditionRange;
import io.baigong.manufacturing.defect.quality.Validation;
import io.baigong.manufacturing.maintenance.training.RecordingTraining;
import io.baigong.spi.Models;
import io.baigong.spi.Progress;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory is made of sound parts, and its limit of those that it has not seen. */
class MemoryTrainingTest {
    @TempDir
    Path folder;

    private final RecordingTraining context = new RecordingTraining();

    private static List<Sound> pictures(int count) {
        var sound = new ArrayList<Sound>();
        for (int i = 0; i < count; i++) {
            var random = new Random(i);
            float[] grid = new float[81];
            for (int j = 0; j < grid.length; j++) {
                grid[j] = random.nextFloat();
            }
            sound.add(new Sound("p" + i + ".png", new Picture(9, 9, 1, grid).resized(64, 64)));
        }
        return sound;
    }

    /** The limit is taken from each picture once: of 16 cells each, a memory of a fold holds those of the other pictures. */
    @Test
    void limitIsOfPicturesNotRemembered() throws IOException {
        context.usual = DefectModels.script(FakeModels.script()).build();
        MemoryTraining.train(pictures(30), List.of(pictures(1).getFirst().picture()), folder, context, Progress.SILENT);
        assertThat(context.remembered).hasSize(4);
        assertThat(context.remembered.getLast().shape()).containsExactly(30 * 16, 96 + 192);
        int seen = context.remembered.stream()
                .limit(3)
                .mapToInt(rows -> rows.shape()[0] / 16)
                .sum();
        assertThat(seen).isEqualTo(2 * 30);
        var line = new ObjectMapper()
                .readTree(folder.resolve(SoundMemory.ROLE).resolve("line.json").toFile());
        assertThat(line.path("mean").asDouble()).isCloseTo(0.2, within(1e-6)); // what the scripted memory answers
        assertThat(line.path("pictures").asInt()).isEqualTo(30);
        Models models = context.modelsWith(SoundMemory.ROLE, folder.resolve(SoundMemory.ROLE));
        assertThat(Validation.beside(models, SoundMemory.ROLE)).hasValueSatisfying(validation -> {
            assertThat(validation.sound()).hasSize(30);
            assertThat(validation.defective()).hasSize(1);
        });
        assertThat(ConditionRange.beside(models, SoundMemory.ROLE))
                .hasValueSatisfying(range -> assertThat(range.pictures()).isEqualTo(30));
    }

    @Test
    void tooFewOrAllTheSameAreRefused() {
        context.usual = DefectModels.script(FakeModels.script()).build();
        assertThatThrownBy(() -> MemoryTraining.train(pictures(2), List.of(), folder, context, Progress.SILENT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at least 6");
        var same = new ArrayList<Sound>();
        for (int i = 0; i < 9; i++) {
            same.add(new Sound("s" + i, pictures(1).getFirst().picture()));
        }
        assertThatThrownBy(() -> MemoryTraining.train(same, List.of(), folder, context, Progress.SILENT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nearly the same");
    }

    /** At three deviations above the mean, one half; mean and deviation of 1, 2, 3 are 2 and 1. */
    @Test
    void scoreIsOneHalfAtTheLimit() {
        SoundScore score = SoundScore.of(new double[] {1, 2, 3});
        assertThat(score.of(5)).isCloseTo(0.5, within(1e-12));
        assertThat(score.of(2)).isLessThan(0.05);
        assertThat(score.of(9)).isGreaterThan(0.95);
    }
}
