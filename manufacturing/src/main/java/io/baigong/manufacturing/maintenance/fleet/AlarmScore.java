package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the alarms of one machine compare with its failures, event by event.
 *
 * <p>A failure was foreseen by a lead time of {@code L} hours when an alarm for its component had opened at least {@code L} and at most
 * {@link #LONGEST_LEAD} hours before; failures in the first {@code L} hours of a record are not asked for. An alarm is false when its
 * component does not fail within {@link #LONGEST_LEAD} hours of it; when the record ends before that, it is not judged.
 *
 * @param leads of the failures, hours
 * @param falseAlarms of those judged
 * @param days of the record
 */
public record AlarmScore(List<Lead> leads, int alarms, int falseAlarms, int unjudged, double days) {
    /** Two weeks, in hours: an alarm that is earlier than that says nothing of use. */
    public static final int LONGEST_LEAD = 336;

    public AlarmScore {
        leads = List.copyOf(leads);
    }

    /**
     * A failure.
     *
     * @param possible hours of the record before it
     * @param hours from the earliest alarm for it to it; 0 without alarm
     */
    public record Lead(long possible, long hours) {}

    static AlarmScore of(MachineHistory machine, List<Episode> episodes) {
        var leads = new ArrayList<Lead>();
        long first = machine.series().firstHour();
        long last = machine.series().lastHour();
        for (Event failure : machine.failures()) {
            if (failure.hour() > first && failure.hour() <= last) {
                leads.add(new Lead(
                        failure.hour() - first,
                        earliest(failure, episodes)
                                .map(e -> failure.hour() - e.opened())
                                .orElse(0L)));
            }
        }
        int wrong = 0;
        int unjudged = 0;
        for (Episode episode : episodes) {
            boolean right = machine.failures().stream().anyMatch(failure -> foresees(episode, failure));
            if (!right) {
                boolean seen = episode.opened() + LONGEST_LEAD <= last || !episode.open();
                wrong += seen ? 1 : 0;
                unjudged += seen ? 0 : 1;
            }
        }
        return new AlarmScore(
                leads,
                episodes.size() - unjudged,
                wrong,
                unjudged,
                machine.series().hours() / 24.0);
    }

    private static boolean foresees(Episode episode, Event failure) {
        return episode.component().equals(failure.what())
                && episode.opened() < failure.hour()
                && failure.hour() - episode.opened() <= LONGEST_LEAD;
    }

    private static Optional<Episode> earliest(Event failure, List<Episode> episodes) {
        return episodes.stream()
                .filter(episode -> foresees(episode, failure))
                .min(Comparator.comparingLong(Episode::opened));
    }

    /** Share of failures foreseen by a lead time in hours; not a number where none could be. */
    static double recall(List<AlarmScore> machines, int hours) {
        long possible = 0;
        long found = 0;
        for (AlarmScore machine : machines) {
            for (Lead lead : machine.leads) {
                possible += lead.possible >= hours ? 1 : 0;
                found += lead.possible >= hours && lead.hours >= Math.max(1, hours) ? 1 : 0;
            }
        }
        return possible == 0 ? Double.NaN : (double) found / possible;
    }

    static double falseAlarmsPerMachineDay(List<AlarmScore> machines) {
        return machines.stream().mapToInt(AlarmScore::falseAlarms).sum()
                / machines.stream().mapToDouble(AlarmScore::days).sum();
    }

    /** Share of judged alarms that are false; 0 where there are none. */
    static double falseAlarmShare(List<AlarmScore> machines) {
        int alarms = machines.stream().mapToInt(AlarmScore::alarms).sum();
        return alarms == 0
                ? 0
                : (double) machines.stream().mapToInt(AlarmScore::falseAlarms).sum() / alarms;
    }

    /** Median lead time of the failures that had an alarm, hours; not a number where none had. */
    static double medianLead(List<AlarmScore> machines) {
        long[] hours = machines.stream()
                .flatMap(m -> m.leads.stream())
                .mapToLong(Lead::hours)
                .filter(h -> h > 0)
                .sorted()
                .toArray();
        return hours.length == 0 ? Double.NaN : (hours[(hours.length - 1) / 2] + hours[hours.length / 2]) / 2.0;
    }

    /** What the machine cost under these alarms. */
    double cost(Costs costs) {
        return costs.sum(falseAlarms, leads.stream().mapToLong(Lead::hours).toArray());
    }
}
