package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.spi.ErrorCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Facts of machines as delimited text: {@code machineID,model,age}. */
public final class MachineFile {
    private static final int MOST_MACHINES = 1_000_000;

    private MachineFile() {}

    /**
     * What does not change soon.
     *
     * @param age years in service; NaN where it is not known
     */
    public record Facts(String model, double age) {
        public static final Facts UNKNOWN = new Facts("", Double.NaN);
    }

    /** Facts by machine. */
    public static Map<String, Facts> read(Path file, String name) throws UnreadableTelemetry {
        var machines = new HashMap<String, Facts>();
        DelimitedFile.read(file, name, header -> {
            int machine = EventFile.column(header, EventFile.MACHINE, name);
            int model = EventFile.column(header, List.of("model", "type"), name);
            int age = EventFile.column(header, List.of("age", "age_years"), name);
            return (number, cells) -> {
                if (machines.size() >= MOST_MACHINES) {
                    throw new UnreadableTelemetry(
                            ErrorCode.User.TOO_LARGE,
                            name + " has more than " + MOST_MACHINES + " machines",
                            "Send it in parts.");
                }
                machines.put(
                        EventFile.machine(cells.get(machine), number, name),
                        new Facts(cells.get(model), TelemetryFile.number(cells.get(age))));
            };
        });
        return machines;
    }
}
