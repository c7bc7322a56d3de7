package io.baigong.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.spi.Attachment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTypesTest {
    enum Colour {
        RED
    }

    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Tree(String name, List<Tree> children) {}

    record Sound(
            Attachment file,
            @Nullable Attachment second,
            int number,
            @Nullable Colour colour,
            BigDecimal amount,
            LocalDate day,
            Optional<String> maybe,
            Set<Shape> shapes,
            Map<String, Tree> trees) {}

    record Deep(Files files) {}

    record Files(Attachment file) {}

    record Arrays(List<float[]> rows) {}

    record Keys(Map<Integer, String> byNumber) {}

    record Open(Number number) {}

    record Raw(Shape shape, @SuppressWarnings("rawtypes") List rows) {}

    @Test
    void acceptsWhatHasASchema() {
        assertThat(JsonTypes.faultsOfInput(Sound.class)).isEmpty();
    }

    @Test
    void namesWhatHasNone() {
        assertThat(JsonTypes.faultsOfInput(Deep.class))
                .singleElement()
                .asString()
                .startsWith("files.file is an attachment");
        assertThat(JsonTypes.faultsOfOutput(Files.class)).hasSize(1);
        assertThat(JsonTypes.faultsOfInput(Arrays.class))
                .containsExactly("rows[] is a float[], which has no plain JSON Schema");
        assertThat(JsonTypes.faultsOfOutput(Keys.class))
                .hasSize(1)
                .first()
                .asString()
                .contains("keys are no strings");
        assertThat(JsonTypes.faultsOfOutput(Open.class))
                .containsExactly("Open.number is a java.lang.Number, which has no plain JSON Schema");
        assertThat(JsonTypes.faultsOfOutput(Raw.class)).hasSize(1);
    }
}
