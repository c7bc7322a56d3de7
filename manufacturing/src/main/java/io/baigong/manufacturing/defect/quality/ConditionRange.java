package io.baigong.manufacturing.defect.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Light and focus of the pictures that a model learned from.
 *
 * @param pictures how many
 */
public record ConditionRange(int pictures, Range brightness, Range contrast, Range sharpness) {
    /** Beside the model. */
    public static final String FILE = "condition.json";

    /** Deviations beyond which a picture is unlike those learned from. */
    private static final double DEVIATIONS = 3;

    /**
     * A measure over the pictures.
     *
     * @param low least that is usual: the least seen, or three deviations below the mean where that is less
     * @param centreLow below this lies one in twenty of the pictures
     * @param centreHigh above this lies one in twenty
     * @param high most that is usual
     */
    public record Range(double low, double centreLow, double centreHigh, double high) {}

    /** Of at least one picture. */
    public static ConditionRange of(List<Condition> learned) {
        return new ConditionRange(
                learned.size(),
                range(learned, Condition::brightness),
                range(learned, Condition::contrast),
                range(learned, Condition::sharpness));
    }

    private static Range range(List<Condition> learned, ToDoubleFunction<Condition> measure) {
        double[] values = learned.stream().mapToDouble(measure).sorted().toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares =
                Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
        double reach = DEVIATIONS * Math.sqrt(squares / Math.max(1, values.length - 1));
        return new Range(
                Math.min(values[0], Math.max(0, mean - reach)),
                values[(int) (0.05 * (values.length - 1))],
                values[(int) Math.ceil(0.95 * (values.length - 1))],
                Math.max(values[values.length - 1], mean + reach));
    }

    /** How a picture is unlike those learned from. */
    public List<ConditionWarning> warnings(Condition condition) {
        var warnings = new ArrayList<ConditionWarning>();
        for (ConditionWarning each : ConditionWarning.values()) {
            Range range = range(each);
            double value = each.of(condition);
            if (isLow(each) ? value < range.low : value > range.high) {
                warnings.add(each);
            }
        }
        return warnings;
    }

    /** How pictures together have drifted: half of them lie where one in twenty of those learned from did. */
    public List<ConditionWarning> drift(List<Condition> conditions) {
        var drift = new ArrayList<ConditionWarning>();
        for (ConditionWarning each : ConditionWarning.values()) {
            double[] values = conditions.stream().mapToDouble(each::of).sorted().toArray();
            if (values.length == 0) {
                return List.of();
            }
            double median = values[values.length / 2];
            Range range = range(each);
            if (isLow(each) ? median < range.centreLow : median > range.centreHigh) {
                drift.add(each);
            }
        }
        return drift;
    }

    private Range range(ConditionWarning warning) {
        return switch (warning) {
            case DARKER, BRIGHTER -> brightness;
            case LESS_CONTRAST, MORE_CONTRAST -> contrast;
            case LESS_SHARP, SHARPER -> sharpness;
        };
    }

    private static boolean isLow(ConditionWarning warning) {
        return switch (warning) {
            case DARKER, LESS_CONTRAST, LESS_SHARP -> true;
            case BRIGHTER, MORE_CONTRAST, SHARPER -> false;
        };
    }

    /** Writes it beside the model in the folder. */
    public void write(Path folder) throws IOException {
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(FILE).toFile(), this);
    }

    /** What lies beside the model of the role; empty for a model that was trained without. */
    public static Optional<ConditionRange> beside(Models models, String role) {
        return models.beside(role, FILE).map(bytes -> {
            try {
                return new ObjectMapper().readValue(bytes, ConditionRange.class);
            } catch (IOException e) {
                throw new ModelException(
                        ErrorCode.Model.BROKEN_ANSWER,
                        FILE + " beside the model of role " + role + " is damaged: " + e.getMessage(),
                        e);
            }
        });
    }
}
