package io.baigong.gateway;

import io.baigong.gateway.proxy.OwnCalls;
import io.baigong.registry.language.LanguageModel;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The chat models that tasks may ask: the one that the operator names, and those that were promoted. Thread-safe. */
final class ChatDoors implements AutoCloseable {
    private final ChatConfig config;
    private final Supplier<OwnCalls> routes;
    private final Map<String, ChatDoor> doors = new HashMap<>();
    private @Nullable OwnCalls calls;

    /**
     * Throws {@link IllegalArgumentException} when the gateway has no model of the configured name.
     *
     * @param routes asked only once there is a chat model
     */
    ChatDoors(ChatConfig config, Supplier<OwnCalls> routes) {
        this.config = config;
        this.routes = routes;
        config.model().ifPresent(name -> {
            OwnCalls opened = calls();
            if (!opened.models().contains(name)) {
                opened.close();
                throw new IllegalArgumentException("baigong.chat.model is " + name
                        + ", but the models of baigong.gateway.models are " + opened.models());
            }
        });
    }

    private synchronized OwnCalls calls() {
        if (calls == null) {
            calls = routes.get();
        }
        return calls;
    }

    /** The one that the operator names, if any. */
    Optional<ChatDoor> usual() {
        return config.model().map(this::door);
    }

    /**
     * The one that a description names.
     *
     * @throws ModelException if the gateway has none of that name
     */
    ChatDoor of(LanguageModel model) {
        if (!calls().models().contains(model.served())) {
            throw new ModelException(
                    ErrorCode.Model.UNAVAILABLE,
                    "the language model " + model.name() + " is served as " + model.served()
                            + ", but the models of baigong.gateway.models are " + calls().models());
        }
        return door(model.served());
    }

    private synchronized ChatDoor door(String name) {
        return doors.computeIfAbsent(name, _ -> new ChatDoor(name, calls(), config.timeout()));
    }

    @Override
    public synchronized void close() {
        if (calls != null) {
            calls.close();
        }
    }
}
