package io.baigong.manufacturing.maintenance.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What things cost, in any one unit of money.
 *
 * @param failure an unplanned failure, with its standstill and its consequences
 * @param replacement a replacement that was planned
 * @param inspection looking after an alarm under which nothing is found
 * @param planningHours hours between an alarm and the planned replacement; a failure that comes sooner costs as one without alarm
 */
public record Costs(double failure, double replacement, double inspection, double planningHours) {
    /** An unplanned failure costs four planned replacements and twenty inspections. */
    static Costs usual(double planningHours) {
        return new Costs(10_000, 2_500, 500, planningHours);
    }

    /** These costs with what was given in their place. */
    public Costs with(@Nullable Double failureCost, @Nullable Double replacementCost, @Nullable Double inspectionCost) {
        return new Costs(
                failureCost == null ? failure : failureCost,
                replacementCost == null ? replacement : replacementCost,
                inspectionCost == null ? inspection : inspectionCost,
                planningHours);
    }

    /**
     * What false alarms and failures cost together.
     *
     * @param leads hours from alarm to failure, of each failure; 0 without alarm
     */
    double sum(int falseAlarms, long[] leads) {
        double sum = falseAlarms * inspection;
        for (long lead : leads) {
            sum += lead > 0 && lead >= planningHours ? replacement : failure;
        }
        return sum;
    }

    /** Whether an alarm can pay at all: a failure costs more than its planned replacement, and nothing is negative or infinite. */
    public boolean sensible() {
        return Double.isFinite(failure)
                && replacement >= 0
                && inspection >= 0
                && planningHours >= 0
                && failure > replacement;
    }
}
