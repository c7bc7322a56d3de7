package io.baigong.gateway.proxy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events (WHATWG HTML, section 9.2) that pass through: whole events leave as they came, each looked at for its usage.
 * An event that is no JSON stops the stream, for a client would break at it.
 *
 * <p>Not thread-safe.
 */
final class EventStream {
    private static final int MOST_BYTES = 4 << 20;
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final boolean passUsage;
    private Buffer rest = Buffer.buffer();
    private int searched;
    private boolean done;
    private boolean hasUsage;
    private boolean broken;
    private long inputTokens;
    private long outputTokens;

    /** @param passUsage whether the caller asked for the event that holds only usage */
    EventStream(boolean passUsage) {
        this.passUsage = passUsage;
    }

    /** Takes bytes as they come, and returns those of the events that are whole now, up to one that can't be read. */
    Buffer take(Buffer bytes) {
        if (broken) {
            return Buffer.buffer();
        }
        rest.appendBuffer(bytes);
        var out = Buffer.buffer(bytes.length());
        int from = 0;
        try {
            for (int at = searched; at < rest.length(); at++) {
                if (endsEvent(from, at)) {
                    byte[] event = rest.getBytes(from, at + 1);
                    if (passes(event)) {
                        out.appendBytes(event);
                    }
                    from = at + 1;
                }
            }
        } catch (IOException e) {
            broken = true;
        }
        if (from > 0) {
            rest = rest.getBuffer(from, rest.length());
        }
        searched = rest.length();
        broken |= searched > MOST_BYTES;
        return out;
    }

    /** Whether the byte at {@code at} ends a blank line, and with it the event that begins at {@code from}. */
    private boolean endsEvent(int from, int at) {
        if (rest.getByte(at) != '\n') {
            return false;
        }
        int before = at - 1;
        if (before >= from && rest.getByte(before) == '\r') {
            before--;
        }
        return before >= from && rest.getByte(before) == '\n';
    }

    private boolean passes(byte[] bytes) throws IOException {
        boolean passes = true;
        int line = 0;
        while (line < bytes.length) {
            int end = line;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            if (startsWith(bytes, line, end, DATA)) {
                passes &= data(bytes, line + DATA.length, end);
            }
            line = end + 1;
        }
        return passes;
    }

    private boolean data(byte[] bytes, int start, int end) throws IOException {
        int from = start;
        while (from < end && bytes[from] == ' ') {
            from++;
        }
        if (startsWith(bytes, from, end, DONE)) {
            done = true;
            return true;
        }
        AnswerScan scan = AnswerScan.of(bytes, from, end);
        done |= scan.isLast();
        if (scan.hasUsage()) {
            hasUsage = true;
            inputTokens = scan.inputTokens();
            outputTokens = scan.outputTokens();
        }
        return passUsage || !scan.onlyUsage();
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        if (to - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether an event came that can't be read; nothing passes behind it. */
    boolean isBroken() {
        return broken;
    }

    /** Whether the stream has come to its proper end: {@code [DONE]}, or the last event of the Responses API. */
    boolean isDone() {
        return done;
    }

    /** Whether the server has said what was used. */
    boolean hasUsage() {
        return hasUsage;
    }

    long inputTokens() {
        return inputTokens;
    }

    long outputTokens() {
        return outputTokens;
    }
}
