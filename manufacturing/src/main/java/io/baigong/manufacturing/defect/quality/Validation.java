package io.baigong.manufacturing.defect.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Scores of parts whose truth is known, each by a model that had not learned from that part. It lies beside the model that learned from all
 * of them, so that a line's threshold can be chosen by what its mistakes cost.
 *
 * @param sound highest score of each sound part, in [0, 1], rising
 * @param defective the same of each defective part
 */
@SuppressWarnings("ArrayRecordComponent")
public record Validation(double[] sound, double[] defective) {
    /** Beside the model. */
    public static final String FILE = "validation.json";

    /** Scores are kept to a millionth. */
    private static final double GRAIN = 1e6;

    public Validation {
        sound = sorted(sound);
        defective = sorted(defective);
    }

    private static double[] sorted(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0 && !(sorted[0] >= 0 && sorted[sorted.length - 1] <= 1)) {
            throw new IllegalArgumentException("scores lie between 0 and 1, not at " + Arrays.toString(sorted));
        }
        return sorted;
    }

    /** Whether both kinds of mistake can be counted. */
    public boolean isComplete() {
        return sound.length > 0 && defective.length > 0;
    }

    /** Writes it beside the model in the folder. */
    public void write(Path folder) throws IOException {
        var mapper = new ObjectMapper();
        var root = mapper.createObjectNode();
        put(root.putArray("sound"), sound);
        put(root.putArray("defective"), defective);
        mapper.writeValue(folder.resolve(FILE).toFile(), root);
    }

    private static void put(ArrayNode array, double[] scores) {
        for (double score : scores) {
            array.add(Math.round(score * GRAIN) / GRAIN);
        }
    }

    /** What lies beside the model of the role; empty for a model that was trained without. */
    public static Optional<Validation> beside(Models models, String role) {
        return models.beside(role, FILE).map(bytes -> {
            try {
                JsonNode root = new ObjectMapper().readTree(bytes);
                return new Validation(scores(root.path("sound")), scores(root.path("defective")));
            } catch (IOException | IllegalArgumentException e) {
                throw new ModelException(
                        ErrorCode.Model.BROKEN_ANSWER,
                        FILE + " beside the model of role " + role + " is damaged: " + e.getMessage(),
                        e);
            }
        });
    }

    private static double[] scores(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(score -> score.asDouble(Double.NaN))
                .toArray();
    }
}
