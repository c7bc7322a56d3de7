package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.telemetry.Reading;
import io.baigong.spi.Attachment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of machines.
 *
 * @param telemetry delimited text: {@code datetime, machineID} and signals, see {@link Asset} for the other kinds; packed with gzip or not
 * @param errors delimited text: {@code datetime, machineID, errorID}
 * @param maintenance delimited text: {@code datetime, machineID, comp}, each replacement of a component
 * @param failures delimited text: {@code datetime, machineID, failure}, each failure of a component
 * @param machines delimited text: {@code machineID, model, age}
 * @param readings samples as JSON, in place of the telemetry file
 * @param asset {@code PRODUCTION_MACHINE} when none is given
 * @param asOf the moment to judge at; later samples and events are left out. The last sample of each machine when none is given
 * @param timeZone zone of times without offset, such as {@code Asia/Shanghai}; UTC when none is given
 * @param failureCost what an unplanned failure costs; all costs in one unit of money
 * @param replacementCost what a planned replacement costs
 * @param inspectionCost what an inspection costs that finds nothing
 */
public record MaintenanceInput(
        @Nullable Attachment telemetry,
        @Nullable Attachment errors,
        @Nullable Attachment maintenance,
        @Nullable Attachment failures,
        @Nullable Attachment machines,
        @Nullable List<Reading> readings,
        @Nullable Asset asset,
        @Nullable Instant asOf,
        @Nullable String timeZone,
        @Nullable Double failureCost,
        @Nullable Double replacementCost,
        @Nullable Double inspectionCost) {}
