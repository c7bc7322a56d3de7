package io.baigong.host.cli;

import io.baigong.host.cli.DriftRows.Seen;
import io.baigong.host.decay.AlertStep;
import io.baigong.host.decay.Comparison;
import io.baigong.host.decay.DecayConfig;
import io.baigong.host.decay.Measure;
import io.baigong.host.decay.Reading;
import io.baigong.host.decay.Reading.Judged;
import io.baigong.host.decay.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** Days of runs that are drawn from rows, and the watch over them, which looks once a day. */
final class DriftStream {
    private static final Duration DAY = Duration.ofDays(1);

    private final DriftRows rows;
    private final DecayConfig config;
    private final Traffic traffic;
    private final SplittableRandom random;
    private final List<Day> days = new ArrayList<>();
    private final Map<Measure.Key, Instant> open = new HashMap<>();

    /**
     * What comes in.
     *
     * @param runs a day
     * @param judged share of them that people judge
     */
    record Traffic(int runs, double judged) {}

    /**
     * What is not as it was.
     *
     * @param shifted share of runs whose column is shifted
     * @param disputed share of judged answers that people reject though they were true before
     */
    record Drift(double shifted, double disputed) {
        static final Drift NONE = new Drift(0, 0);
    }

    private record Day(List<Reading> runs, List<Judged> judged) {}

    DriftStream(DriftRows rows, DecayConfig config, Traffic traffic, long seed) {
        this.rows = rows;
        this.config = config;
        this.traffic = traffic;
        random = new SplittableRandom(seed);
    }

    /** Lets a day pass, and looks at its end; the alerts that opened. */
    List<Measure.Key> pass(Drift drift) {
        days.add(day(drift));
        Instant now = at(days.size());
        var opened = new ArrayList<Measure.Key>();
        Windows.of(Instant.EPOCH, now, config.reference(), config.window()).ifPresent(windows -> {
            for (Measure measure : look(windows)) {
                switch (AlertStep.of(open.get(measure.key()), measure.state(), now, config.window())) {
                    case OPEN -> {
                        opened.add(measure.key());
                        open.put(measure.key(), now);
                    }
                    case GO_ON -> open.put(measure.key(), now);
                    case END -> open.remove(measure.key());
                    case NOTHING -> {}
                }
            }
        });
        return opened;
    }

    private List<Measure> look(Windows windows) {
        var comparison = new Comparison(config);
        List<Reading> then = between(windows.begin(), windows.end(), Day::runs);
        List<Reading> now = between(windows.from(), windows.to(), Day::runs);
        return Stream.of(
                        comparison.signals(then, now),
                        comparison.outcomes(then, now),
                        comparison.judgements(
                                between(windows.begin(), windows.end(), Day::judged),
                                between(windows.from(), windows.to(), Day::judged)))
                .flatMap(List::stream)
                .toList();
    }

    /** Of more than are compared the first of each day, which are drawn at random. */
    private <T> List<T> between(Instant from, Instant to, Function<Day, List<T>> what) {
        var all = new ArrayList<T>();
        int first = (int) Duration.between(Instant.EPOCH, from).toDays();
        int last = (int) Duration.between(Instant.EPOCH, to).toDays();
        int share = Math.max(1, config.most() / Math.max(1, last - first));
        for (Day day : days.subList(first, last)) {
            List<T> some = what.apply(day);
            all.addAll(some.subList(0, Math.min(some.size(), share)));
        }
        return all;
    }

    private static Instant at(int day) {
        return Instant.EPOCH.plus(DAY.multipliedBy(day));
    }

    private Day day(Drift drift) {
        var runs = new ArrayList<Reading>();
        var judged = new ArrayList<Judged>();
        for (int i = 0; i < traffic.runs(); i++) {
            boolean isShifted = random.nextDouble() < drift.shifted();
            List<Seen> from = isShifted ? rows.shifted() : rows.plain();
            Seen seen = from.get(random.nextInt(from.size()));
            runs.add(seen.reading());
            Double confidence = seen.reading().confidence();
            if (confidence != null && random.nextDouble() < traffic.judged()) {
                judged.add(new Judged(confidence, seen.right() && random.nextDouble() >= drift.disputed()));
            }
        }
        return new Day(runs, judged);
    }
}
