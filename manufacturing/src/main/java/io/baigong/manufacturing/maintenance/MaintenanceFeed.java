package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.telemetry.Signal;
import io.baigong.spi.Feed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Readings become the telemetry file that a person would send, so that they are cleaned and judged alike. */
final class MaintenanceFeed implements Feed<MaintenanceInput, MaintenanceReport> {
    /** The longest window of a feature is two weeks; one more so that an alarm of long ago is still the same one. */
    private static final Duration HISTORY = Duration.ofDays(21);

    @Override
    public List<String> signals() {
        return Signal.ALL.stream().map(Signal::column).toList();
    }

    @Override
    public Duration history() {
        return HISTORY;
    }

    @Override
    public Given given(List<Reading> readings, Map<String, String> units, Instant asOf) {
        var bytes = new ByteArrayOutputStream();
        try (Writer file = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)) {
            file.write("datetime,machineID");
            for (String signal : signals()) {
                String unit = units.get(signal);
                file.write("," + signal + (unit == null ? "" : " [" + unit + "]"));
            }
            file.write("\n");
            for (Reading reading : readings) {
                file.write(reading.time() + ",\"" + reading.source().replace("\"", "\"\"") + "\"");
                for (String signal : signals()) {
                    Double value = reading.values().get(signal);
                    file.write(value == null ? "," : "," + value);
                }
                file.write("\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Given(Map.of("asOf", asOf.toString()), Map.of("telemetry", bytes.toByteArray()));
    }

    @Override
    public List<Alarm> alarms(MaintenanceReport report) {
        return report.alarms().stream()
                .map(alarm -> new Alarm(
                        alarm.machine(),
                        alarm.component(),
                        alarm.opened(),
                        Optional.ofNullable(alarm.closed()),
                        alarm.peak(),
                        subject(alarm)))
                .toList();
    }

    /** As the page of the task names it. */
    private static String subject(MaintenanceReport.Alarm alarm) {
        String subject = "alarm:" + alarm.machine() + "/" + alarm.component() + "/" + alarm.opened();
        return subject.substring(0, Math.min(200, subject.length()));
    }
}
