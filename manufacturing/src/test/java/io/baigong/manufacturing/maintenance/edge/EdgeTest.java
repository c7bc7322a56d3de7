package io.baigong.manufacturing.maintenance.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model on the sample fleet, as the edge jar runs it. */
class EdgeTest {
    private static final String MODEL = "src/main/models/fleet-failure/1";
    private static final String DATA = "src/main/resources/samples/maintenance";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return Edge.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void tellsTheMachineWhoseBearingFailsNext() throws IOException {
        assertThat(run(MODEL, DATA)).isZero();

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        JsonNode first = new ObjectMapper().readTree(lines.getFirst());
        assertThat(first.get("machine").asText()).isEqualTo("M0059");
        double bearing = 0;
        double others = 0;
        for (JsonNode component : first.get("components")) {
            double within = component.get("within336h").asDouble();
            assertThat(component.get("within24h").asDouble()).isLessThanOrEqualTo(within);
            if (component.get("component").asText().equals("bearing")) {
                bearing = within;
            } else {
                others = Math.max(others, within);
            }
        }
        assertThat(bearing).isGreaterThan(others);
    }

    @Test
    void rowsOfAnotherWidthAreRefused() throws IOException {
        var models = new EdgeModels(Path.of("src/main/models/process-failure/1"));

        assertThat(models.predict("any", Tensor.ofRows(new float[2][11], 11)).shape())
                .containsExactly(2, 1);
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> models.predict("any", Tensor.ofRows(new float[11][2], 2)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.Model.BROKEN_ANSWER))
                .withMessageContaining("11 features")
                .withMessageContaining("rows of 2");
    }

    @Test
    void printsTimes() {
        assertThat(run(MODEL, DATA, "50")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("50 windows: p50 ");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run(MODEL, folder.toString())).isEqualTo(1);
        assertThat(run(folder.toString(), DATA)).isEqualTo(1);
        Files.writeString(folder.resolve("telemetry.csv"), "datetime,machineID,volt\nsoon,a,1\n");
        assertThat(run(MODEL, folder.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage:", "no telemetry", "has no time");
    }
}
