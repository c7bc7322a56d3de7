package io.baigong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.spi.LocalText;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelRole.Kind;
import io.baigong.spi.Outcome;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final ModelRole TAGGER =
            new ModelRole("trial.tagger", Kind.TOKEN_CLASSIFICATION, Optional.of("models/tagger/1"));
    private static final ModelRole OCR = ModelRole.of("trial.ocr", Kind.OCR);

    @TempDir
    Path folder;

    private record Words(String words) {}

    private record Named(String name, List<ModelRole> roles) implements Task<Words, Words> {
        @Override
        public TaskId id() {
            return new TaskId("trial", name);
        }

        @Override
        public LocalText title() {
            return new LocalText(name, name);
        }

        @Override
        public Class<Words> inputType() {
            return Words.class;
        }

        @Override
        public Class<Words> outputType() {
            return Words.class;
        }

        @Override
        public Outcome<Words> run(Words input, TaskContext context) {
            return new Outcome.Abstained<>("-");
        }
    }

    private static Registry registry(Map<String, Path> folders) {
        return Registry.of(List.of(new Named("one", List.of(TAGGER, OCR)), new Named("two", List.of(OCR))), folders);
    }

    @Test
    void aRoleIsFilledByWhatItsVerticalShipsOrByThePlatform() {
        var registry = registry(Map.of());

        assertThat(registry.locate("trial.tagger", Kind.TOKEN_CLASSIFICATION, RunKey.NONE))
                .isEqualTo(new ModelLocation.Shipped(Named.class.getClassLoader(), "models/tagger/1"));
        assertThat(registry.locate("trial.ocr", Kind.OCR, RunKey.NONE)).isEqualTo(new ModelLocation.Platform());
        assertThat(registry.roles()).containsExactlyInAnyOrder(TAGGER, OCR);
    }

    @Test
    void theOperatorsFolderGoesFirst() throws Exception {
        Files.createFile(folder.resolve("model.json"));

        assertThat(registry(Map.of("trial.tagger", folder))
                        .locate("trial.tagger", Kind.TOKEN_CLASSIFICATION, RunKey.NONE))
                .isEqualTo(new ModelLocation.Folder(folder));
    }

    @Test
    void aFolderWithoutAModelIsRefused() {
        assertThatThrownBy(() -> registry(Map.of("trial.tagger", folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds no model.json");
    }

    @Test
    void aFolderForARoleThatNobodyHasIsRefused() {
        assertThatThrownBy(() -> registry(Map.of("trial.tager", folder)))
                .hasMessageContaining("no task has a role trial.tager; the roles are trial.ocr, trial.tagger");
    }

    @Test
    void aRoleDeclaredInTwoWaysIsRefused() {
        var other = ModelRole.of("trial.tagger", Kind.EMBEDDING);

        assertThatThrownBy(() -> Registry.of(
                        List.of(new Named("one", List.of(TAGGER)), new Named("two", List.of(other))), Map.of()))
                .hasMessageContaining("declared in two ways");
    }

    @Test
    void aRoleIsAskedForAsItWasDeclared() {
        var registry = registry(Map.of());

        assertThatThrownBy(() -> registry.locate("trial.ocr", Kind.CHAT, RunKey.NONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("declared as OCR");
        assertThatThrownBy(() -> registry.locate("trial.nobody", Kind.CHAT, RunKey.NONE))
                .isInstanceOf(ModelException.class);
    }

    /** Of 20,000 runs a tenth, within four standard deviations of the binomial distribution. */
    @Test
    void versionsShareTheRunsAndARunKeepsItsOwn() {
        var registry = registry(Map.of());
        var usual = new ModelLocation.Folder(folder.resolve("1"));
        var canary = new ModelLocation.Folder(folder.resolve("2"));
        var shares = new ModelShares(List.of(new ModelShares.Part(usual, 90), new ModelShares.Part(canary, 10)));
        registry.promote(Map.of("trial.tagger", shares));

        int runs = 20_000;
        int tried = 0;
        for (int i = 0; i < runs; i++) {
            // as of UUID version 7: ids of one moment differ in their last bits only
            var id = new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L + i);
            ModelLocation found = registry.locate("trial.tagger", Kind.TOKEN_CLASSIFICATION, RunKey.of(id));
            assertThat(registry.locate(
                            "trial.tagger",
                            RunKey.of(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()))))
                    .isEqualTo(found);
            tried += found.equals(canary) ? 1 : 0;
        }

        assertThat(tried / (double) runs).isBetween(0.1 - 4 * 0.0021, 0.1 + 4 * 0.0021);
        assertThat(registry.locate("trial.tagger", RunKey.NONE)).isEqualTo(usual);
        assertThat(registry.all("trial.tagger")).containsExactly(usual, canary);
        assertThatThrownBy(() -> new ModelShares(List.of(new ModelShares.Part(usual, 90))))
                .hasMessageContaining("100 per cent together, not 90");
    }

    /** The runs of one role's share are not those of another's: of both tenths, a hundredth. */
    @Test
    void rolesDrawApart() {
        long both = IntStream.range(0, 50_000)
                .mapToObj(i -> RunKey.of(new UUID(7, i)))
                .filter(run -> run.draw("trial.tagger") >= 90 && run.draw("trial.ocr") >= 90)
                .count();
        assertThat(both / 50_000.0).isBetween(0.01 - 4 * 0.00045, 0.01 + 4 * 0.00045);
    }
}
