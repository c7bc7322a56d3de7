package io.baigong.manufacturing.defect.inspect;

import io.baigong.manufacturing.ManufacturingVertical;
import io.baigong.spi.Models;
import io.baigong.spi.Vertical;
import io.baigong.testkit.FakeModels;
import io.baigong.testkit.VerticalCompatibility;

/** What the platform asks of every vertical, with models that answer simply. */
class DefectCompatibilityTest extends VerticalCompatibility {
    @Override
    protected Vertical vertical() {
        return new ManufacturingVertical();
    }

    @Override
    protected Models models() {
        return DefectModels.script(FakeModels.script()).build();
    }
}
