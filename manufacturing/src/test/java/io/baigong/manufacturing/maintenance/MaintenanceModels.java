package io.baigong.manufacturing.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.Tensor;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Scripted models of maintenance: what lies beside them is what ships, what they answer is a simple law. */
public final class MaintenanceModels {
    private MaintenanceModels() {}

    /** Adds all roles of the task. */
    public static FakeModels.Script script(FakeModels.Script script) {
        return script.predict(
                        "manufacturing.failure-predictor", rising("fleet-failure", "signature_24h", "horizon_hours"))
                .beside("manufacturing.failure-predictor", "fleet.json", file("fleet-failure", "fleet.json"))
                .predict("manufacturing.azure-failure", rising("azure-failure", "signature_24h", "horizon_hours"))
                .beside("manufacturing.azure-failure", "fleet.json", file("azure-failure", "fleet.json"))
                .predict("manufacturing.remaining-life", rows -> answers(rows, row -> 150 - rows.at(row, 0)))
                .beside("manufacturing.remaining-life", "engines.json", file("turbofan-remaining-life", "engines.json"))
                .predict(
                        "manufacturing.process-failure",
                        rows -> answers(rows, row -> rows.at(row, 10) < 0 ? 0.9f : 0.05f))
                .beside("manufacturing.process-failure", "process.json", file("process-failure", "process.json"));
    }

    /** A probability that rises with a feature, from 0 at 0 to 0.99 at 0.4, and with the horizon. */
    private static UnaryOperator<Tensor> rising(String model, String feature, String horizon) {
        List<String> names = features(model);
        int column = names.indexOf(feature);
        int hours = names.indexOf(horizon);
        return rows -> answers(rows, row -> {
            float level = Math.clamp(2.5f * rows.at(row, column), 0.01f, 0.99f);
            return level * Math.min(1, 0.6f + rows.at(row, hours) / 500);
        });
    }

    private interface Law {
        float answer(int row);
    }

    private static Tensor answers(Tensor rows, Law law) {
        int count = rows.shape()[0];
        float[] values = new float[count];
        for (int row = 0; row < count; row++) {
            values[row] = law.answer(row);
        }
        return new Tensor(new int[] {count, 1}, values);
    }

    private static List<String> features(String model) {
        try {
            var names = new ArrayList<String>();
            for (JsonNode name :
                    new ObjectMapper().readTree(file(model, "model.json")).get("features")) {
                names.add(name.asText());
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of a shipped model. */
    static byte[] file(String model, String name) {
        try (var in = Objects.requireNonNull(
                MaintenanceModels.class.getResourceAsStream("/models/" + model + "/1/" + name),
                model + " does not ship " + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
