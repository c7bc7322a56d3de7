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

        assertThat(registry.locate("trial.tagger", Kind.TOKEN_CLASSIFICATION))
                .isEqualTo(new ModelLocation.Shipped(Named.class.getClassLoader(), "models/tagger/1"));
        assertThat(registry.locate("trial.ocr", Kind.OCR)).isEqualTo(new ModelLocation.Platform());
        assertThat(registry.roles()).containsExactlyInAnyOrder(TAGGER, OCR);
    }

    @Test
    void theOperatorsFolderGoesFirst() throws Exception {
        Files.createFile(folder.resolve("model.json"));

        assertThat(registry(Map.of("trial.tagger", folder)).locate("trial.tagger", Kind.TOKEN_CLASSIFICATION))
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

        assertThatThrownBy(() -> registry.locate("trial.ocr", Kind.CHAT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("declared as OCR");
        assertThatThrownBy(() -> registry.locate("trial.nobody", Kind.CHAT)).isInstanceOf(ModelException.class);
    }
}
