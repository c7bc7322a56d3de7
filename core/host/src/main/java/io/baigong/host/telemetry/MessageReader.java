package io.baigong.host.telemetry;

import java.time.Instant;
import java.util.List;

/** Reads messages of one line, in the order in which they came. Of one thread. */
interface MessageReader {
    /** Most bytes of a message. */
    int MOST_BYTES = 1 << 20;

    /** What it says of machines; nothing for a message about the connection. */
    List<Arrival> read(String topic, byte[] payload, Instant arrived) throws MalformedMessage;

    /** What stands still by the protocol's rules: last values of machines that are alive and send changes only. */
    default List<Arrival> standing() {
        return List.of();
    }

    /** The connection was lost and is there again, so messages may have been missed. */
    default void reconnected() {}
}
