package io.baigong.manufacturing.maintenance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachiningFileTest {
    private static final String HEADER = "UDI,Product ID,Type,Air temperature [K],Process temperature [K],"
            + "Rotational speed [rpm],Torque [Nm],Tool wear [min]";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("ai4i2020-part.csv"), text);
    }

    /** The causes are known only afterwards: whatever they say, the product is the same. */
    @Test
    void causesAreNotRead() throws Exception {
        String header = HEADER + ",Machine failure,TWF,HDF,PWF,OSF,RNF\n";
        var failed = MachiningFile.read(file(header + "1,L1,L,298.1,308.6,1500,42.8,200,1,0,1,0,0,0\n"), "f");
        var other = MachiningFile.read(file(header + "1,L1,L,298.1,308.6,1500,42.8,200,1,1,0,0,0,1\n"), "f");

        assertThat(failed).isEqualTo(other);
        assertThat(failed.getFirst().failed()).contains(true);
        assertThat(failed.getFirst().machining()).isEqualTo(new Machining("L1", 'L', 298.1, 308.6, 1500, 42.8, 200));
    }

    /** 42.8 Nm at 1500 rpm is 42.8 * 157.08 = 6723 W; wear times torque 8560, 2440 below what quality L allows. */
    @Test
    void featuresAreThePhysicsOfTheCut() throws Exception {
        Machining machining = new Machining("L1", 'L', 298.1, 308.6, 1500, 42.8, 200);
        List<String> names = Machining.names();
        float[] row = machining.features();

        assertThat(row).hasSize(names.size());
        assertThat(machining.power()).isCloseTo(6723, within(1.0));
        assertThat(row[names.indexOf("power_margin")]).isCloseTo(2277, within(1f));
        assertThat(row[names.indexOf("strain_margin")]).isCloseTo(2440, within(0.1f));
        assertThat(row[names.indexOf("temperature_difference")]).isCloseTo(10.5f, within(1e-4f));
    }

    @Test
    void aFileWithoutEndsCanBeJudgedButNotMeasured() throws Exception {
        Path file = file(HEADER + "\n1,L1,L,298.1,308.6,1500,42.8,200\n");

        assertThat(MachiningFile.read(file, "f").getFirst().failed()).isEmpty();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Ai4iBenchmark.read(folder))
                .withMessageContaining("no column \"Machine failure\"");
    }

    @Test
    void refusesWhatItCantRead() {
        for (String text : List.of(
                "",
                HEADER,
                "a,b\n1,2\n",
                HEADER + "\n1,L1,Q,298.1,308.6,1500,42.8,200\n",
                HEADER + "\n1,L1,L,warm,308.6,1500,42.8,200\n",
                HEADER + "\n1,L1,L,NaN,308.6,1500,42.8,200\n")) {
            assertThatExceptionOfType(UnreadableTelemetry.class)
                    .isThrownBy(() -> MachiningFile.read(file(text), "f"))
                    .satisfies(e -> assertThat(e.remedy()).isNotBlank());
        }
    }
}
