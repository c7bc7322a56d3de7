package io.baigong.gateway;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models of one kind, each opened once at its first use and then shared. A failed opening is tried again. Thread-safe. */
final class Opened<K, M extends AutoCloseable> implements AutoCloseable {
    /** Opens a model. */
    @FunctionalInterface
    interface Opener<K, M> {
        M open(K key) throws IOException;
    }

    private final Map<K, M> models = new HashMap<>();
    private final Opener<K, M> opener;
    private boolean closed;

    Opened(Opener<K, M> opener) {
        this.opener = opener;
    }

    /** Others wait here while a model is being opened; opening two at once would only take their memory at once. */
    synchronized M get(K key) throws IOException {
        if (closed) {
            throw new IOException("the platform is shutting down");
        }
        @Nullable M model = models.get(key);
        if (model == null) {
            model = opener.open(key);
            models.put(key, model);
        }
        return model;
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (M model : models.values()) {
            try {
                model.close();
            } catch (Exception e) {
                System.getLogger(Opened.class.getName()).log(System.Logger.Level.WARNING, "closing a model failed", e);
            }
        }
        models.clear();
    }
}
