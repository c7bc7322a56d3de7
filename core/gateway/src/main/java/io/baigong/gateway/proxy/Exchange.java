package io.baigong.gateway.proxy;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A caller's question and the way of its answer back, by whatever protocol they go. Lives on one event loop.
 *
 * <p>An answer is {@link #whole}, or {@link #events} until {@link #ended}; {@link #failed} comes in the place of either, or breaks
 * events off.
 */
public interface Exchange {
    /** What begins an answer. Names of headers are in lower case. */
    record Head(int status, String mediaType, Map<String, String> headers) {}

    /** Where events come from. */
    interface Source {
        void pause();

        void resume();
    }

    /** What the caller says beside the question, as HTTP's header of that name would; null if nothing. */
    @Nullable
    String header(String name);

    /** Tells {@code gone}, at whatever time, that nobody waits for the answer any more. Called before all else. */
    void whenGone(Runnable gone);

    /**
     * Reads the question, once.
     *
     * @param most bytes that it may have
     * @param question told of it when it is whole
     * @param failed told why it is not: an {@link ApiException}, or a fault
     */
    void read(int most, Consumer<byte[]> question, Consumer<Throwable> failed);

    /** Whether a part of the answer is on its way. */
    boolean hasBegun();

    void whole(Head head, Buffer body);

    /**
     * Whole server-sent events of a streamed answer.
     *
     * @param head of the answer, the same each time
     * @param source to be paused as long as the caller takes no more
     */
    void events(Head head, Buffer events, Source source);

    /** The events have come to their proper end. */
    void ended();

    /** There is no answer, or it broke off. */
    void failed(ApiException failure);
}
