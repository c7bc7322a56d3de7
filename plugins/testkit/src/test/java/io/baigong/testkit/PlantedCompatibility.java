package io.baigong.testkit;

import io.baigong.spi.Models;
import io.baigong.spi.Vertical;
import io.baigong.testkit.planted.PlantedVertical;
import java.util.ArrayList;
import java.util.List;

/** The kit, set on the vertical that {@link VerticalCompatibilityTest} plants; run by it alone. */
class PlantedCompatibility extends VerticalCompatibility {
    static Vertical planted = new PlantedVertical();

    @Override
    protected Vertical vertical() {
        return planted;
    }

    @Override
    protected Models models() {
        return FakeModels.script()
                .tag("planted.tagger", List.of("Duty"), PlantedCompatibility::duties)
                .tag("elsewhere.tagger", List.of("Duty"), PlantedCompatibility::duties)
                .complete("planted.advisor", prompt -> "Fine.")
                .build();
    }

    private static List<FakeModels.Span> duties(String text) {
        var spans = new ArrayList<FakeModels.Span>();
        for (int at = text.indexOf("shall"); at >= 0; at = text.indexOf("shall", at + 1)) {
            spans.add(new FakeModels.Span("Duty", at, at + 5, 0.9));
        }
        return spans;
    }
}
