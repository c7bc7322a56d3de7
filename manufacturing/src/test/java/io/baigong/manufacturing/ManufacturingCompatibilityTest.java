package io.baigong.manufacturing;

import io.baigong.manufacturing.defect.inspect.DefectModels;
import io.baigong.manufacturing.maintenance.MaintenanceModels;
import io.baigong.spi.Models;
import io.baigong.spi.Vertical;
import io.baigong.testkit.FakeModels;
import io.baigong.testkit.VerticalCompatibility;

/** What the platform asks of every vertical. */
class ManufacturingCompatibilityTest extends VerticalCompatibility {
    @Override
    protected Vertical vertical() {
        return new ManufacturingVertical();
    }

    @Override
    protected Models models() {
        return DefectModels.script(MaintenanceModels.script(FakeModels.script()))
                .build();
    }
}
