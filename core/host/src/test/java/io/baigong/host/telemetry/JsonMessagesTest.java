package io.baigong.host.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonMessagesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T06:00:00Z");

    private static List<Arrival> read(String topic, String json) throws MalformedMessage {
        return new JsonMessages(1).read(topic, json.getBytes(StandardCharsets.UTF_8), NOW);
    }

    @Test
    void eachFormIsRead() throws MalformedMessage {
        assertThat(read(
                        "x",
                        "{\"machine\": \"7\", \"time\": \"2026-01-31T13:00:00+08:00\", \"values\": {\"volt\": 171.5}}"))
                .containsExactly(new Arrival("7", Instant.parse("2026-01-31T05:00:00Z"), Map.of("volt", 171.5)));
        assertThat(read("plant/9/telemetry", "{\"time\": 1769835600, \"volt\": 1, \"note\": \"x\"}"))
                .containsExactly(new Arrival("9", Instant.parse("2026-01-31T05:00:00Z"), Map.of("volt", 1.0)));
        assertThat(read("plant/9/t", "[{\"time\": 1769835600000, \"volt\": 1}, {\"machine\": 4, \"volt\": 2}]"))
                .containsExactly(
                        new Arrival("9", Instant.parse("2026-01-31T05:00:00Z"), Map.of("volt", 1.0)),
                        new Arrival("4", NOW, Map.of("volt", 2.0)));
    }

    @Test
    void whatSaysNothingIsMalformed() {
        for (String json : List.of(
                "",
                "nonsense",
                "7",
                "{\"volt\": 1} trailing",
                "[7]",
                "{\"machine\": {}, \"volt\": 1}",
                "{\"machine\": \"a\", \"time\": \"yesterday\", \"volt\": 1}",
                "{\"machine\": \"a\", \"time\": \"2026-01-31T06:00:00\", \"volt\": 1}",
                "[".repeat(5000))) {
            assertThatThrownBy(() -> read("plant/9/t", json)).as(json).isInstanceOf(MalformedMessage.class);
        }
        assertThatThrownBy(() -> read("alone", "{\"volt\": 1}")).isInstanceOf(MalformedMessage.class);
    }
}
