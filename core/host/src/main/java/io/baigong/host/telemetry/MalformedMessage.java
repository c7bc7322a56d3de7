package io.baigong.host.telemetry;

/** A message that says nothing of telemetry. It is counted, and nothing else comes of it. */
final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
