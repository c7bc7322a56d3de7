package io.baigong.measures;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each class was taken for each other one, by two raters of the same cases: the truth and a model, or two people. */
public final class ConfusionMatrix<C> {
    private final Map<C, Map<C, Long>> rows = new LinkedHashMap<>();
    private final Set<C> classes = new LinkedHashSet<>();
    private final long cases;

    private ConfusionMatrix(List<C> truth, List<C> predicted) {
        if (truth.size() != predicted.size()) {
            throw new IllegalArgumentException(
                    "expected as many predictions as cases, got " + predicted.size() + " and " + truth.size());
        }
        for (int i = 0; i < truth.size(); i++) {
            rows.computeIfAbsent(truth.get(i), c -> new LinkedHashMap<>()).merge(predicted.get(i), 1L, Long::sum);
        }
        classes.addAll(truth);
        classes.addAll(predicted);
        cases = truth.size();
    }

    /** Counts two lists of the same cases in the same order. */
    public static <C> ConfusionMatrix<C> of(List<C> truth, List<C> predicted) {
        return new ConfusionMatrix<>(truth, predicted);
    }

    /** How many cases of class {@code truth} were taken for {@code predicted}. */
    public long count(C truth, C predicted) {
        return rows.getOrDefault(truth, Map.of()).getOrDefault(predicted, 0L);
    }

    /** Each class against all others, in the order of first appearance. */
    public Map<C, Counts> counts() {
        var counts = new LinkedHashMap<C, Counts>();
        for (C each : classes) {
            long hits = count(each, each);
            counts.put(each, new Counts(hits, column(each) - hits, row(each) - hits));
        }
        return counts;
    }

    /** Share of cases on the diagonal; 0 without cases. */
    public double accuracy() {
        return cases == 0 ? 0 : (double) diagonal() / cases;
    }

    /**
     * Cohen's kappa: agreement beyond chance (Cohen, Educational and Psychological Measurement 20, 1960). At most 1; not a
     * number when both raters used the same one class throughout.
     */
    public double kappa() {
        double chance = classes.stream()
                .mapToDouble(each -> (double) row(each) * column(each) / ((double) cases * cases))
                .sum();
        return (accuracy() - chance) / (1 - chance);
    }

    private long diagonal() {
        return classes.stream().mapToLong(each -> count(each, each)).sum();
    }

    private long row(C truth) {
        return rows.getOrDefault(truth, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long column(C predicted) {
        return classes.stream().mapToLong(truth -> count(truth, predicted)).sum();
    }
}
