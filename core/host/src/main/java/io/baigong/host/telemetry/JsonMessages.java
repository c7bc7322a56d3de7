package io.baigong.host.telemetry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plain JSON: {@code {"machine": "7", "time": "2026-01-31T06:00:00Z", "values": {"volt": 171.2}}}, or a list of such. Without
 * {@code values} each number of the object itself is a value; without {@code machine} the topic names it; without {@code time} it is
 * when the message came. Times are ISO 8601 with an offset, or seconds or milliseconds since 1970.
 */
final class JsonMessages implements MessageReader {
    private static final int MOST_READINGS = 10_000;

    /** From here on a number is milliseconds: in seconds it is the year 5138. */
    private static final double MILLISECONDS = 1e11;

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final int machineLevel;

    JsonMessages(int machineLevel) {
        this.machineLevel = machineLevel;
    }

    @Override
    public List<Arrival> read(String topic, byte[] payload, Instant arrived) throws MalformedMessage {
        JsonNode root;
        try {
            root = MAPPER.readTree(payload);
        } catch (IOException | StackOverflowError e) {
            throw new MalformedMessage("no JSON");
        }
        if (root == null || (!root.isObject() && !root.isArray()) || root.size() > MOST_READINGS) {
            throw new MalformedMessage("neither an object nor a list of at most " + MOST_READINGS);
        }
        var arrivals = new ArrayList<Arrival>();
        for (JsonNode each : root.isArray() ? root : List.of(root)) {
            arrivals.add(arrival(topic, each, arrived));
        }
        return arrivals;
    }

    private Arrival arrival(String topic, JsonNode reading, Instant arrived) throws MalformedMessage {
        if (!reading.isObject()) {
            throw new MalformedMessage("a reading is an object");
        }
        JsonNode given = reading.path("values");
        Map<String, Double> values = new HashMap<>();
        for (var each : (given.isObject() ? given : reading).properties()) {
            boolean isAbout = !given.isObject()
                    && (each.getKey().equals("machine") || each.getKey().equals("time"));
            if (each.getValue().isNumber() && !isAbout) {
                values.put(each.getKey(), each.getValue().doubleValue());
            }
        }
        return new Arrival(machine(topic, reading.path("machine")), time(reading.path("time"), arrived), values);
    }

    private String machine(String topic, JsonNode named) throws MalformedMessage {
        if (named.isTextual() || named.isIntegralNumber()) {
            return named.asText();
        }
        String[] levels = topic.split("/", -1);
        if (!named.isMissingNode() || machineLevel >= levels.length) {
            throw new MalformedMessage("no machine");
        }
        return levels[machineLevel];
    }

    private static Instant time(JsonNode time, Instant arrived) throws MalformedMessage {
        if (time.isMissingNode()) {
            return arrived;
        }
        try {
            if (time.isNumber()) {
                double number = time.doubleValue();
                return Instant.ofEpochMilli(Math.round(number >= MILLISECONDS ? number : 1000 * number));
            }
            return OffsetDateTime.parse(time.asText().replace(' ', 'T')).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedMessage("no time with an offset");
        }
    }
}
