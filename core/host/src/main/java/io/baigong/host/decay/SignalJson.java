package io.baigong.host.decay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Signal;
import io.baigong.spi.Signal.Side;
import java.util.ArrayList;
import java.util.List;

/** Signals as the database keeps them: {@code {"INPUT": {"torque": 41.5}, "OUTPUT": {"verdict": "PASS"}}}. */
final class SignalJson {
    private static final int LONGEST_LABEL = 100;

    private SignalJson() {}

    static String write(List<Signal> signals) {
        ObjectNode json = PlatformJson.mapper().createObjectNode();
        for (Signal signal : signals) {
            ObjectNode side = json.withObjectProperty(signal.side().name());
            switch (signal) {
                case Signal.Figure number
                when Double.isFinite(number.value()) -> side.put(number.name(), number.value());
                case Signal.Figure _ -> {}
                case Signal.Label label ->
                    side.put(
                            label.name(),
                            label.value().substring(0, Math.min(label.value().length(), LONGEST_LABEL)));
            }
        }
        return json.toString();
    }

    static List<Signal> read(String text) {
        try {
            JsonNode json = PlatformJson.mapper().readTree(text);
            var signals = new ArrayList<Signal>();
            for (Side side : Side.values()) {
                json.path(side.name())
                        .properties()
                        .forEach(one -> signals.add(
                                one.getValue().isNumber()
                                        ? new Signal.Figure(
                                                side,
                                                one.getKey(),
                                                one.getValue().doubleValue())
                                        : new Signal.Label(
                                                side,
                                                one.getKey(),
                                                one.getValue().asText())));
            }
            return signals;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds signals that are no JSON", e);
        }
    }
}
