package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import io.baigong.manufacturing.maintenance.telemetry.Cleaning;
import io.baigong.manufacturing.maintenance.telemetry.DataIssue;
import io.baigong.manufacturing.maintenance.telemetry.EventFile;
import io.baigong.manufacturing.maintenance.telemetry.MachineFile;
import io.baigong.manufacturing.maintenance.telemetry.Samples;
import io.baigong.manufacturing.maintenance.telemetry.TelemetryFile;
import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.spi.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Histories of machines from files as Microsoft's predictive-maintenance sample has them: {@code PdM_telemetry.csv},
 * {@code PdM_errors.csv}, {@code PdM_maint.csv}, {@code PdM_failures.csv}, {@code PdM_machines.csv}, packed with gzip or not.
 */
public final class FleetFolder {
    private static final List<String> ERROR = List.of("errorid", "error_id", "error", "code");
    private static final List<String> COMPONENT = List.of("comp", "component", "failure");

    /** Most hours of all machines together: what two samples years apart take in memory is the hours between them. */
    static final long MOST_HOURS = 20_000_000;

    private FleetFolder() {}

    /**
     * A file, and what to call it in a message.
     *
     * @param name as its sender named it
     */
    public record Source(Path file, String name) {}

    /** The files of a fleet beside telemetry, any of which may be missing. */
    public record Sources(
            Optional<Source> errors,
            Optional<Source> maintenance,
            Optional<Source> failures,
            Optional<Source> machines) {}

    /**
     * Machines and what was wrong with their data.
     *
     * @param machines by the order of the telemetry file
     */
    public record Fleet(List<MachineHistory> machines, List<DataIssue> issues) {}

    /** A fleet from the files of a folder, by their names; times without an offset are of the zone. */
    public static Fleet read(Path folder, ZoneId zone) throws IOException, UnreadableTelemetry {
        Map<String, Source> found = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                String plain = name.toLowerCase(Locale.ROOT);
                for (String part : List.of("telemetry", "errors", "maint", "failures", "machines")) {
                    if (plain.contains(part) && plain.matches(".*\\.csv(\\.gz)?")) {
                        found.put(part, new Source(file, name));
                    }
                }
            }
        }
        Source telemetry = found.get("telemetry");
        if (telemetry == null) {
            throw new IOException(folder + " holds no telemetry, such as PdM_telemetry.csv");
        }
        return of(
                TelemetryFile.read(telemetry.file(), telemetry.name(), zone),
                new Sources(
                        Optional.ofNullable(found.get("errors")),
                        Optional.ofNullable(found.get("maint")),
                        Optional.ofNullable(found.get("failures")),
                        Optional.ofNullable(found.get("machines"))),
                zone);
    }

    /** Cleans samples, and joins what the files say of their machines. */
    public static Fleet of(Map<String, Samples> samples, Sources sources, ZoneId zone) throws UnreadableTelemetry {
        return of(samples, sources, zone, MOST_HOURS);
    }

    static Fleet of(Map<String, Samples> samples, Sources sources, ZoneId zone, long mostHours)
            throws UnreadableTelemetry {
        Map<String, List<Event>> errors = events(sources.errors(), ERROR, zone);
        Map<String, List<Event>> maintenance = events(sources.maintenance(), COMPONENT, zone);
        Map<String, List<Event>> failures = events(sources.failures(), COMPONENT, zone);
        Map<String, MachineFile.Facts> facts = sources.machines().isEmpty()
                ? Map.of()
                : MachineFile.read(
                        sources.machines().get().file(),
                        sources.machines().get().name());
        var machines = new ArrayList<MachineHistory>();
        var issues = new ArrayList<DataIssue>();
        long hours = 0;
        for (var own : samples.entrySet()) {
            String id = own.getKey();
            Cleaning.Cleaned cleaned = Cleaning.of(id, own.getValue());
            hours += cleaned.series().hours();
            if (hours > mostHours) {
                throw new UnreadableTelemetry(
                        ErrorCode.User.TOO_LARGE,
                        "the machines' records span more than %d hours together".formatted(mostHours),
                        "Send fewer machines at once or a shorter time, and look for samples years away from the others.");
            }
            issues.addAll(cleaned.issues());
            MachineFile.Facts fact = facts.getOrDefault(id, MachineFile.Facts.UNKNOWN);
            List<Event> failed = failures.getOrDefault(id, List.of());
            machines.add(new MachineHistory(
                    id,
                    fact.model(),
                    fact.age(),
                    cleaned.series(),
                    errors.getOrDefault(id, List.of()),
                    joined(maintenance.getOrDefault(id, List.of()), failed),
                    failed));
        }
        return new Fleet(List.copyOf(machines), List.copyOf(issues));
    }

    /** Replacements, those after failures among them: the sample lacks some of these in its maintenance file. */
    private static List<Event> joined(List<Event> maintenance, List<Event> failures) {
        return Stream.concat(maintenance.stream(), failures.stream())
                .distinct()
                .sorted(Comparator.comparingLong(Event::hour))
                .toList();
    }

    private static Map<String, List<Event>> events(Optional<Source> source, List<String> column, ZoneId zone)
            throws UnreadableTelemetry {
        var byMachine = new HashMap<String, List<Event>>();
        if (source.isPresent()) {
            for (var event : EventFile.read(source.get().file(), source.get().name(), column, zone)) {
                byMachine
                        .computeIfAbsent(event.machine(), id -> new ArrayList<>())
                        .add(new Event(Math.floorDiv(event.at().getEpochSecond(), 3600), event.what()));
            }
        }
        byMachine.values().forEach(events -> events.sort(Comparator.comparingLong(Event::hour)));
        return byMachine;
    }
}
