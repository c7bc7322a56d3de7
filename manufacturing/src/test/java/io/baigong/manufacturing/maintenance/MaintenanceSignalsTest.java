package io.baigong.manufacturing.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.manufacturing.maintenance.MaintenanceReport.Action;
import io.baigong.manufacturing.maintenance.MaintenanceReport.MachineStatus;
import io.baigong.spi.Attachment;
import io.baigong.spi.LocalText;
import io.baigong.spi.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceSignalsTest {
    private static final MaintenanceReport REPORT = new MaintenanceReport(
            List.of(new MachineStatus(
                    "M14860",
                    null,
                    12.5,
                    null,
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    new Action(Action.Kind.INSPECT, new LocalText("Look", "检查"), null, null))),
            List.of(),
            List.of(),
            null,
            null);

    @TempDir
    Path folder;

    private static MaintenanceInput input(Attachment telemetry, Asset asset) {
        return new MaintenanceInput(telemetry, null, null, null, null, null, asset, null, null, null, null, null);
    }

    @Test
    void productsShowTheMeanOfEachSensor() throws IOException {
        Path file = Files.writeString(folder.resolve("products.csv"), """
                Product ID,Type,Air temperature [K],Process temperature [K],Rotational speed [rpm],Torque [Nm],Tool wear [min]
                M14860,M,298,308,1500,40,0
                L47181,L,300,310,1400,50,10
                """);

        assertThat(new MaintenanceSignals().of(input(new Attachment("products.csv", file), Asset.MILLING), REPORT))
                .containsExactlyInAnyOrder(
                        Signal.output("action", "INSPECT"),
                        Signal.output("health", 12.5),
                        Signal.input("air_temperature", 299),
                        Signal.input("process_temperature", 309),
                        Signal.input("speed", 1450),
                        Signal.input("torque", 45),
                        Signal.input("tool_wear", 5));
    }

    @Test
    void otherMachinesShowWhatIsToBeDone() {
        var input = input(new Attachment("telemetry.csv", folder.resolve("none")), Asset.PRODUCTION_MACHINE);

        assertThat(new MaintenanceSignals().of(input, REPORT))
                .extracting(Signal::name)
                .containsExactly("action", "health");
    }
}
