package io.baigong.gateway.proxy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A question that came in one message, and whose answer goes back in messages: one for each event of a stream, and one that ends it.
 * Lives on one event loop.
 */
public abstract class MessageExchange implements Exchange {
    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private @Nullable Runnable gone;
    private Head head = new Head(200, Forwarding.EVENTS, Map.of());
    private boolean begun;

    /** Sends an event's data, which is JSON. */
    protected abstract void event(String json);

    /**
     * Sends the end of the answer.
     *
     * @param answer the whole of it; empty behind events, unless these broke off
     */
    protected abstract void end(Head head, Buffer answer);

    /** Pauses {@code source} until the caller takes more, if it takes no more now. */
    protected abstract void hold(Source source);

    /** Nobody waits for the answer any more. */
    public final void leave() {
        if (gone != null) {
            gone.run();
        }
    }

    @Override
    public final void whenGone(Runnable then) {
        gone = then;
    }

    /** Gives a question on that was read, unless it is too large. */
    protected static void take(byte[] question, int most, Consumer<byte[]> asked, Consumer<Throwable> failed) {
        if (question.length > most) {
            failed.accept(ApiException.tooLarge(most));
        } else {
            asked.accept(question);
        }
    }

    @Override
    public final boolean hasBegun() {
        return begun;
    }

    @Override
    public final void whole(Head answered, Buffer body) {
        if (answered.mediaType().equals(Forwarding.EVENTS)) { // a stream that was kept
            send(body);
            end(answered, Buffer.buffer());
        } else {
            begun = true;
            end(answered, body);
        }
    }

    @Override
    public final void events(Head answered, Buffer events, Source source) {
        head = answered;
        send(events);
        hold(source);
    }

    private void send(Buffer events) {
        begun = true;
        events.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length()).strip())
                .filter(data -> !data.startsWith(DONE))
                .forEach(this::event);
    }

    @Override
    public final void ended() {
        end(head, Buffer.buffer());
    }

    @Override
    public void failed(ApiException failure) {
        end(new Head(failure.status(), Forwarding.JSON, Map.of()), Buffer.buffer(failure.json()));
    }
}
