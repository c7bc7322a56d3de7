package io.baigong.host.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.trial.CountWords;
import io.baigong.host.trial.TrialVertical;
import io.baigong.spi.Task;
import io.baigong.spi.Vertical;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void findsVerticalsByServiceLoader() {
        assertThat(Catalogue.load().find("trial.count-words")).isPresent();
        assertThat(Catalogue.load().find("trial.nothing")).isEmpty();
    }

    @Test
    void oneNameForTwoVerticalsIsRefused() {
        assertThatThrownBy(() -> Catalogue.of(List.of(new TrialVertical(), new TrialVertical())))
                .hasMessageContaining("two verticals are named trial");
    }

    @Test
    void aTaskOutsideOfItsVerticalIsRefused() {
        var other = new Vertical() {
            @Override
            public String name() {
                return "other";
            }

            @Override
            public List<Task<?, ?>> tasks() {
                return List.of(new CountWords());
            }
        };

        assertThatThrownBy(() -> Catalogue.of(List.of(other))).hasMessageContaining("must start with other");
    }

    @Test
    void schemasSayWhatIsNeeded() {
        JsonNode input = new TaskSchemas().input(new CountWords());

        assertThat(input.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(input.at("/properties/document/contentMediaType").asText()).isEqualTo("application/octet-stream");
        assertThat(input.get("required")).hasSize(1).first().hasToString("\"document\"");
        assertThat(input.at("/properties/letters").toString()).contains("AS_GIVEN", "LOWER_CASE");
    }
}
