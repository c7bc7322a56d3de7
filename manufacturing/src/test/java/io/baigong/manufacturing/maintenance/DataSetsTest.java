package io.baigong.manufacturing.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baigong.manufacturing.maintenance.edge.EdgeModels;
import io.baigong.manufacturing.maintenance.fleet.FleetFolder;
import io.baigong.manufacturing.maintenance.process.MachiningFile;
import io.baigong.manufacturing.maintenance.turbofan.CmapssFile;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Models;
import io.baigong.spi.Progress;
import io.baigong.spi.TaskContext;
import io.baigong.testkit.FakeContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Reads and measures the public data sets, of which the counts stand in their README. Needs the data sets, see BAIGONG_DATA. */
class DataSetsTest {
    private static Path data(String folder) {
        Path path =
                Path.of(System.getenv().getOrDefault("BAIGONG_DATA", "no-data")).resolve(folder);
        if (!Files.exists(path)) {
            System.out.println("Skipped: BAIGONG_DATA names no folder with " + folder + " in it.");
        }
        assumeTrue(Files.exists(path), "BAIGONG_DATA names no folder with " + folder + " in it");
        return path;
    }

    @Test
    void azureHasThirteenMachinesThatFailTwentyNineTimes() throws Exception {
        var fleet = FleetFolder.read(data("azure-pdm"), ZoneOffset.UTC);

        assertThat(fleet.machines()).hasSize(13);
        assertThat(fleet.machines().stream().mapToInt(m -> m.failures().size()).sum())
                .isEqualTo(29);
        assertThat(fleet.machines().stream().mapToInt(m -> m.series().hours()).sum())
                .isEqualTo(28_080);
        assertThat(fleet.issues()).isEmpty();
    }

    @Test
    void cmapssHasSevenHundredAndNineEngines() throws Exception {
        Path folder = data("cmapss");
        int engines = 0;
        int cycles = 0;
        for (int set = 1; set <= 4; set++) {
            for (var engine : CmapssFile.engines(folder.resolve("train_FD00" + set + ".txt.gz"), "fd00" + set)) {
                engines++;
                cycles += engine.cycles();
            }
        }
        assertThat(engines).isEqualTo(709);
        assertThat(cycles).isEqualTo(20_631 + 53_759 + 24_720 + 61_249);
    }

    @Test
    void ai4iIsMeasuredByTheShippedModelInPlainJava() throws Exception {
        Path file = data("ai4i2020").resolve("ai4i2020-train.csv.gz");
        assertThat(MachiningFile.read(file, "ai4i")).hasSize(7026);
        Models models = new EdgeModels(Path.of("src/main/models/process-failure/1"));
        TaskContext context = FakeContext.of(models);

        Evaluation evaluation = new PredictiveMaintenanceTask()
                .benchmarks().stream()
                        .filter(benchmark -> benchmark.name().equals("ai4i2020"))
                        .findFirst()
                        .orElseThrow()
                        .evaluate(file, context, Progress.SILENT);

        // Rows that it was grown on: a floor that only a broken reader or a broken model falls below.
        assertThat(evaluation.metrics().get("f1").value()).isGreaterThan(0.9);
    }
}
