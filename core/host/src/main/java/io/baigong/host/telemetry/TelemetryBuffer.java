package io.baigong.host.telemetry;

import io.baigong.spi.Feed.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What machines sent, as long as a run looks back: readings of the last day as they came, so that late and doubled ones can be told, and of
 * each hour before that the mean. Bounded. Not thread-safe.
 */
final class TelemetryBuffer {
    /** Readings are kept in full for so long: later ones than this are too late to be put in their place. */
    static final Duration FULL = Duration.ofHours(26);

    private static final long HOUR = 3600;

    /** How many readings back another of the same second is looked for. */
    private static final int LOOK_BACK = 32;

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private final List<String> signals;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Limits limits;
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private int readings;

    /**
     * Bounds.
     *
     * @param history how far a run looks back
     * @param ahead how far a machine's clock may be ahead
     * @param readings kept in full, of all machines
     */
    record Limits(Duration history, Duration ahead, int readings, int machines) {}

    /** What became of a reading. */
    enum Taken {
        TAKEN,
        /** Its time is in the future. */
        AHEAD,
        /** Its hour is over for longer than readings are kept in full. */
        TOO_LATE,
        /** None of its values is a signal of the task. */
        UNKNOWN,
        /** There are as many machines as there may be, or its name is none. */
        REFUSED
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(long second, double[] values) {}

    private static final class Machine {
        private final Deque<Row> rows = new ArrayDeque<>();

        /** Means by hour since 1970. */
        private final SortedMap<Long, double[]> hours = new TreeMap<>();
    }

    /** Keeps these signals; {@code names} has the signal of each other name under which it comes. */
    TelemetryBuffer(List<String> signals, Map<String, String> names, Limits limits) {
        this.signals = List.copyOf(signals);
        this.limits = limits;
        for (int i = 0; i < signals.size(); i++) {
            columns.put(signals.get(i), i);
        }
        names.forEach((name, signal) -> {
            Integer column = columns.get(signal);
            if (column == null) {
                throw new IllegalArgumentException(
                        "%s is named as %s, which is none of the signals %s".formatted(name, signal, this.signals));
            }
            columns.put(name, column);
        });
    }

    /** Takes a reading; of several of one second the last counts, with the others' values where it has none. */
    Taken take(Arrival arrival, Instant now) {
        double[] values = new double[signals.size()];
        Arrays.fill(values, Double.NaN);
        boolean known = false;
        for (var each : arrival.values().entrySet()) {
            Integer column = columns.get(each.getKey());
            if (column != null) {
                values[column] = each.getValue();
                known = true;
            }
        }
        if (!known) {
            return Taken.UNKNOWN;
        }
        if (arrival.time().isAfter(now.plus(limits.ahead()))) {
            return Taken.AHEAD;
        }
        if (arrival.time().isBefore(now.minus(FULL))) {
            return Taken.TOO_LATE;
        }
        Machine machine = machines.get(arrival.source());
        if (machine == null) {
            if (machines.size() >= limits.machines()
                    || !NAME.matcher(arrival.source()).matches()) {
                return Taken.REFUSED;
            }
            machine = new Machine();
            machines.put(arrival.source(), machine);
        }
        add(machine, new Row(arrival.time().getEpochSecond(), values));
        return Taken.TAKEN;
    }

    private void add(Machine machine, Row row) {
        Iterator<Row> back = machine.rows.descendingIterator();
        for (int i = 0; i < LOOK_BACK && back.hasNext(); i++) {
            Row other = back.next();
            if (other.second == row.second) {
                boolean apart = complete(row.values, other.values);
                if (apart) {
                    back.remove();
                    readings--;
                }
                break;
            }
        }
        machine.rows.add(row);
        readings++;
    }

