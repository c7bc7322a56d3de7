package io.baigong.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.spi.Evidence;
import io.baigong.spi.Outcome;
import io.baigong.spi.SourceText;
import java.util.Map;
import java.util.stream.Collectors;

/** What the platform relies on in every outcome. */
final class OutcomeChecks {
    private OutcomeChecks() {}

    /** Each piece of evidence is in a source, and quotes it exactly. */
    static void standsInSources(Outcome.Answered<?> answered, String what) {
        assertThat(answered.sources())
                .as(what + " sources")
                .extracting(SourceText::id)
                .doesNotHaveDuplicates();
        Map<String, String> sources =
                answered.sources().stream().collect(Collectors.toMap(SourceText::id, SourceText::text));
        for (Evidence evidence : answered.evidence()) {
            switch (evidence) {
                case Evidence.TextSpan span -> {
                    assertThat(sources).as(what + " sources, for " + span).containsKey(span.sourceId());
                    String text = sources.getOrDefault(span.sourceId(), "");
                    assertThat(span.start())
                            .as(what + " start of " + span)
                            .isNotNegative()
                            .isLessThan(span.end());
                    assertThat(span.end()).as(what + " end of " + span).isLessThanOrEqualTo(text.length());
                    assertThat(span.quote())
                            .as(what + " quote of " + span)
                            .isEqualTo(text.substring(span.start(), span.end()));
                }
                case Evidence.TimeWindow window -> {
                    assertThat(window.sourceId())
                            .as(what + " source of " + window)
                            .isNotBlank();
                    assertThat(window.signal())
                            .as(what + " signal of " + window)
                            .isNotBlank();
                    assertThat(window.from()).as(what + " start of " + window).isBefore(window.to());
                }
                case Evidence.Attribution attribution -> {
                    assertThat(attribution.feature())
                            .as(what + " feature of " + attribution)
                            .isNotBlank();
                    assertThat(Double.isFinite(attribution.contribution()))
                            .as(what + " contribution of " + attribution + " is a number")
                            .isTrue();
                }
                case Evidence.ImageRegion region -> {
                    assertThat(region.sourceId())
                            .as(what + " source of " + region)
                            .isNotBlank();
                    assertThat(Math.min(region.x(), region.y()))
                            .as(what + " corner of " + region)
                            .isNotNegative();
                    assertThat(Math.min(region.width(), region.height()))
                            .as(what + " size of " + region)
                            .isPositive();
                    assertThat(region.score()).as(what + " score of " + region).isBetween(0.0, 1.0);
                }
                case Evidence.Rule rule -> {
                    assertThat(rule.id()).as(what + " id of " + rule).isNotBlank();
                    assertThat(rule.citation())
                            .as(what + " citation of " + rule)
                            .isNotBlank();
                }
            }
        }
    }

    /** An abstention gives its reason, a failure its detail and remedy; an answer's evidence stands in its sources. */
    static void explains(Outcome<?> outcome, String what) {
        switch (outcome) {
            case Outcome.Answered<?> answered -> standsInSources(answered, what);
            case Outcome.Abstained<?>(String reason) ->
                assertThat(reason).as(what + " reason").isNotBlank();
            case Outcome.Failed<?>(var code, String detail, String remedy) -> {
                assertThat(detail).as(what + " detail of failure " + code).isNotBlank();
                assertThat(remedy).as(what + " remedy of failure " + code).isNotBlank();
            }
        }
    }
}
