package io.baigong.manufacturing.defect.anomaly;

import io.baigong.manufacturing.defect.anomaly.MemoryTraining.Sound;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;

/** A memory of sound parts, from their pictures alone: what a line begins with before any defect is labelled. Defective ones only weigh its threshold. */
public final class SoundPartsRecipe implements TrainingRecipe {
    @Override
    public String benchmark() {
        return SoundParts.NAME;
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        SoundParts parts = SoundParts.read(data);
        MemoryTraining.train(
                parts.sound().stream()
                        .map(each -> new Sound(each.name(), each.picture().grey()))
                        .toList(),
                parts.defective().stream().map(each -> each.picture().grey()).toList(),
                out,
                context,
                context.progress());
    }
}
