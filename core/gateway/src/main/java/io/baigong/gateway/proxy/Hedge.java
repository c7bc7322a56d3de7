package io.baigong.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that goes to a second server too when the first has not answered after some time; the first answer counts, and the other
 * call ends (Dean and Barroso, "The Tail at Scale", 2013). For calls that may be made twice and are not streamed: vectors.
 *
 * <p>Lives on one event loop.
 */
final class Hedge implements Sending {
    private final Vertx vertx;
    private final Duration after;
    private final Forwarding.Caller caller;
    private final Branch first;
    private final Branch second;
    private long timer = -1;
    private double queuedMillis;
    private boolean over;

    /**
     * A call that has not been sent.
     *
     * @param first makes the call that is sent at once
     * @param second makes the one that may be sent later, to other servers first
     */
    Hedge(
            Vertx vertx,
            Duration after,
            Function<Forwarding.Caller, Forwarding> first,
            Function<Forwarding.Caller, Forwarding> second,
            Forwarding.Caller caller) {
        this.vertx = vertx;
        this.after = after;
        this.caller = caller;
        this.first = new Branch(first);
        this.second = new Branch(second);
    }

    @Override
    public void begin() {
        timer = vertx.setTimer(Math.max(1, after.toMillis()), late -> {
            if (!over) {
                second.begin();
            }
        });
        first.begin();
    }

    @Override
    public void end(boolean abandon) {
        over = true;
        vertx.cancelTimer(timer);
        first.end(abandon);
        second.end(abandon);
    }

    /** Of the call that was sent first, which the caller waited for. */
    @Override
    public double queuedMillis() {
        return queuedMillis;
    }

    private final class Branch implements Forwarding.Caller {
        private final Function<Forwarding.Caller, Forwarding> calls;
        private @Nullable Forwarding sent;
        private Routes.@Nullable Target target;
        private boolean failed;

        private Branch(Function<Forwarding.Caller, Forwarding> calls) {
            this.calls = calls;
        }

        private void begin() {
            sent = calls.apply(this);
            sent.begin();
        }

        private void end(boolean abandon) {
            if (sent != null) {
                sent.end(abandon);
                queuedMillis = this == first ? sent.queuedMillis() : queuedMillis;
                sent = null;
            }
        }

        private Branch other() {
            return this == first ? second : first;
        }

        @Override
        public void answering(Routes.Target answers) {
            target = answers;
        }

        @Override
        public void used(AnswerScan scan) {
            if (!over) {
                caller.answering(Objects.requireNonNull(target));
                caller.used(scan);
            }
        }

        @Override
        public void whole(int status, Buffer body, AnswerScan scan) {
            if (!over) {
                other().end(true);
                caller.answering(Objects.requireNonNull(target));
                caller.whole(status, body, scan);
            }
        }

        @Override
        public void events(EventStream stream, Buffer events, Attempts source) {
            throw new IllegalStateException("vectors are not streamed");
        }

        @Override
        public void ended() {
            throw new IllegalStateException("vectors are not streamed");
        }

        @Override
        public void failed(ApiException failure) {
            failed = true;
            boolean waitsForOther = other().sent != null && !other().failed;
            if (!over && !waitsForOther) {
                caller.failed(failure);
            }
        }
    }
}
