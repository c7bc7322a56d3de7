package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.spi.ErrorCode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events of machines as delimited text: a time, a machine, and what happened, such as an error code or a component. */
public final class EventFile {
    static final List<String> TIME = List.of("datetime", "timestamp", "time", "date");
    static final List<String> MACHINE = List.of("machineid", "machine_id", "machine", "asset", "equipment");
    private static final int MOST_EVENTS = 5_000_000;
    private static final int LONGEST_NAME = 100;

    private EventFile() {}

    /**
     * Something that happened to a machine.
     *
     * @param what an error code or a component
     */
    public record Event(String machine, Instant at, String what) {}

    /** Events in the order of the file; a header alone is none. */
    public static List<Event> read(Path file, String name, List<String> column, ZoneId zone)
            throws UnreadableTelemetry {
        var events = new ArrayList<Event>();
        DelimitedFile.read(file, name, header -> {
            int time = column(header, TIME, name);
            int machine = column(header, MACHINE, name);
            int what = column(header, column, name);
            return (number, cells) -> {
                if (events.size() >= MOST_EVENTS) {
                    throw new UnreadableTelemetry(
                            ErrorCode.User.TOO_LARGE,
                            name + " has more than " + MOST_EVENTS + " events",
                            "Send it in parts, each of fewer machines or a shorter time.");
                }
                events.add(new Event(
                        machine(cells.get(machine), number, name),
                        time(cells.get(time), zone, number, name),
                        cells.get(what)));
            };
        });
        return events;
    }

    /** The first column of one of the names, whatever their case. */
    static int column(List<String> header, List<String> names, String file) throws UnreadableTelemetry {
        for (int c = 0; c < header.size(); c++) {
            if (names.contains(header.get(c).toLowerCase(Locale.ROOT))) {
                return c;
            }
        }
        throw new UnreadableTelemetry(
                ErrorCode.User.INVALID,
                file + " has no column " + names.getFirst() + "; it has " + shown(header),
                "Give the file a header with one of " + names + ".");
    }

    static Instant time(String cell, ZoneId zone, long number, String file) throws UnreadableTelemetry {
        return Times.read(cell, zone)
                .orElseThrow(() -> new UnreadableTelemetry(
                        ErrorCode.User.INVALID,
                        "line %d of %s has no time but \"%s\"".formatted(number, file, shown(List.of(cell))),
                        "Give times as 2026-01-31 06:00:00, with an offset such as +08:00 if need be."));
    }

    static String machine(String cell, long number, String file) throws UnreadableTelemetry {
        if (cell.isEmpty() || cell.length() > LONGEST_NAME) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.INVALID,
                    "line %d of %s names no machine".formatted(number, file),
                    "Give each line a machine, of at most %d characters.".formatted(LONGEST_NAME));
        }
        return cell;
    }

    static String shown(List<String> cells) {
        String all = String.join(", ", cells.subList(0, Math.min(12, cells.size())));
        return all.length() <= 200 ? all : all.substring(0, 200) + "…";
    }
}
