package io.baigong.host.batch;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.baigong.host.run.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When something is due: a cron expression of five fields (minute, hour, day of month, month, day of week) in a time zone. Immutable.
 *
 * <p>Where clocks are put forward, a time that they leave out is due when they are; where they are put back, a time that comes twice
 * is due the first time. With {@code *} as its hour it is due each hour that passes, so in both of the two that look alike.
 */
final class Timetable {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final int LONGEST_CRON = 100;
    private static final String FIELDS =
            "Send minute, hour, day of month, month and day of week, such as 30 6 * * MON-FRI.";

    private final ExecutionTime times;
    private final ZoneId zone;
    private final boolean hourly;

    private Timetable(ExecutionTime times, ZoneId zone, boolean hourly) {
        this.times = times;
        this.zone = zone;
        this.hourly = hourly;
    }

    /**
     * Reads one.
     *
     * @param zone an IANA name
     * @throws InvalidInput if it can't be read, or nothing would ever be due
     */
    static Timetable of(String cron, String zone) throws InvalidInput {
        if (cron.length() > LONGEST_CRON) {
            throw new InvalidInput("the cron expression is longer than 100 characters", FIELDS);
        }
        Cron parsed;
        try {
            parsed = PARSER.parse(cron);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("this is no cron expression of five fields: " + e.getMessage(), FIELDS);
        }
        String hour = parsed.retrieve(CronFieldName.HOUR).getExpression().asString();
        var timetable = new Timetable(ExecutionTime.forCron(parsed), zone(zone), hour.equals("*"));
        if (timetable.after(Instant.now()).isEmpty()) {
            throw new InvalidInput("no day is ever due by " + cron, "Look at its day of month and month.");
        }
        return timetable;
    }

    private static ZoneId zone(String name) throws InvalidInput {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new InvalidInput(
                    "there is no time zone " + BatchReader.shortened(name),
                    "Send an IANA name such as Europe/Berlin, Asia/Shanghai or UTC.");
        }
        return ZoneId.of(name);
    }

    ZoneId zone() {
        return zone;
    }

    /** The first time that is due after that moment; empty if there is none. */
    Optional<Instant> after(Instant moment) {
        return hourly ? hourlyAfter(moment) : daily(moment);
    }

    /** The next {@code count} times after that moment. */
    List<Instant> after(Instant moment, int count) {
        var next = new ArrayList<Instant>();
        for (Optional<Instant> at = after(moment); at.isPresent() && next.size() < count; at = after(at.get())) {
            next.add(at.get());
        }
        return next;
    }

    /** The newest time that is due after {@code since} and not after {@code now}. */
    Optional<Instant> latest(Instant since, Instant now) {
        if (!since.isBefore(now)) {
            return Optional.empty();
        }
        // Back from now in growing steps, so that after a long rest few times are looked at.
        for (Duration back = Duration.ofHours(1); ; back = back.multipliedBy(2)) {
            boolean all = Duration.between(since, now).compareTo(back) <= 0;
            Optional<Instant> newest = Optional.empty();
            for (Optional<Instant> at = after(all ? since : now.minus(back));
                    at.isPresent() && !at.get().isAfter(now);
                    at = after(at.get())) {
                newest = at;
            }
            if (newest.isPresent() || all) {
                return newest;
            }
        }
    }

    private Optional<Instant> daily(Instant moment) {
        Optional<LocalDateTime> local = local(LocalDateTime.ofInstant(moment, zone));
        // Of an hour that comes twice, times of its second pass were due in the first.
        while (local.isPresent() && !instant(local.get()).isAfter(moment)) {
            local = local(local.get());
        }
        return local.map(this::instant);
    }

    /** With the offset of the moment, and from the next change of offset on with that. */
    private Optional<Instant> hourlyAfter(Instant moment) {
        ZoneOffset offset = zone.getRules().getOffset(moment);
        Optional<Instant> at = local(LocalDateTime.ofInstant(moment, offset)).map(local -> local.toInstant(offset));
        ZoneOffsetTransition change = zone.getRules().nextTransition(moment);
        return at.isEmpty() || change == null || at.get().isBefore(change.getInstant()) ? at : hourlyFrom(change);
    }

    private Optional<Instant> hourlyFrom(ZoneOffsetTransition change) {
        LocalDateTime begin = LocalDateTime.ofInstant(change.getInstant(), change.getOffsetAfter());
        Optional<Instant> at = local(begin.minusSeconds(1)).map(local -> local.toInstant(change.getOffsetAfter()));
        ZoneOffsetTransition next = zone.getRules().nextTransition(change.getInstant());
        return at.isEmpty() || next == null || at.get().isBefore(next.getInstant()) ? at : hourlyFrom(next);
    }

    private Optional<LocalDateTime> local(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(next -> next.toLocalDateTime());
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }
}
