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
    private @Nullable WebhookReceiver receiver;

    @Override
    public Map<String, String> start() {
        try {
            home = Home.take(Files.createTempDirectory(Path.of("target"), "home"));
            postgres = Postgres.start(home);
            receiver = WebhookReceiver.start(home.folder().resolve("told.jsonl"));
            return Map.ofEntries(
                    Map.entry("quarkus.datasource.jdbc.url", postgres.jdbcUrl()),
                    Map.entry("quarkus.datasource.username", postgres.user()),
                    Map.entry("quarkus.datasource.password", postgres.password()),
                    Map.entry(
                            "baigong.batches.folders",
                            Files.createDirectory(home.folder().resolve("watched"))
                                    .toAbsolutePath()
                                    .toString()),
                    Map.entry("baigong.batches.settle", "PT0.3S"),
                    Map.entry("baigong.retention.tenant.\"brief\"", "P30D"),
                    Map.entry(
                            "baigong.training.files",
                            home.folder().resolve("training").toString()),
                    Map.entry(
                            "baigong.registry.artifacts",
                            home.folder().resolve("models").toString()),
                    Map.entry(
                            "baigong.registry.held-out.\"ai4i2020\"",
                            ModelVersionsTest.heldOut(home.folder()).toString()),
                    Map.entry("baigong.webhooks.\"trial\".url", receiver.url()),
                    Map.entry("baigong.webhooks.\"trial\".secret", WebhookReceiver.SECRET),
                    Map.entry("trial.told", receiver.file().toString()));
        } catch (IOException | StartException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (receiver != null) {
                receiver.close();
            }
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
