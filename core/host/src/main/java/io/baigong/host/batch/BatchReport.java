package io.baigong.host.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.RunStatus;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what became of a batch's records, one result after another: how long runs took, how sure they were, why some failed, and of
 * the output, as its type says what it is: how often each constant and truth value was there, how numbers spread, how many items a
 * list had and of which kinds; and how right it is, where records brought a truth.
 */
public final class BatchReport {
    private static final int MOST_FAILURES = 50;
    private static final int EXAMPLES = 3;
    private static final int BINS = 10;

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<List<String>, Failures> failures = new LinkedHashMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, TruthScores> scores = new TreeMap<>();
    private final Class<? extends Record> output;
    private final long[] confidence = new long[BINS];
    private final Numbers seconds = new Numbers();
    private long otherFailures;
    private long compared;
    private long changed;

    /** For outputs of that type. */
    public BatchReport(Class<? extends Record> output) {
        this.output = output;
        for (RecordComponent component : output.getRecordComponents()) {
            add(component.getName(), component.getGenericType());
        }
    }

    private void add(String name, Type type) {
        if (type instanceof Class<?> raw) {
            if (isConstant(raw)) {
                members.put(name, new Member(output -> List.of(output.path(name)), new Counts(), null));
            } else if (raw != char.class && (raw.isPrimitive() || Number.class.isAssignableFrom(raw))) {
                members.put(name, new Member(output -> List.of(output.path(name)), null, new Numbers()));
            }
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            members.put(
                    name + ".length", new Member(output -> List.of(length(output.path(name))), null, new Numbers()));
            if (list.getActualTypeArguments()[0] instanceof Class<?> item && item.isRecord()) {
                Arrays.stream(item.getRecordComponents())
                        .filter(component -> isConstant(component.getType()))
                        .map(RecordComponent::getName)
                        .forEach(part -> members.put(
                                name + "." + part,
                                new Member(output -> each(output.path(name), part), new Counts(), null)));
            }
        }
    }

    private static List<JsonNode> each(JsonNode list, String part) {
        var values = new ArrayList<JsonNode>();
        list.forEach(item -> values.add(item.path(part)));
        return values;
    }

    private static boolean isConstant(Class<?> type) {
        return type.isEnum() || type == boolean.class || type == Boolean.class;
    }

    private static JsonNode length(JsonNode list) {
        return IntNode.valueOf(list.size());
    }

    /** What is known of one member of the outputs: how often each word was there, or how its numbers spread. */
    public static final class Member {
        private final Function<JsonNode, List<JsonNode>> values;
        private final @Nullable Counts counts;
        private final @Nullable Numbers numbers;

        private Member(Function<JsonNode, List<JsonNode>> values, @Nullable Counts counts, @Nullable Numbers numbers) {
            this.values = values;
            this.counts = counts;
            this.numbers = numbers;
        }

        private void add(JsonNode output) {
            for (JsonNode value : values.apply(output)) {
                if (counts != null && value.isValueNode() && !value.isNull()) {
                    counts.add(value.asText());
                } else if (numbers != null && value.isNumber()) {
                    numbers.add(value.doubleValue());
                }
            }
        }

        /** Of constants and truth values. */
        public @Nullable Counts counts() {
            return counts;
        }

        /** Of numbers. */
        public @Nullable Numbers numbers() {
            return numbers;
        }
    }

    /** How often each word was there, most frequent first. */
    public static final class Counts {
        private final Map<String, Long> counts = new TreeMap<>();

        void add(String word) {
            counts.merge(word, 1L, Long::sum);
        }

        /** By word. */
        public Map<String, Long> byWord() {
            var sorted = new LinkedHashMap<String, Long>();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            return sorted;
        }
    }

    /** How numbers spread. */
    public static final class Numbers {
        private double[] values = new double[256];
        private int count;

        void add(double value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        /** The value that a share {@code q} of all are not above, by nearest rank; not a number where there is none. */
        public double quantile(double q) {
            Arrays.sort(values, 0, count);
            return count == 0 ? Double.NaN : values[Math.max(0, (int) Math.ceil(q * count) - 1)];
        }

        public double sum() {
            return Arrays.stream(values, 0, count).sum();
        }

        public int count() {
            return count;
        }
    }

    /** Records that failed for one reason. */
    public static final class Failures {
        private final List<String> examples = new ArrayList<>();
        private long count;

        public long count() {
            return count;
        }

        /** Names of the first of them. */
        public List<String> examples() {
            return examples;
        }
    }

    /** Takes one more result in. */
    public void add(BatchResult result) {
        if (result.status() == null) {
            return;
        }
        if (result.durationMillis() != null) {
            seconds.add(result.durationMillis() / 1000.0);
        }
        if (result.confidence() != null) {
            confidence[Math.min(BINS - 1, (int) (result.confidence() * BINS))]++;
        }
        if (result.status() == RunStatus.ABSTAINED && result.reason() != null) {
            reasons.merge(result.reason(), 1L, Long::sum);
        }
        if (result.changed() != null) {
            compared++;
            changed += result.changed() ? 1 : 0;
        }
        if (result.failure() != null) {
            failed(result.name(), result.failure());
        }
        try {
            JsonNode output =
                    result.output() == null ? null : PlatformJson.mapper().readTree(result.output());
            if (output != null) {
                members.values().forEach(member -> member.add(output));
            }
            if (result.truth() != null) {
                measure(PlatformJson.mapper().readTree(result.truth()), output);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void measure(JsonNode truth, @Nullable JsonNode output) {
        for (var right : truth.properties()) {
            String path = right.getKey();
            if (!scores.containsKey(path)) {
                OutputField.of(this.output, path).ifPresent(field -> scores.put(path, new TruthScores(field)));
            }
            TruthScores field = scores.get(path);
            if (field != null) {
                field.add(right.getValue(), output);
            }
        }
    }

    private void failed(String name, BatchFailure failure) {
        var key = List.of(failure.code(), failure.detail(), failure.remedy());
        if (!failures.containsKey(key) && failures.size() == MOST_FAILURES) {
            otherFailures++;
            return;
        }
        var same = failures.computeIfAbsent(key, _ -> new Failures());
        same.count++;
        if (same.examples.size() < EXAMPLES) {
            same.examples.add(name);
        }
    }

    /** Members of the output by path, such as {@code findings.severity}; a list's length is at {@code findings.length}. */
    public Map<String, Member> members() {
        return members;
    }

    /** By code, detail and remedy, at most 50. */
    public Map<List<String>, Failures> failures() {
        return failures;
    }

    /** Failures for reasons beyond those 50. */
    public long otherFailures() {
        return otherFailures;
    }

    /** How near the outputs are to the truth where records brought one, by path of the output. */
    public Collection<TruthScores> scores() {
        return scores.values();
    }

    /** Records that have the input of an earlier run that is still there. */
    public long compared() {
        return compared;
    }

    /** Of these, those that ended otherwise or with another output than that run. */
    public long changed() {
        return changed;
    }

    /** Why tasks abstained, and how often. */
    public Map<String, Long> reasons() {
        return reasons;
    }

    /** Answers by confidence, in ten bins from 0 to 1. */
    public long[] confidence() {
        return confidence.clone();
    }

    /** What runs took. */
    public Numbers seconds() {
        return seconds;
    }
}
