package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.fleet.AlarmRule;
import io.baigong.manufacturing.maintenance.fleet.Costs;
import io.baigong.manufacturing.maintenance.telemetry.DataIssue;
import io.baigong.spi.LocalText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which machines will fail, why, and what to do.
 *
 * @param machines the worst first; of many products on a milling machine only the first thousand
 * @param alarms of machines with components, the last first
 * @param dataIssues what was wrong with the data
 * @param rule when an alarm opens; null where there are no alarms
 * @param costs that the rule and the actions follow from; null where there are none
 */
public record MaintenanceReport(
        List<MachineStatus> machines,
        List<Alarm> alarms,
        List<DataIssue> dataIssues,
        @Nullable AlarmRule rule,
        @Nullable Costs costs) {
    public MaintenanceReport {
        machines = List.copyOf(machines);
        alarms = List.copyOf(alarms);
        dataIssues = List.copyOf(dataIssues);
    }

    /**
     * A machine at the moment it is judged.
     *
     * @param asOf the end of the last hour known; null where data has no times
     * @param health 100 for a machine that will surely not fail within two weeks, 0 for one that surely will; for an engine its
     *     remaining life as a share of 125 cycles
     * @param worst the component most likely to fail; null where there are none
     * @param components by falling probability
     * @param life time to the first failure of any component
     * @param why what adds to the probability of the worst component, or to the life of an engine, most first
     */
    public record MachineStatus(
            String machine,
            @Nullable Instant asOf,
            double health,
            @Nullable String worst,
            List<ComponentRisk> components,
            @Nullable Life life,
            List<Reason> why,
            List<SimilarFailure> similar,
            Action action) {
        public MachineStatus {
            components = List.copyOf(components);
            why = List.copyOf(why);
            similar = List.copyOf(similar);
        }
    }

    /**
     * Probabilities that a component fails.
     *
     * @param daysSinceReplacement null where no replacement is known
     */
    public record ComponentRisk(
            String component,
            double within24h,
            double within48h,
            double within72h,
            double within14d,
            @Nullable Double daysSinceReplacement) {}

    /**
     * Remaining useful life.
     *
     * @param value half of such machines last longer
     * @param low lower end of the interval
     * @param high upper end
     * @param coverage share of cases that the interval is to hold
     * @param isBeyond whether {@code value} is the longest that can be told, and the life is longer
     */
    public record Life(double value, double low, double high, double coverage, boolean isBeyond, Unit unit) {}

    /** Of a life. */
    public enum Unit {
        HOURS,
        CYCLES
    }

    /**
     * A part of an answer.
     *
     * @param value of the feature; null where it is missing
     * @param effect in log-odds of a failure, or in cycles of life
     */
    public record Reason(String feature, @Nullable Double value, double effect) {}

    /**
     * A failure of the same component in the data given, before which the machine looked as this one does now.
     *
     * @param distance between the two in standard deviations, 0 where they are alike
     */
    public record SimilarFailure(String machine, String component, Instant failedAt, double distance) {}

    /**
     * An alarm: one for a component, however long it lasts.
     *
     * @param closed null while it is open
     * @param peak highest probability so far, within the horizon of the rule
     */
    public record Alarm(
            String machine,
            String component,
            Instant opened,
            @Nullable Instant closed,
            double peak) {}

    /**
     * What to do.
     *
     * @param cost expected, of doing so; null where costs don't tell
     * @param costOfWaiting expected, of doing nothing for two weeks
     */
    public record Action(
            Kind kind,
            LocalText text,
            @Nullable Double cost,
            @Nullable Double costOfWaiting) {
        /** From the most urgent on. */
        public enum Kind {
            REPLACE_NOW,
            PLAN_REPLACEMENT,
            INSPECT,
            NONE
        }
    }
}
