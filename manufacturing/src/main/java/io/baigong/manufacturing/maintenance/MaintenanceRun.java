package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.fleet.Costs;
import io.baigong.manufacturing.maintenance.fleet.FailurePredictor;
import io.baigong.manufacturing.maintenance.fleet.FleetFolder;
import io.baigong.manufacturing.maintenance.fleet.FleetFolder.Source;
import io.baigong.manufacturing.maintenance.fleet.MachineHistory;
import io.baigong.manufacturing.maintenance.process.MachiningFile;
import io.baigong.manufacturing.maintenance.telemetry.Reading;
import io.baigong.manufacturing.maintenance.telemetry.Samples;
import io.baigong.manufacturing.maintenance.telemetry.TelemetryFile;
import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.manufacturing.maintenance.turbofan.CmapssFile;
import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of the task: reads the input, and has it judged by what knows its kind of machine. */
final class MaintenanceRun {
    private final Models models;

    MaintenanceRun(Models models) {
        this.models = models;
    }

    Outcome<MaintenanceReport> run(MaintenanceInput input) {
        try {
            return switch (Objects.requireNonNullElse(input.asset(), Asset.PRODUCTION_MACHINE)) {
                case PRODUCTION_MACHINE -> fleet(input, PredictiveMaintenanceTask.FLEET_ROLE);
                case AZURE_SAMPLE -> fleet(input, PredictiveMaintenanceTask.AZURE_ROLE);
                case TURBOFAN -> {
                    Attachment file = telemetry(input, "Send a file of C-MAPSS text as telemetry, a line a cycle.");
                    yield new EngineJudge(models).judge(CmapssFile.engines(file.file(), file.name()));
                }
                case MILLING -> {
                    Attachment file = telemetry(input, "Send a file of products as telemetry, a line each.");
                    yield new MillingJudge(models).judge(MachiningFile.read(file.file(), file.name()));
                }
            };
        } catch (UnreadableTelemetry e) {
            return new Outcome.Failed<>(e.code(), e.detail(), e.remedy());
        } catch (ModelException e) {
            return new Outcome.Failed<>(
                    e.code(),
                    String.valueOf(e.getMessage()),
                    "Ask the operator to fill the model's role, or train a model with ./baigong train.");
        }
    }

    private static Attachment telemetry(MaintenanceInput input, String remedy) throws UnreadableTelemetry {
        if (input.telemetry() == null) {
            throw new UnreadableTelemetry(ErrorCode.User.EMPTY, "there is no telemetry", remedy);
        }
        return input.telemetry();
    }

    private Outcome<MaintenanceReport> fleet(MaintenanceInput input, String role) throws UnreadableTelemetry {
        var predictor = new FailurePredictor(models, role);
        Costs costs = predictor.costs().with(input.failureCost(), input.replacementCost(), input.inspectionCost());
        if (!costs.sensible()) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.INVALID,
                    "at these costs no alarm can pay: failure %s, replacement %s, inspection %s"
                            .formatted(costs.failure(), costs.replacement(), costs.inspection()),
                    "Give costs that are not negative, with a failure dearer than a planned replacement.");
        }
        ZoneId zone = zone(input.timeZone());
        Map<String, Samples> samples;
        if (input.telemetry() == null && input.readings() != null) {
            samples = Reading.samples(input.readings(), zone);
        } else {
            Attachment file = telemetry(input, "Send a telemetry file, or readings.");
            samples = TelemetryFile.read(file.file(), file.name(), zone);
        }
        FleetFolder.Fleet fleet = FleetFolder.of(
                known(samples, input.asOf()),
                new FleetFolder.Sources(
                        source(input.errors()),
                        source(input.maintenance()),
                        source(input.failures()),
                        source(input.machines())),
                zone);
        return new FleetJudge(predictor, costs).judge(known(fleet, input.asOf()));
    }

    /** Samples of the hours that were over at a moment: those that came later say nothing about which of these are sound. */
    private static Map<String, Samples> known(Map<String, Samples> samples, @Nullable Instant asOf) {
        if (asOf == null) {
            return samples;
        }
        long end = Math.floorDiv(asOf.getEpochSecond(), 3600) * 3600;
        Map<String, Samples> known = new LinkedHashMap<>();
        samples.forEach((machine, all) -> {
            Samples before = all.before(end);
            if (before.size() > 0) {
                known.put(machine, before);
            }
        });
        return known;
    }

    /** The fleet as it was known at a moment, without machines of which nothing was. */
    private static FleetFolder.Fleet known(FleetFolder.Fleet fleet, @Nullable Instant asOf) throws UnreadableTelemetry {
        List<MachineHistory> machines = fleet.machines();
        if (asOf != null) {
            long over = Math.floorDiv(asOf.getEpochSecond(), 3600) - 1;
            machines = machines.stream().map(machine -> machine.until(over)).toList();
        }
        machines = machines.stream()
                .filter(machine -> machine.series().hasValues())
                .toList();
        if (machines.isEmpty()) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.INVALID,
                    "no machine has a value of a signal"
                            + (asOf == null ? " that can be used" : " that can be used before " + asOf),
                    "Send samples with numbers in the units asked for; the file's issues are those of sensors, clocks and units.");
        }
        return new FleetFolder.Fleet(machines, fleet.issues());
    }

    private static Optional<Source> source(@Nullable Attachment file) {
        return Optional.ofNullable(file).map(f -> new Source(f.file(), f.name()));
    }

    private static ZoneId zone(@Nullable String name) throws UnreadableTelemetry {
        if (name == null || name.isBlank()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name.strip());
        } catch (DateTimeException e) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.INVALID,
                    "there is no such time zone",
                    "Give a zone such as Asia/Shanghai or +08:00.");
        }
    }
}
