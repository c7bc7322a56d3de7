package io.baigong.manufacturing.maintenance.fleet;

import java.util.ArrayList;
import java.util.List;

/**
 * What alarms under each rule brought on machines that the model had not seen.
 *
 * <p>A threshold follows from costs, never from habit: of those whose alarms are trusted enough, the cheapest.
 */
public record Thresholds(List<Trial> trials) {
    /** Largest share of alarms that may be false: beyond it operators stop listening. */
    static final double MOST_FALSE = 0.2;

    /** Most false alarms a machine-day. */
    static final double MOST_FALSE_PER_DAY = 0.03;

    public Thresholds {
        trials = List.copyOf(trials);
    }

    /**
     * One rule.
     *
     * @param leads hours from alarm to failure, of each failure; 0 without alarm
     * @param days machine-days
     */
    public record Trial(AlarmRule rule, List<Long> leads, int alarms, int falseAlarms, double days) {
        double cost(Costs costs) {
            return costs.sum(
                    falseAlarms, leads.stream().mapToLong(Long::longValue).toArray());
        }

        private boolean trusted() {
            return falseAlarms <= MOST_FALSE * alarms && falseAlarms <= MOST_FALSE_PER_DAY * days;
        }
    }

    /** Tries thresholds from 0.05 to 0.95 at each horizon. */
    static Thresholds of(List<Unseen> machines) {
        var trials = new ArrayList<Trial>();
        for (int horizon : FailurePredictor.HORIZONS) {
            for (int i = 1; i < 20; i++) {
                trials.add(trial(new AlarmRule(horizon, i / 20.0), machines));
            }
        }
        return new Thresholds(trials);
    }

    private static Trial trial(AlarmRule rule, List<Unseen> machines) {
        List<AlarmScore> scores =
                machines.stream().map(machine -> machine.score(rule)).toList();
        return new Trial(
                rule,
                scores.stream()
                        .flatMap(score -> score.leads().stream())
                        .map(AlarmScore.Lead::hours)
                        .toList(),
                scores.stream().mapToInt(AlarmScore::alarms).sum(),
                scores.stream().mapToInt(AlarmScore::falseAlarms).sum(),
                scores.stream().mapToDouble(AlarmScore::days).sum());
    }

    /** The cheapest of the trusted rules; where none is trusted, the cheapest of all. Of equals the one in the middle. */
    AlarmRule cheapest(Costs costs) {
        List<Trial> trusted = trials.stream().filter(Trial::trusted).toList();
        List<Trial> among = trusted.isEmpty() ? trials : trusted;
        double least =
                among.stream().mapToDouble(trial -> trial.cost(costs)).min().orElse(Double.NaN);
        List<Trial> best =
                among.stream().filter(trial -> trial.cost(costs) <= least).toList();
        return best.isEmpty()
                ? new AlarmRule(AlarmScore.LONGEST_LEAD, 1)
                : best.get(best.size() / 2).rule();
    }
}
