package io.baigong.manufacturing.maintenance;

import io.baigong.manufacturing.maintenance.process.Machining;
import io.baigong.manufacturing.maintenance.process.MachiningFile;
import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.spi.Attachment;
import io.baigong.spi.Signal;
import io.baigong.spi.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is watched of runs: what is to be done for the worst machine and its health; on milling machines the mean of each sensor over the
 * products of the run too.
 */
final class MaintenanceSignals implements Signals<MaintenanceInput, MaintenanceReport> {
    @Override
    public List<Signal> of(MaintenanceInput input, MaintenanceReport report) {
        var signals = new ArrayList<Signal>();
        if (!report.machines().isEmpty()) {
            var worst = report.machines().getFirst();
            signals.add(Signal.output("action", worst.action().kind().name()));
            signals.add(Signal.output("health", worst.health()));
        }
        if (input.asset() == Asset.MILLING && input.telemetry() != null) {
            signals.addAll(milling(input.telemetry()));
        }
        return signals;
    }

    private static List<Signal> milling(Attachment file) {
        try {
            List<MachiningFile.Product> products = MachiningFile.read(file.file(), file.name());
            return List.of(
                    mean("air_temperature", products, Machining::air),
                    mean("process_temperature", products, Machining::process),
                    mean("speed", products, Machining::speed),
                    mean("torque", products, Machining::torque),
                    mean("tool_wear", products, Machining::wear));
        } catch (UnreadableTelemetry e) {
            return List.of(); // Such a run has no answer.
        }
    }

    private static Signal mean(String name, List<MachiningFile.Product> products, ToDoubleFunction<Machining> sensor) {
        return Signal.input(
                name,
                products.stream()
                        .map(MachiningFile.Product::machining)
                        .mapToDouble(sensor)
                        .average()
                        .orElse(Double.NaN));
    }
}
