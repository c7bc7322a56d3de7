package ${package};

import io.baigong.spi.Models;
import io.baigong.spi.Vertical;
import io.baigong.testkit.FakeModels;
import io.baigong.testkit.VerticalCompatibility;

/** The vertical keeps what every vertical promises the platform. */
class ${prefix}CompatibilityTest extends VerticalCompatibility {
    @Override
    protected Vertical vertical() {
        return new ${prefix}Vertical();
    }

    @Override
    protected Models models() {
        return FakeModels.none();
    }
}
