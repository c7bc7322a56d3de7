package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.spi.ErrorCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sample as JSON has it.
 *
 * @param time as in a file, see {@link Times}
 * @param values by the name of a {@link Signal}, in its unit; null where one is missing
 */
public record Reading(String machine, String time, Map<String, @Nullable Double> values) {

    /** Samples by machine. */
    public static Map<String, Samples> samples(List<Reading> readings, ZoneId zone) throws UnreadableTelemetry {
        Map<String, Samples> machines = new LinkedHashMap<>();
        boolean known = false;
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            if (reading == null || reading.machine == null || reading.time == null || reading.values == null) {
                throw new UnreadableTelemetry(
                        ErrorCode.User.INVALID,
                        "reading %d lacks its machine, time or values".formatted(i),
                        "Give each reading a machine, a time and values.");
            }
            float[] values = new float[Signal.ALL.size()];
            java.util.Arrays.fill(values, Float.NaN);
            for (var value : reading.values.entrySet()) {
                for (int s = 0; s < values.length; s++) {
                    if (Signal.ALL.get(s).isNamed(value.getKey()) && value.getValue() != null) {
                        values[s] = value.getValue().floatValue();
                        known = true;
                    }
                }
            }
            Instant at = EventFile.time(reading.time, zone, i, "the readings");
            String id = EventFile.machine(reading.machine, i, "the readings");
            Samples own = machines.get(id);
            if (own == null) {
                own = TelemetryFile.add(machines, id, "the readings");
            }
            own.add(at.getEpochSecond(), values, Times.hasOffset(reading.time));
        }
        if (!known) {
            throw new UnreadableTelemetry(
                    readings.isEmpty() ? ErrorCode.User.EMPTY : ErrorCode.User.INVALID,
                    "the readings hold no value of a signal",
                    "Name the values " + Signal.ALL.stream().map(Signal::column).toList() + ".");
        }
        return machines;
    }
}
