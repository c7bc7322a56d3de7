package io.baigong.host.telemetry;

import java.time.Instant;
import java.util.Map;

/**
 * What a message says that a machine measured at one moment.
 *
 * @param values by the name that the message has
 */
record Arrival(String source, Instant time, Map<String, Double> values) {}
