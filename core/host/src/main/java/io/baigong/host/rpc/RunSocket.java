package io.baigong.host.rpc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.access.Admits;
import io.baigong.host.access.Caller;
import io.baigong.host.access.Roles;
import io.baigong.host.rest.Problem;
import io.baigong.host.rest.ProblemException;
import io.baigong.host.rest.Problems;
import io.baigong.host.rest.RunCalls;
import io.baigong.host.rpc.SocketDoor.Seat;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs of one task over a WebSocket: each message is a run, and each run has one answer, in the order in which they end.
 *
 * <p>What comes can't be held back, so a run beyond those that may be unanswered is refused unread, and who does not read refusals
 * either is cut off.
 */
@WebSocket(
        path = "/api/v1/tasks/{task}/stream",
        endpointId = RunSocket.ID,
        inboundProcessingMode = InboundProcessingMode.CONCURRENT)
@Admits({Roles.ANALYST, Roles.OPERATOR})
public class RunSocket {
    /** Its name among endpoints. */
    static final String ID = "runs";

    private static final System.Logger LOG = System.getLogger(RunSocket.class.getName());
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MOST_REFUSALS = 64;

    // RFC 6455, section 7.4.1
    private static final int POLICY_VIOLATION = 1008;
    private static final int MESSAGE_TOO_BIG = 1009;

    private static final String FORM =
            "Send {\"correlationId\": …, \"purpose\": …, \"input\": {…}, \"files\": [{\"component\": …, \"name\": …,"
                    + " \"content\": Base64}]}, of which all but the input may be left out.";

    private final RunCalls runs;
    private final Door door;
    private final StreamConfig config;
    private final ObjectMapper mapper;

    RunSocket(RunCalls runs, Door door, StreamConfig config, ObjectMapper mapper) {
        this.runs = runs;
        this.door = door;
        this.config = config;
        this.mapper = mapper;
    }

    /** What is sent back. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reply(
            @Nullable String correlationId,
            @JsonRawValue @Nullable String run,
            @Nullable Problem problem) {}

    /** A message that was read. */
    private record Message(@Nullable String correlation, RunCalls.Call call) {}

    @OnTextMessage
    @RunOnVirtualThread
    void run(String text, WebSocketConnection connection) {
        Seat seat = connection.userData().get(SocketDoor.SEAT);
        if (seat.unanswered().incrementAndGet() > config.inFlight()) {
            seat.unanswered().decrementAndGet();
            refuse(text, seat, connection);
            return;
        }
        try {
            answer(text, seat, connection);
        } finally {
            seat.unanswered().decrementAndGet();
        }
    }

    private void answer(String text, Seat seat, WebSocketConnection connection) {
        String correlation = null;
        try {
            Message message = read(text, seat.task());
            correlation = message.correlation();
            Caller caller = door.entered(seat.http(), seat.roles(), seat.subject());
            switch (runs.run(caller, message.call())) {
                case RunCalls.Ran ran -> send(connection, new Reply(correlation, ran.json(), null));
                case RunCalls.Refused(var problem) -> send(connection, new Reply(correlation, null, problem));
            }
        } catch (RuntimeException e) {
            Problem problem = Problems.of(e);
            send(connection, new Reply(correlation == null ? correlation(text) : correlation, null, problem));
            if (problem.status() == UNAUTHORIZED || problem.status() == FORBIDDEN) {
                close(connection, POLICY_VIOLATION, "let in no longer");
            }
        }
    }

    private void refuse(String text, Seat seat, WebSocketConnection connection) {
        if (seat.refusals().incrementAndGet() > MOST_REFUSALS) {
            close(connection, POLICY_VIOLATION, "more messages than answers are read");
            return;
        }
        try {
            send(
                    connection,
                    new Reply(
                            correlation(text),
                            null,
                            Problem.of(
                                    429,
                                    "too-many",
                                    config.inFlight() + " runs of this connection are unanswered",
                                    "Send another for each answer. The operator can allow more with"
                                            + " baigong.streams.in-flight.")));
        } finally {
            seat.refusals().decrementAndGet();
        }
    }

    private @Nullable String correlation(String text) {
        try {
            return mapper.readTree(text).path("correlationId").textValue();
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private Message read(String text, String task) {
        try {
            JsonNode json = mapper.readTree(text);
            if (!json.isObject()) {
                throw ProblemException.invalid("the message is no JSON object", FORM);
            }
            String correlation = json.path("correlationId").textValue();
            JsonNode input = json.path("input");
            List<RunCalls.Content> files = new ArrayList<>();
            for (JsonNode file : json.path("files")) {
                byte[] content = file.path("content").binaryValue();
                if (content == null) {
                    throw ProblemException.invalid("a file has no content", FORM);
                }
                files.add(new RunCalls.Content(
                        file.path("component").asText(), file.path("name").asText(), ByteBuffer.wrap(content)));
            }
            return new Message(
                    correlation,
                    new RunCalls.Call(
                            task,
                            input.isMissingNode() ? "" : input.toString(),
                            files,
                            json.path("purpose").asText(),
                            correlation == null ? "" : correlation));
        } catch (IOException e) {
            throw ProblemException.invalid("the message is no JSON, or a file's content no Base64", FORM);
        }
    }

    private void send(WebSocketConnection connection, Reply reply) {
        try {
            connection.sendTextAndAwait(mapper.writeValueAsString(reply));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reply can be written", e);
        } catch (RuntimeException gone) {
            LOG.log(System.Logger.Level.DEBUG, "an answer's reader is gone", gone);
        }
    }

    @OnClose
    void closed(WebSocketConnection connection) {
        UpgradedRequest.ended(connection.userData().get(SocketDoor.SEAT).http().request());
    }

    /** What comes is too large, or breaks off. */
    @OnError
    void broken(Throwable e, WebSocketConnection connection) {
        LOG.log(System.Logger.Level.DEBUG, "a connection broke", e);
        if (connection.isOpen()) {
            close(connection, MESSAGE_TOO_BIG, "more than can be read");
        }
    }

    private static void close(WebSocketConnection connection, int status, String why) {
        connection.close(new CloseReason(status, why)).subscribe().with(_ -> {}, _ -> {});
    }
}
