package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one operation over a WebSocket: each message is a request, and its answer is a message for each event and one that ends
 * it. Each is admitted by itself, under the key that opened the connection.
 *
 * <p>Lives on one event loop. As long as the caller takes nothing, nothing is read from it, nor from servers for it.
 */
final class CallSocket {
    private static final long PING_MILLIS = 30_000;
    private static final int UNAUTHORIZED = 401;

    // RFC 6455, section 7.4.1
    private static final short UNSUPPORTED_DATA = 1003;
    private static final short POLICY_VIOLATION = 1008;
    private static final short MESSAGE_TOO_BIG = 1009;

    private final ModelProxy proxy;
    private final HttpServerRequest handshake;
    private final ServerWebSocket socket;
    private final Operation operation;
    private final int inFlight;
    private final Map<String, Answering> unanswered = new HashMap<>();
    private final Set<Exchange.Source> paused = new LinkedHashSet<>();

    private CallSocket(
            ModelProxy proxy, HttpServerRequest handshake, ServerWebSocket socket, Operation operation, int inFlight) {
        this.proxy = proxy;
        this.handshake = handshake;
        this.socket = socket;
        this.operation = operation;
        this.inFlight = inFlight;
    }

    /**
     * Makes a request to upgrade a connection of calls, if its key is known.
     *
     * @param inFlight how many requests may be unanswered
     * @param ended told when the connection has ended
     */
    static void open(ModelProxy proxy, HttpServerRequest handshake, Operation operation, int inFlight, Runnable ended) {
        handshake.pause();
        proxy.admission
                .recognise(Admission.secret(handshake.getHeader(HttpHeaders.AUTHORIZATION)))
                .onComplete(recognised -> {
                    if (recognised.failed()) {
                        refuse(
                                handshake,
                                recognised.cause() instanceof ApiException e
                                        ? e
                                        : ApiException.unavailable("Keys can't be looked up; try again later."));
                        return;
                    }
                    if (!handshake.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
                        refuse(
                                handshake,
                                ApiException.invalid(
                                        "GET is for WebSockets here; POST /v1/" + operation.path() + " makes one call.",
                                        null));
                        return;
                    }
                    handshake.toWebSocket().onSuccess(socket -> {
                        var calls = new CallSocket(proxy, handshake, socket, operation, inFlight);
                        calls.begin(ended);
                    });
                });
    }

    private static void refuse(HttpServerRequest handshake, ApiException why) {
        new HttpExchange(handshake, ApiException::json).failed(why);
    }

    private void begin(Runnable ended) {
        long pings = proxy.vertx.setPeriodic(PING_MILLIS, _ -> socket.writePing(Buffer.buffer()));
        socket.textMessageHandler(this::take);
        socket.binaryMessageHandler(_ -> socket.close(UNSUPPORTED_DATA, "messages are text"));
        socket.exceptionHandler(_ -> socket.close(MESSAGE_TOO_BIG, "more than can be read"));
        socket.drainHandler(_ -> goOn());
        socket.closeHandler(_ -> {
            proxy.vertx.cancelTimer(pings);
            List.copyOf(unanswered.values()).forEach(MessageExchange::leave);
            unanswered.clear();
            ended.run();
        });
        socket.resume();
    }

    private void take(String text) {
        try {
            SocketMessage message = SocketMessage.read(text);
            Answering before = unanswered.get(message.correlationId());
            if (message.request() == null) {
                giveUp(before);
            } else if (before != null) {
                throw ApiException.invalid(
                        "A request with this correlationId is unanswered; give each its own.", "correlationId");
            } else if (unanswered.size() >= inFlight) {
                refuse(
                        message.correlationId(),
                        ApiException.rateLimited(inFlight + " requests of this connection are unanswered. Send another"
                                + " for each answer; the operator can allow more with baigong.streams.in-flight."));
            } else {
                var answering = new Answering(message, message.request());
                unanswered.put(message.correlationId(), answering);
                proxy.handle(answering, operation);
            }
        } catch (ApiException e) {
            refuse("", e);
        }
    }

    private void giveUp(@Nullable Answering request) {
        if (request != null) { // else its answer was on its way already
            request.leave();
            request.end(new Exchange.Head(499, Forwarding.JSON, Map.of()), Buffer.buffer());
        }
    }

    private void refuse(String correlationId, ApiException why) {
        send(correlationId, "\"status\":" + why.status() + ",\"answer\":" + why.json());
    }

    private void send(String correlationId, String members) {
        String id = correlationId.isEmpty() ? "" : "\"correlationId\":" + quoted(correlationId) + ",";
        socket.writeTextMessage("{" + id + members + "}");
        if (socket.writeQueueFull()) {
            socket.pause();
        }
    }

    private void goOn() {
        socket.resume();
        List<Exchange.Source> sources = new ArrayList<>(paused);
        paused.clear();
        sources.forEach(Exchange.Source::resume);
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** A request and its answer. */
    private final class Answering extends MessageExchange {
        private final SocketMessage message;
        private final byte[] request;

        private Answering(SocketMessage message, byte[] request) {
            this.message = message;
            this.request = request;
        }

        @Override
        public void read(int most, Consumer<byte[]> asked, Consumer<Throwable> failed) {
            take(request, most, asked, failed);
        }

        @Override
        public @Nullable String header(String name) {
            String own = name.equals("authorization") ? null : message.headers().get(name);
            return own == null ? handshake.getHeader(name) : own;
        }

        @Override
        protected void event(String json) {
            send(message.correlationId(), "\"event\":" + json);
        }

        @Override
        protected void end(Head head, Buffer answer) {
            if (!unanswered.remove(message.correlationId(), this)) {
                return;
            }
            String headers = head.headers().entrySet().stream()
                    .map(each -> quoted(each.getKey()) + ":" + quoted(each.getValue()))
                    .collect(Collectors.joining(",", "\"headers\":{", "}"));
            send(
                    message.correlationId(),
                    "\"status\":" + head.status() + "," + headers
                            + (answer.length() == 0 ? "" : ",\"answer\":" + answer.toString(StandardCharsets.UTF_8)));
        }

        /** A key that is known no more closes the connection that it opened. */
        @Override
        public void failed(ApiException failure) {
            super.failed(failure);
            if (failure.status() == UNAUTHORIZED) {
                socket.close(POLICY_VIOLATION, "its key is known no more");
            }
        }

        @Override
        protected void hold(Source source) {
            if (socket.writeQueueFull()) {
                source.pause();
                paused.add(source);
            }
        }
    }
}
