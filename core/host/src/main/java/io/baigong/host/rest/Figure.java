package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.measures.Interval;
import io.baigong.spi.Evaluation.Metric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A figure with the ends of its 95 % interval, as clients see it: without what a bootstrap drew. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(
        double value,
        double low,
        double high,

        @Schema(description = "of metrics of a benchmark", examples = "ratio") @Nullable
        String unit) {
    static Figure of(Metric metric) {
        return new Figure(metric.value(), metric.low(), metric.high(), metric.unit());
    }

    static Figure of(Interval interval) {
        return new Figure(interval.value(), interval.low(), interval.high(), null);
    }

    /** By name, in the same order. */
    static <T> Map<String, Figure> all(Map<String, T> found, Function<T, Figure> figure) {
        var all = new LinkedHashMap<String, Figure>();
        found.forEach((name, each) -> all.put(name, figure.apply(each)));
        return all;
    }
}
