package io.baigong.manufacturing.defect.anomaly;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.manufacturing.TemporaryFolder;
import io.baigong.manufacturing.defect.data.Folds;
import io.baigong.manufacturing.defect.data.NearDuplicates;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.quality.Condition;
import io.baigong.manufacturing.defect.quality.ConditionRange;
import io.baigong.manufacturing.defect.quality.Validation;
import io.baigong.spi.MemorySpec;
import io.baigong.spi.Models;
import io.baigong.spi.Progress;
import io.baigong.spi.Tensor;
import io.baigong.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Remembers sound parts. How unusual sound pictures are is measured on those that a memory of the others has not seen, near-duplicates on
 * one side.
 */
public final class MemoryTraining {
    private static final int FOLDS = 3;
    private static final int DIMENSIONS = 96;
    private static final int SIZE = 2000;

    /** Patches that are chosen from, at the most. */
    private static final int MOST_PATCHES = 40_000;

    /** Fewest pictures that say how much sound parts differ. */
    private static final int FEWEST = 6;

    private MemoryTraining() {}

    /** A sound part. */
    public record Sound(String name, Picture picture) {}

    private record Seen(PatchRows patches, int fold) {}

    /**
     * Writes memory, limits and validation into the role's folder. Throws {@link IOException} when there are too few pictures.
     *
     * @param defective pictures of defective parts, if there are any: nothing is learned from them, but a threshold can be weighed
     */
    public static void train(
            List<Sound> sound, List<Picture> defective, Path out, TrainingContext context, Progress progress)
            throws IOException {
        if (sound.size() < FEWEST) {
            throw new IOException(
                    "at least %d pictures of sound parts are needed, and %d are there".formatted(FEWEST, sound.size()));
        }
        List<Seen> seen = seen(sound, context.models(), progress);
        double[] unusual = new double[seen.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int now = fold;
            List<Seen> others = seen.stream().filter(each -> each.fold != now).toList();
            if (others.size() == seen.size()) {
                continue;
            }
            if (others.isEmpty()) {
                throw new IOException("all pictures of sound parts are nearly the same; more that differ are needed");
            }
            try (var folder = new TemporaryFolder()) {
                remember(others, folder.path(), context, part(progress, fold));
                Models models = context.modelsWith(SoundMemory.ROLE, folder.path());
                for (int i = 0; i < unusual.length; i++) {
                    if (seen.get(i).fold == fold) {
                        unusual[i] = unusual(models, seen.get(i).patches);
                    }
                }
            }
        }
        Path own = Files.createDirectories(out.resolve(SoundMemory.ROLE));
        remember(seen, own, context, part(progress, FOLDS));
        SoundScore score = SoundScore.of(unusual);
        Models models = context.modelsWith(SoundMemory.ROLE, own);
        new Validation(
                        Arrays.stream(unusual).map(score::of).toArray(),
                        defective.stream()
                                .mapToDouble(each -> score.of(unusual(models, PatchRows.of(context.models(), each))))
                                .toArray())
                .write(own);
        ConditionRange.of(sound.stream().map(each -> Condition.of(each.picture)).toList())
                .write(own);
        var line = new ObjectMapper()
                .createObjectNode()
                .put("mean", score.mean())
                .put("deviation", score.deviation())
                .put("pictures", seen.size());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(own.resolve(SoundMemory.FILE).toFile(), line);
    }

    private static double unusual(Models models, PatchRows patches) {
        float[] distances = models.predict(SoundMemory.ROLE, patches.tensor()).values();
        return new AnomalyMap(patches.rows(), patches.columns(), PatchRows.CELL, distances).highest();
    }

    private static Progress part(Progress progress, int step) {
        return progress.part(0.5 + 0.5 * step / (FOLDS + 1), 0.5 + 0.5 * (step + 1) / (FOLDS + 1));
    }

    private static List<Seen> seen(List<Sound> sound, Models models, Progress progress) {
        int[] groups = NearDuplicates.groups(sound.stream().map(Sound::picture).toList());
        var seen = new ArrayList<Seen>();
        for (int i = 0; i < groups.length; i++) {
            seen.add(new Seen(PatchRows.of(models, sound.get(i).picture), Folds.of(sound.get(groups[i]).name, FOLDS)));
            progress.at(0.5 * (i + 1) / groups.length, "looking at sound parts");
        }
        return seen;
    }

    private static void remember(List<Seen> seen, Path out, TrainingContext context, Progress progress)
            throws IOException {
        int features = seen.getFirst().patches.features();
        long all = seen.stream()
                .mapToLong(each -> (long) each.patches.rows() * each.patches.columns())
                .sum();
        double share = Math.min(1, (double) MOST_PATCHES / all);
        var random = new Random(context.seed());
        var chosen = new ArrayList<float[]>();
        for (Seen each : seen) {
            float[] values = each.patches.values();
            for (int from = 0; from < values.length; from += features) {
                if (random.nextDouble() < share) {
                    chosen.add(Arrays.copyOfRange(values, from, from + features));
                }
            }
        }
        context.remember(
                new MemorySpec("sound-parts", "1", DIMENSIONS, SIZE, context.seed()),
                Tensor.ofRows(chosen.toArray(float[][]::new), features),
                out,
                progress);
    }
}
