package io.baigong.manufacturing;

import io.baigong.manufacturing.defect.control.ProcessControlTask;
import io.baigong.manufacturing.defect.inspect.DefectDetectionTask;
import io.baigong.manufacturing.maintenance.PredictiveMaintenanceTask;
import io.baigong.spi.Task;
import io.baigong.spi.Vertical;
import java.util.List;

/** Manufacturing: machines that will fail, and parts that are not sound. */
public final class ManufacturingVertical implements Vertical {
    @Override
    public String name() {
        return "manufacturing";
    }

    @Override
    public List<Task<?, ?>> tasks() {
        return List.of(new PredictiveMaintenanceTask(), new DefectDetectionTask(), new ProcessControlTask());
    }
}
