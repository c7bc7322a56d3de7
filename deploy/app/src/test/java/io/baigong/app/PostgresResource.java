package io.baigong.app;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The suite's own PostgreSQL, on a fresh folder. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable Home home;
    private @Nullable Postgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            home = Home.take(Files.createTempDirectory(Path.of("target"), "home"));
            postgres = Postgres.start(home);
            return Map.of(
                    "quarkus.datasource.jdbc.url", postgres.jdbcUrl(),
                    "quarkus.datasource.username", postgres.user(),
                    "quarkus.datasource.password", postgres.password(),
                    "baigong.batches.folders",
                            Files.createDirectory(home.folder().resolve("watched"))
                                    .toAbsolutePath()
                                    .toString(),
                    "baigong.batches.settle", "PT0.3S",
                    "baigong.retention.tenant.\"brief\"", "P30D",
                    "baigong.training.files", home.folder().resolve("training").toString(),
                    "baigong.registry.artifacts",
                            home.folder().resolve("models").toString(),
                    "baigong.registry.held-out.\"ai4i2020\"",
                            ModelVersionsTest.heldOut(home.folder()).toString());
        } catch (IOException | StartException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (postgres != null) {
                postgres.close();
            }
            if (home != null) {
                home.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
