package io.baigong.manufacturing.defect.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.Models;
import java.io.IOException;

/** From which score on a difference is called a defect; stands beside the trees. */
final class BoardRule {
    static final String FILE = "line.json";

    private static final double USUAL = 0.5;

    private BoardRule() {}

    /** The threshold beside the model of {@link BoardComparison#ROLE}, in (0, 1). */
    static double threshold(Models models) {
        var bytes = models.beside(BoardComparison.ROLE, FILE);
        if (bytes.isEmpty()) {
            return USUAL;
        }
        try {
            JsonNode line = new ObjectMapper().readTree(bytes.get());
            return line.path("threshold").asDouble(USUAL);
        } catch (IOException e) {
            return USUAL;
        }
    }
}
