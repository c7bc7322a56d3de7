package io.baigong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.EmbeddingArtifact;
import io.baigong.compute.ModelFiles;
import io.baigong.compute.NgramEncoder;
import io.baigong.compute.Tensor;
import io.baigong.registry.Registry;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role of kind EMBEDDING is filled by tuned embeddings where there are some, and by the platform's encoder where not. */
class TunedEmbeddingsTest {
    private static final ModelRole TUNED =
            new ModelRole("t.tuned", ModelRole.Kind.EMBEDDING, Optional.of("models/none"));
    private static final ModelRole RANKER =
            new ModelRole("t.ranker", ModelRole.Kind.PREDICTION, Optional.of("models/none"));
    private static final ModelRole USUAL = ModelRole.of("t.usual", ModelRole.Kind.EMBEDDING);

    @TempDir
    Path folder;

    private record Empty() {}

    private static final class Both implements Task<Empty, Empty> {
        @Override
        public TaskId id() {
            return new TaskId("t", "both");
        }

        @Override
        public LocalText title() {
            return new LocalText("Both", "两者");
        }

        @Override
        public Class<Empty> inputType() {
            return Empty.class;
        }

        @Override
        public Class<Empty> outputType() {
            return Empty.class;
        }

        @Override
        public Outcome<Empty> run(Empty input, TaskContext context) {
            return new Outcome.Abstained<>("never run");
        }

        @Override
        public List<ModelRole> roles() {
            return List.of(TUNED, USUAL, RANKER);
        }
    }

    private record NoChat() implements ChatConfig {
        @Override
        public Optional<String> model() {
            return Optional.empty();
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(1);
        }
    }

    private static Gateway gateway(Map<String, Path> folders) {
        return new Gateway(Registry.of(List.of(new Both()), folders), new NoChat(), () -> {
            throw new IllegalStateException("there is no chat model");
        });
    }

    private void write() throws IOException {
        var random = new Random(1);
        float[] values = new float[64 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        new EmbeddingArtifact(EmbeddingArtifact.FORMAT, "tuned", "7", 4)
                .write(folder, new Tensor(new long[] {64, 4}, values));
    }

    @Test
    void theArtifactOfTheRoleEmbeds() throws IOException {
        write();
        NgramEncoder own = NgramEncoder.open(ModelFiles.folder(folder));
        try (Gateway gateway = gateway(Map.of(TUNED.name(), folder))) {
            Models models = gateway.forRun();
            assertThat(models.embed(TUNED.name(), List.of("fever"))).isDeepEqualTo(own.embed(List.of("fever")));
            var version = new ModelVersion(TUNED.name(), "tuned", "7", own.sha256(), 256);
            assertThat(models.used()).containsExactly(version);
            assertThat(gateway.version(TUNED)).contains(version);
            assertThat(gateway.serves(version)).isTrue();
            assertThat(models.embed(USUAL.name(), List.of("fever"))[0]).hasSize(384);
            assertThat(gateway.version(USUAL)).isEmpty();
        }
    }

    @Test
    void aBrokenArtifactIsSaidToBeOne() throws IOException {
        write();
        Files.writeString(folder.resolve(ModelFiles.WEIGHTS), "no weights");
        try (Gateway gateway = gateway(Map.of(TUNED.name(), folder))) {
            assertThatThrownBy(() -> gateway.version(TUNED))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("the model of role t.tuned can't be opened");
        }
    }

    @Test
    void anEncoderBesideAnotherModelIsPartOfItsVersion() throws IOException {
        write();
        NgramEncoder own = NgramEncoder.open(ModelFiles.folder(folder));
        Files.move(folder.resolve(ModelFiles.WEIGHTS), folder.resolve(Models.ENCODER_WEIGHTS));
        Files.move(folder.resolve(ModelFiles.DESCRIPTION), folder.resolve("encoder.json"));
        Files.writeString(folder.resolve(ModelFiles.DESCRIPTION), "{}"); // the ranker, which is not asked here
        try (Gateway gateway = gateway(Map.of(RANKER.name(), folder))) {
            Models models = gateway.forRun();
            assertThat(models.embed(RANKER.name(), List.of("fever"))).isDeepEqualTo(own.embed(List.of("fever")));
            assertThat(models.used()).isEmpty();
        }
    }

    @Test
    void aModelWithoutAnEncoderIsSaidToHaveNone() throws IOException {
        Files.writeString(folder.resolve(ModelFiles.DESCRIPTION), "{}");
        try (Gateway gateway = gateway(Map.of(RANKER.name(), folder))) {
            assertThatThrownBy(() -> gateway.forRun().embed(RANKER.name(), List.of("fever")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("encoder.json");
        }
    }
}
