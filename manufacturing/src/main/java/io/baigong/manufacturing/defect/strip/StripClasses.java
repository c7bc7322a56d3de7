package io.baigong.manufacturing.defect.strip;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import java.io.IOException;
import java.util.List;

/**
 * What stands beside the net of {@link StripClassifier#ROLE}.
 *
 * @param classes what its outputs are, in order
 * @param temperature by which its logits are divided, so that its probabilities are what happens (Guo et al. 2017, arXiv 1706.04599)
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StripClasses(List<String> classes, double temperature) {
    static final String FILE = "line.json";

    /** Those of X-SDD (Feng et al. 2021, doi 10.3390/sym13040706). */
    private static final StripClasses X_SDD = new StripClasses(
            List.of(
                    "finishing_roll_printing",
                    "iron_sheet_ash",
                    "oxide_scale_of_plate_system",
                    "oxide_scale_of_temperature_system",
                    "red_iron",
                    "slag_inclusion",
                    "surface_scratch"),
            1);

    StripClasses {
        classes = List.copyOf(classes);
    }

    static StripClasses of(Models models) {
        var bytes = models.beside(StripClassifier.ROLE, FILE);
        if (bytes.isEmpty()) {
            return X_SDD;
        }
        try {
            return new ObjectMapper().readValue(bytes.get(), StripClasses.class);
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.Model.UNAVAILABLE, "what stands in " + FILE + " is damaged: " + e.getMessage(), e);
        }
    }
}
