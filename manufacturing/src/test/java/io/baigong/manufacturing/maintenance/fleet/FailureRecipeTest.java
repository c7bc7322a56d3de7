package io.baigong.manufacturing.maintenance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baigong.manufacturing.maintenance.simulation.FleetScenario;
import io.baigong.manufacturing.maintenance.simulation.FleetSimulator;
import io.baigong.manufacturing.maintenance.training.RecordingTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureRecipeTest {
    private static final FailureRecipe.Data DATA =
            new FailureRecipe.Data("fleet", "manufacturing.failure-predictor", "test-failure", 72);
    private static final FailureRecipe.Provenance FROM = new FailureRecipe.Provenance("a test", "none");

    @TempDir
    Path folder;

    /** Five folds by machine, five forward in time by machine, and one on all. */
    @Test
    void validatesByMachineAndForwardInTime() throws IOException {
        List<MachineHistory> machines = new FleetSimulator(new FleetScenario(6, 80, 3)).histories();
        var training = new RecordingTraining();

        new FailureRecipe(DATA, path -> machines, path -> FROM).train(folder, folder, training);

        assertThat(training.grown).hasSize(11);
        for (int pass = 0; pass < 2; pass++) {
            Set<String> left = new HashSet<>();
            for (int f = 0; f < 5; f++) {
                List<String> learned = training.grown.get(pass * 5 + f).groups();
                machines.stream()
                        .map(MachineHistory::machine)
                        .filter(name -> !learned.contains(name))
                        .forEach(left::add);
                assertThat(learned).hasSizeLessThan(6);
            }
            assertThat(left)
                    .as("each machine is asked about by trees that never saw it")
                    .hasSize(6);
        }
        assertThat(training.grown.get(10).groups()).hasSize(6);
        // Forward in time trees see 60 % of the time, and so fewer rows.
        assertThat(training.grown.get(5).rows().rows().size())
                .isLessThan(training.grown.get(0).rows().rows().size() * 7 / 10);
        assertThat(training.grown.get(0).spec().monotone()).containsEntry(FleetFeatures.HORIZON, 1);
        Path artifact = folder.resolve("manufacturing.failure-predictor");
        assertThat(Files.readString(artifact.resolve("README.md"))).contains("# test-failure 1", "6 machines");
        assertThat(artifact.resolve("fleet.json")).exists();
    }

    @Test
    void aFleetThatTeachesNothingIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new FailureRecipe(
                                DATA,
                                path -> List.of(Machines.failing("a", 500), Machines.failing("b", 500)),
                                path -> FROM)
                        .train(folder, folder, new RecordingTraining()))
                .withMessageContaining("teach nothing");
    }
}
