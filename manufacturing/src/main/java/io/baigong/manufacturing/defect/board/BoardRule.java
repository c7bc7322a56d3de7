package io.baigong.manufacturing.defect.board;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
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
            double threshold =
                    new ObjectMapper().readTree(bytes.get()).path("threshold").asDouble(USUAL);
            if (threshold > 0 && threshold < 1) {
                return threshold;
            }
        } catch (IOException e) {
            throw damaged();
        }
        throw damaged();
    }

    private static ModelException damaged() {
        return new ModelException(
                ErrorCode.Model.BROKEN_ANSWER,
                FILE + " beside the model of role " + BoardComparison.ROLE + " holds no threshold between 0 and 1");
    }
}
