package io.baigong.host.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.Counts;
import io.baigong.measures.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures one field of the outputs against the truth, a record at a time.
 *
 * <p>A record is a vector of sums. When there are 2048 of them, neighbours are added up, so that memory does not grow with the batch; a
 * bootstrap over sums of neighbours has the same spread as one over records, as long as there are many. Macro F1 is the mean over the
 * words that truths or outputs have, and is given where there are at most 64.
 */
public final class TruthScores {
    private static final int MOST_CLUSTERS = 2048;
    private static final int MOST_WORDS = 64;
    private static final int SEED = 20;

    /** Sums of a vector; what follows are three numbers a word: truly there, wrongly there, missed. */
    private static final int BASE = 4;

    private final OutputField field;
    private final Map<String, Integer> words = new HashMap<>();
    private final List<double[]> clusters = new ArrayList<>();
    private int clusterSize = 1;
    private int inLast;
    private long records;
    private long unanswered;

    TruthScores(OutputField field) {
        this.field = field;
    }

    /** Takes in a record. Its output is null where it has none. */
    void add(JsonNode truth, @Nullable JsonNode output) {
        if (output == null) {
            unanswered++;
            return;
        }
        switch (field.kind()) {
            case NUMBER -> {
                var number = field.number(output);
                if (number.isEmpty()) {
                    unanswered++;
                    return;
                }
                double error = number.getAsDouble() - truth.doubleValue();
                add(new double[] {1, Math.abs(error), error * error});
            }
            case LABEL -> add(sets(Set.of(truth.asText()), field.words(output)));
            case SET -> {
                var right = new LinkedHashSet<String>();
                truth.forEach(word -> right.add(word.asText()));
                add(sets(right, field.words(output)));
            }
        }
    }

    /** Sums: records, truly there, wrongly there, missed; then the same for each word. */
    private double[] sets(Set<String> right, Set<String> found) {
        double[] sums = new double[BASE];
        sums[0] = 1;
        for (String word : right) {
            sums = counted(sums, word, found.contains(word) ? 0 : 2);
        }
        for (String word : found) {
            if (!right.contains(word)) {
                sums = counted(sums, word, 1);
            }
        }
        return sums;
    }

    private double[] counted(double[] sums, String word, int which) {
        sums[1 + which]++;
        if (words.size() > MOST_WORDS) {
            return sums;
        }
        int at = BASE + 3 * words.computeIfAbsent(word, _ -> words.size()) + which;
        double[] counted = at < sums.length ? sums : Arrays.copyOf(sums, at - which + 3);
        counted[at]++;
        return counted;
    }

    private void add(double[] sums) {
        records++;
        if (inLast == 0 || inLast == clusterSize) {
            if (clusters.size() == MOST_CLUSTERS) {
                for (int i = 0; i < MOST_CLUSTERS / 2; i++) {
                    clusters.set(i, sum(clusters.get(2 * i), clusters.get(2 * i + 1)));
                }
                clusters.subList(MOST_CLUSTERS / 2, MOST_CLUSTERS).clear();
                clusterSize *= 2;
            }
            clusters.add(sums);
            inLast = 1;
        } else {
            clusters.set(clusters.size() - 1, sum(clusters.getLast(), sums));
            inLast++;
        }
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.length >= b.length ? a.clone() : b.clone();
        double[] shorter = a.length >= b.length ? b : a;
        for (int i = 0; i < shorter.length; i++) {
            sum[i] += shorter[i];
        }
        return sum;
    }

    /** The field's path. */
    public String path() {
        return field.path();
    }

    /** How many records were measured. */
    public long records() {
        return records;
    }

    /** How many have a truth and no answer that it could be compared with. */
    public long unanswered() {
        return unanswered;
    }

    /** Metrics by name, each with its 95 % interval; none where no record was measured. */
    public Map<String, Interval> metrics() {
        if (clusters.isEmpty()) {
            return Map.of();
        }
        List<String> names = names();
        List<Interval> intervals = Bootstrap.seeded(SEED).intervals(clusters, this::statistics);
        var metrics = new LinkedHashMap<String, Interval>();
        for (int i = 0; i < names.size(); i++) {
            metrics.put(names.get(i), intervals.get(i));
        }
        return metrics;
    }

    private List<String> names() {
        var names = new ArrayList<String>(
                switch (field.kind()) {
                    case NUMBER -> List.of("mae", "rmse");
                    case LABEL -> List.of("accuracy");
                    case SET -> List.of("micro_precision", "micro_recall", "micro_f1");
                });
        if (hasMacro()) {
            names.add("macro_f1");
        }
        return names;
    }

    private boolean hasMacro() {
        return field.kind() != OutputField.Kind.NUMBER && words.size() <= MOST_WORDS;
    }

    private double[] statistics(List<double[]> sample) {
        double[] sums = new double[hasMacro() ? BASE + 3 * words.size() : BASE];
        for (double[] one : sample) {
            int length = Math.min(sums.length, one.length);
            for (int i = 0; i < length; i++) {
                sums[i] += one[i];
            }
        }
        var all = counts(sums, 1);
        double[] first = switch (field.kind()) {
            case NUMBER -> new double[] {sums[1] / sums[0], Math.sqrt(sums[2] / sums[0])};
            case LABEL -> new double[] {sums[1] / sums[0]};
            case SET -> new double[] {all.precision(), all.recall(), all.f1()};
        };
        if (!hasMacro()) {
            return first;
        }
        var each = new ArrayList<Counts>();
        for (int at = BASE; at < sums.length; at += 3) {
            Counts word = counts(sums, at);
            if (word.truePositives() + word.falsePositives() + word.falseNegatives() > 0) {
                each.add(word);
            }
        }
        double[] with = Arrays.copyOf(first, first.length + 1);
        with[first.length] = Counts.macroF1(each);
        return with;
    }

    private static Counts counts(double[] sums, int at) {
        return new Counts((long) sums[at], (long) sums[at + 1], (long) sums[at + 2]);
    }
}
