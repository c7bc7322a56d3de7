package io.baigong.manufacturing.maintenance.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What to simulate: {@code {"machines": 40, "days": 240, "seed": 11}}. Equal scenarios give equal fleets.
 *
 * @param machines 1 to 10,000
 * @param days of the record, 1 to 3,650
 */
public record FleetScenario(int machines, int days, long seed) {
    private static final int MOST_MACHINES = 10_000;
    private static final int MOST_DAYS = 3_650;
    private static final long MOST_MACHINE_DAYS = 500_000;
    private static final long MOST_BYTES = 10_000;

    public FleetScenario {
        if (machines < 1
                || machines > MOST_MACHINES
                || days < 1
                || days > MOST_DAYS
                || (long) machines * days > MOST_MACHINE_DAYS) {
            throw new IllegalArgumentException(
                    "a scenario has 1 to %d machines and 1 to %d days, and at most %d machine-days, not %d and %d"
                            .formatted(MOST_MACHINES, MOST_DAYS, MOST_MACHINE_DAYS, machines, days));
        }
    }

    /** Reads a scenario. */
    public static FleetScenario read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is no scenario, such as {\"machines\": 40, \"days\": 240, \"seed\": 11}");
        }
        try {
            return new JsonMapper().readValue(file.toFile(), FleetScenario.class);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + " is no scenario, such as {\"machines\": 40, \"days\": 240, \"seed\": 11}: "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
