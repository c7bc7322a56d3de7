package io.baigong.journal;

import io.baigong.journal.audit.witness.ObjectStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real object store for a test run. */
public final class ObjectStoreResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable ObjectStore store;

    @Override
    public Map<String, String> start() {
        try {
            store = new ObjectStore(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "object-store"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "baigong.audit.witness.interval",
                "PT0.1S",
                "baigong.audit.witness.object-store.bucket",
                ObjectStore.BUCKET,
                "baigong.audit.witness.object-store.endpoint",
                store.endpoint().toString(),
                "test.bucket",
                store.bucket().toString());
    }

    @Override
    public void stop() {
        if (store != null) {
            store.close();
        }
    }
}