    /** Fills what is missing from another of the same second; whether none was there in both. */
    private static boolean complete(double[] values, double[] other) {
        boolean apart = true;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                values[i] = other[i];
            } else if (!Double.isNaN(other[i])) {
                apart = false;
            }
        }
        return apart;
    }

    /** Takes means for what is older than a day, and forgets what no run looks at. Gives how many readings there was no room for. */
    int settle(Instant now) {
        long full = Math.floorDiv(now.minus(FULL).getEpochSecond(), HOUR);
        long oldest = Math.floorDiv(now.minus(limits.history()).getEpochSecond(), HOUR);
        for (Machine machine : machines.values()) {
            settle(machine, full);
            machine.hours.headMap(oldest).clear();
        }
        machines.values().removeIf(machine -> machine.rows.isEmpty() && machine.hours.isEmpty());
        return makeRoom();
    }

    private void settle(Machine machine, long full) {
        Map<Long, Row> past = new TreeMap<>();
        for (Iterator<Row> rows = machine.rows.iterator(); rows.hasNext(); ) {
            Row row = rows.next();
            if (Math.floorDiv(row.second, HOUR) < full) {
                past.put(row.second, row);
                rows.remove();
                readings--;
            }
        }
        Map<Long, List<Row>> hours = new TreeMap<>();
        past.values()
                .forEach(row -> hours.computeIfAbsent(Math.floorDiv(row.second, HOUR), _ -> new ArrayList<>())
                        .add(row));
        hours.forEach((hour, rows) -> machine.hours.putIfAbsent(hour, mean(rows)));
    }

    private double[] mean(List<Row> rows) {
        double[] mean = new double[signals.size()];
        for (int i = 0; i < mean.length; i++) {
            int column = i;
            mean[i] = rows.stream()
                    .mapToDouble(row -> row.values[column])
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
        }
        return mean;
    }

    /** Whether there are so many more than there is room for that it is time to make some. */
    boolean isOverfull() {
        return readings > limits.readings() + limits.readings() / 10;
    }

    /** Drops the oldest of the machine that has most, until there is room. Gives how many. */
    int makeRoom() {
        int dropped = 0;
        while (readings > limits.readings()) {
            Machine most = machines.values().stream()
                    .max((a, b) -> Integer.compare(a.rows.size(), b.rows.size()))
                    .orElseThrow();
            int cut = Math.max(1, Math.min(readings - limits.readings(), most.rows.size() / 2));
            for (int i = 0; i < cut; i++) {
                most.rows.removeFirst();
            }
            readings -= cut;
            dropped += cut;
        }
        return dropped;
    }

    /** Whether the machine sent any value of the signal in the hour that begins then. */
    boolean has(String source, String name, Instant hour) {
        Machine machine = machines.get(source);
        Integer column = columns.get(name);
        long from = hour.getEpochSecond();
        return machine != null
                && column != null
                && machine.rows.stream()
                        .anyMatch(row ->
                                row.second >= from && row.second < from + HOUR && !Double.isNaN(row.values[column]));
    }

    /** How many machines there are. */
    int machines() {
        return machines.size();
    }

    /** How many readings are kept in full. */
    int readings() {
        return readings;
    }

    /** All that is kept, of each machine means first, then readings as they came. */
    List<Reading> all() {
        var all = new ArrayList<Reading>();
        machines.forEach((source, machine) -> {
            machine.hours.forEach((hour, values) -> reading(source, hour * HOUR + HOUR / 2, values, all));
            machine.rows.forEach(row -> reading(source, row.second, row.values, all));
        });
        return all;
    }

    private void reading(String source, long second, double[] values, List<Reading> into) {
        Map<String, Double> known = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                known.put(signals.get(i), values[i]);
            }
        }
        if (!known.isEmpty()) {
            into.add(new Reading(source, Instant.ofEpochSecond(second), known));
        }
    }

    /** Takes back what {@link #all} gave before a restart. */
    void restore(List<Reading> kept, Instant now) {
        Instant full = now.minus(FULL);
        for (Reading reading : kept) {
            if (machines.size() >= limits.machines() && !machines.containsKey(reading.source())) {
                continue;
            }
            double[] values = new double[signals.size()];
            Arrays.fill(values, Double.NaN);
            reading.values().forEach((signal, value) -> {
                Integer column = columns.get(signal);
                if (column != null) {
                    values[column] = value;
                }
            });
            Machine machine = machines.computeIfAbsent(reading.source(), _ -> new Machine());
            long second = reading.time().getEpochSecond();
            if (reading.time().isBefore(full)) {
                machine.hours.putIfAbsent(Math.floorDiv(second, HOUR), values);
            } else {
                add(machine, new Row(second, values));
            }
        }
        settle(now);
    }
}
