package io.baigong.host.run;

import io.baigong.spi.Evidence;
import io.baigong.spi.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the evidence that stands up: a quote must be found in its source at its span, a window of time must not be empty,
 * an attribution must be a number, and a region of a picture must have a size.
 *
 * @param kept in the order given
 * @param dropped how many were not kept
 */
record EvidenceCheck(List<Evidence> kept, int dropped) {
    static EvidenceCheck of(List<Evidence> evidence, List<SourceText> sources) {
        Map<String, String> texts =
                sources.stream().collect(Collectors.toMap(SourceText::id, SourceText::text, (first, second) -> first));
        List<Evidence> kept = new ArrayList<>();
        for (Evidence piece : evidence) {
            boolean stands = switch (piece) {
                case Evidence.TextSpan span -> found(span, texts.get(span.sourceId()));
                case Evidence.TimeWindow window -> window.from().isBefore(window.to());
                case Evidence.Attribution attribution -> Double.isFinite(attribution.contribution());
                case Evidence.Rule _ -> true;
                case Evidence.ImageRegion region -> stands(region);
            };
            if (stands) {
                kept.add(piece);
            }
        }
        return new EvidenceCheck(List.copyOf(kept), evidence.size() - kept.size());
    }

    private static boolean stands(Evidence.ImageRegion region) {
        return region.x() >= 0
                && region.y() >= 0
                && region.width() >= 1
                && region.height() >= 1
                && region.score() >= 0
                && region.score() <= 1;
    }

    private static boolean found(Evidence.TextSpan span, @Nullable String text) {
        return text != null
                && span.start() >= 0
                && span.start() < span.end()
                && span.end() <= text.length()
                && span.end() - span.start() == span.quote().length()
                && text.startsWith(span.quote(), span.start());
    }
}
