package io.baigong.medical;

import io.baigong.spi.Models;
import io.baigong.spi.Vertical;
import io.baigong.testkit.FakeModels;
import io.baigong.testkit.VerticalCompatibility;

/** What the platform asks of every vertical, without any model: each sample is answered by rules and letters alone. */
class MedicalCompatibilityTest extends VerticalCompatibility {
    /** One for all tests, for it reads a table of 95,000 codes. */
    private static final MedicalVertical VERTICAL = new MedicalVertical();

    @Override
    protected Vertical vertical() {
        return VERTICAL;
    }

    @Override
    protected Models models() {
        return FakeModels.none();
    }
}
