package io.baigong.host.decay;

import io.baigong.spi.Signal;
import io.baigong.spi.Signal.Side;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * What runs have on a side, under each name.
 *
 * @param labels how often each word comes
 */
record Columns(Map<String, double[]> numbers, Map<String, Map<String, Integer>> labels) {
    private static final String CONFIDENCE = "confidence";

    static Columns of(Side side, List<Reading> runs) {
        var numbers = new TreeMap<String, DoubleStream.Builder>();
        var labels = new TreeMap<String, Map<String, Integer>>();
        for (Reading run : runs) {
            if (side == Side.OUTPUT && run.confidence() != null) {
                add(numbers, CONFIDENCE, run.confidence());
            }
            for (Signal signal : run.signals()) {
                if (signal.side() != side) {
                    continue;
                }
                switch (signal) {
                    case Signal.Figure number -> add(numbers, number.name(), number.value());
                    case Signal.Label label ->
                        labels.computeIfAbsent(label.name(), _ -> new TreeMap<>())
                                .merge(label.value(), 1, Integer::sum);
                }
            }
        }
        var columns = new TreeMap<String, double[]>();
        numbers.forEach((name, values) -> columns.put(name, values.build().toArray()));
        return new Columns(columns, labels);
    }

    private static void add(Map<String, DoubleStream.Builder> numbers, String name, double value) {
        if (Double.isFinite(value)) {
            numbers.computeIfAbsent(name, _ -> DoubleStream.builder()).add(value);
        }
    }
}
