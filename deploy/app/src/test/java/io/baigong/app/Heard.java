package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What came over a connection, and how it was closed. */
final class Heard implements WebSocket.Listener {
    final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        parts.append(part);
        if (last) {
            try {
                messages.add(new ObjectMapper().readTree(parts.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            parts.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closes.add(status);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closes.add(-1);
    }

    JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(60, TimeUnit.SECONDS);
        assertThat(message).as("a message; closed with " + closes).isNotNull();
        return message;
    }

    int closed() throws InterruptedException {
        Integer status = closes.poll(60, TimeUnit.SECONDS);
        assertThat(status).as("a close").isNotNull();
        return status;
    }
}
