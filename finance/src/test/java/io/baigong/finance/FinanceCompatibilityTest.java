package io.baigong.finance;

import io.baigong.finance.clause.ClauseType;
import io.baigong.spi.Models;
import io.baigong.spi.Vertical;
import io.baigong.testkit.FakeModels;
import io.baigong.testkit.FakeModels.Span;
import io.baigong.testkit.VerticalCompatibility;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the platform asks of every vertical, with a tagger that marks phrases of the samples. */
class FinanceCompatibilityTest extends VerticalCompatibility {
    private static final Map<String, String> PHRASES = Map.of(
            "Governing Law", "governed by and construed in accordance with the laws of the State of Delaware",
            "Parties", "Northgate Cooperative Bank",
            "Insurance", "commercial general liability insurance",
            "Non-Disparagement", "disparages Supplier",
            "Renewal Term", "automatically renew for successive periods");

    @Override
    protected Vertical vertical() {
        return new FinanceVertical();
    }

    @Override
    protected Models models() {
        List<String> labels =
                Arrays.stream(ClauseType.values()).map(ClauseType::cuadName).toList();
        return FakeModels.script()
                .tag(
                        "finance.clause-tagger",
                        labels,
                        text -> PHRASES.entrySet().stream()
                                .flatMap(phrase -> spans(text, phrase.getKey(), phrase.getValue()))
                                .toList())
                .read("platform.ocr", image -> List.of())
                .build();
    }

    private static Stream<Span> spans(String text, String label, String words) {
        return Span.ofWords(text, label, words, 0.9).stream();
    }
}
