package io.baigong.gateway.proxy;

import io.baigong.gateway.guard.Refused;
import io.baigong.journal.Journal;
import io.baigong.journal.WithoutWords;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call, from its coming to the end of its answer: admitted, read, answered and counted, whatever it is for and however it came.
 *
 * <p>Lives on one event loop.
 */
abstract class Call {
    private static final int CLIENT_GONE = 499;

    final Exchange exchange;
    private final Proxy proxy;
    private final Instant at;
    private final long began = System.nanoTime();

    private Admission.@Nullable Permit permit;
    private @Nullable Sending sending;
    private long firstByte;
    private long timer = -1;
    private boolean over;

    Call(Proxy proxy, Exchange exchange) {
        this.proxy = proxy;
        this.exchange = exchange;
        this.at = proxy.clock.instant();
    }

    /** The call is read. */
    abstract void asked(byte[] question) throws ApiException;

    /** The call has ended with that status, as HTTP has it, and gives its leave back. */
    abstract void settle(int status);

    final void begin() {
        exchange.whenGone(() -> end(CLIENT_GONE));
        proxy.admission
                .admit(Admission.secret(exchange.header("authorization")))
                .onComplete(admitted -> {
                    if (admitted.failed()) {
                        fail(admitted.cause());
                    } else if (over) {
                        admitted.result().release(Cost.NOTHING);
                    } else {
                        permit = admitted.result();
                        timer = proxy.vertx.setTimer(
                                proxy.config.deadline().toMillis(),
                                _ -> fail(ApiException.timeout(
                                        "The answer took longer than " + proxy.config.deadline() + ".")));
                        exchange.read(proxy.config.maxRequestBytes(), this::read, this::fail);
                    }
                });
    }

    private void read(byte[] question) {
        if (over) {
            return;
        }
        try {
            asked(question);
        } catch (ApiException | RuntimeException e) {
            fail(e);
        }
    }

    /** The caller's leave, which it has since it was admitted. */
    final Admission.Permit permit() {
        return Objects.requireNonNull(permit);
    }

    final Instant at() {
        return at;
    }

    final boolean isOver() {
        return over;
    }

    final void send(Sending to) {
        sending = to;
        to.begin();
    }

    /** The answer has begun to come. */
    final void answerBegins() {
        if (firstByte == 0) {
            firstByte = System.nanoTime();
        }
    }

    final void answer(Exchange.Head head, Buffer body) {
        if (over) {
            return;
        }
        answerBegins();
        end(head.status());
        exchange.whole(head, body);
    }

    /** The events that were sent are all. */
    final void answered() {
        end(200);
        exchange.ended();
    }

    final void fail(Throwable cause) {
        if (over) {
            return;
        }
        ApiException failure = switch (cause) {
            case ApiException api -> api;
            case Refused refused -> ApiException.refused(refused, false);
            default -> unexpected(cause);
        };
        answerBegins();
        end(failure.status());
        exchange.failed(failure);
    }

    private static ApiException unexpected(Throwable cause) {
        UUID incident = UUID.randomUUID();
        System.getLogger(Call.class.getName())
                .log(System.Logger.Level.ERROR, "incident " + incident, WithoutWords.of(cause));
        return new ApiException(
                500, "server_error", null, null, "The gateway failed; this is incident " + incident + ".");
    }

    /** The first end counts. To be told before the answer ends, which closes its way. */
    private void end(int status) {
        if (over) {
            return;
        }
        over = true;
        if (sending != null) {
            sending.end(status >= 300);
        }
        proxy.vertx.cancelTimer(timer);
        if (permit != null) {
            settle(status);
        }
    }

    /** Writes down what the call used. */
    final void count(
            String operation,
            String model,
            String backend,
            int status,
            boolean streamed,
            long inputTokens,
            long outputTokens,
            Cost used) {
        long now = System.nanoTime();
        proxy.ledger.accept(new Usage(
                Journal.newId(),
                permit().key(),
                permit().tenant(),
                operation,
                model,
                backend,
                status,
                streamed,
                false,
                inputTokens,
                outputTokens,
                used.micros(),
                at,
                (firstByte == 0 ? now - began : firstByte - began) / 1e6,
                sending == null ? 0 : sending.queuedMillis(),
                (now - began) / 1e6,
                exchange.header("traceparent")));
    }
}
