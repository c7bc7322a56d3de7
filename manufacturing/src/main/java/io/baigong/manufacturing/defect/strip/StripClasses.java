package io.baigong.manufacturing.defect.strip;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.manufacturing.defect.data.SoundFolder;
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

    StripClasses {
        classes = List.copyOf(classes);
        if (classes.isEmpty() || !(temperature > 0)) {
            throw new IllegalArgumentException("a net of classes has classes and a temperature above 0, not %s and %s"
                    .formatted(classes, temperature));
        }
    }

    /** Index of the class of sound pictures; -1 when the net knows defects only. */
    int sound() {
        for (int i = 0; i < classes.size(); i++) {
            if (SoundFolder.isNamed(classes.get(i))) {
                return i;
            }
        }
        return -1;
    }

    static StripClasses of(Models models) {
        byte[] bytes = models.beside(StripClassifier.ROLE, FILE)
                .orElseThrow(() -> new ModelException(
                        ErrorCode.Model.BROKEN_ANSWER,
                        "there is no " + FILE + " beside the model of role " + StripClassifier.ROLE));
        try {
            return new ObjectMapper().readValue(bytes, StripClasses.class);
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.Model.BROKEN_ANSWER, "what stands in " + FILE + " is damaged: " + e.getMessage(), e);
        }
    }
}
