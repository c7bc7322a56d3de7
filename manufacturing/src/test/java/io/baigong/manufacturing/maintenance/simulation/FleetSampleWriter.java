package io.baigong.manufacturing.maintenance.simulation;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import io.baigong.manufacturing.maintenance.simulation.FleetSimulator.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes the sample fleet: {@code FleetSampleWriter FOLDER}. Of a simulated fleet at a hundred days, a machine whose bearing fails
 * within the next days, one whose bearing failed lately, and one that is sound, over the last thirty days.
 */
public final class FleetSampleWriter {
    private static final int CUT = 100 * 24;
    private static final int SHOWN = 30 * 24;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private FleetSampleWriter() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        long cut = FleetSimulator.START.getEpochSecond() / 3600 + CUT;
        List<Recorded> all = new FleetSimulator(new FleetScenario(200, 160, 5)).recorded();
        List<Recorded> chosen = List.of(
                first(all, machine -> fails(machine, "bearing", cut + 60, cut + 96)),
                first(all, machine -> fails(machine, "bearing", cut - 400, cut - 250)),
                first(all, machine -> !fails(machine, null, cut - SHOWN, cut + 700)));
        var telemetry = new StringBuilder("datetime,machineID,volt,rotate,pressure,vibration\n");
        var machines = new StringBuilder("machineID,model,age\n");
        for (Recorded machine : chosen) {
            machines.append("%s,%s,%d\n".formatted(machine.machine(), machine.model(), machine.age()));
            machine.samples().forEach((second, values) -> {
                long hour = second / 3600;
                if (hour >= cut - SHOWN && hour < cut) {
                    telemetry
                            .append(TIME.format(Instant.ofEpochSecond(second)))
                            .append(',')
                            .append(machine.machine());
                    for (float value : values) {
                        telemetry.append(Float.isNaN(value) ? "," : String.format(Locale.ROOT, ",%.1f", value));
                    }
                    telemetry.append('\n');
                }
            });
        }
        Files.writeString(folder.resolve("telemetry.csv"), telemetry);
        Files.writeString(folder.resolve("machines.csv"), machines);
        write(folder, "errors.csv", "errorID", chosen, Recorded::errors, cut);
        write(folder, "maintenance.csv", "comp", chosen, Recorded::replacements, cut);
        write(folder, "failures.csv", "failure", chosen, Recorded::failures, cut);
    }

    private static Recorded first(List<Recorded> all, java.util.function.Predicate<Recorded> wanted) {
        return all.stream().filter(wanted).findFirst().orElseThrow();
    }

    private static boolean fails(
            Recorded machine, @org.jspecify.annotations.Nullable String component, long from, long to) {
        return machine.failures().stream()
                .anyMatch(f -> (component == null || f.what().equals(component)) && f.hour() > from && f.hour() < to);
    }

    private static void write(
            Path folder,
            String name,
            String column,
            List<Recorded> machines,
            Function<Recorded, List<Event>> events,
            long cut)
            throws IOException {
        var text = new StringBuilder("datetime,machineID," + column + "\n");
        for (Recorded machine : machines) {
            for (Event event : events.apply(machine)) {
                if (event.hour() < cut) {
                    text.append("%s,%s,%s\n"
                            .formatted(
                                    TIME.format(Instant.ofEpochSecond(event.hour() * 3600)),
                                    machine.machine(),
                                    event.what()));
                }
            }
        }
        Files.writeString(folder.resolve(name), text);
    }
}
