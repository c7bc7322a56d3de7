package io.baigong.finance.clause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.testkit.FakeModels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClauseFinderTest {
    private static final List<String> LABELS =
            Arrays.stream(ClauseType.values()).map(ClauseType::cuadName).toList();

    private static final String TEXT = """
            This Agreement is made by Northgate Bank ("Customer") and Tessellate Inc ("Supplier").

            9. INSURANCE. Supplier shall carry liability insurance. It shall give a certificate to Customer on request.

            11. LAW. This Agreement shall be governed by the laws of Delaware.
            """;

    @Test
    void cutsAStretchAtTheEndsOfSentences() {
        var found = find(
                "Insurance",
                "Supplier shall carry liability insurance. It shall give a certificate to Customer on request.");
        assertThat(found.stream().map(c -> TEXT.substring(c.start(), c.end())))
                .containsExactly(
                        "Supplier shall carry liability insurance.",
                        "It shall give a certificate to Customer on request.");
        assertThat(found).allMatch(Clause::likely);
    }

    @Test
    void partsTheNamesOfParties() {
        var found = find("Parties", "Northgate Bank (\"Customer\") and Tessellate Inc (\"Supplier\")");
        assertThat(found.stream().map(c -> TEXT.substring(c.start(), c.end())))
                .contains("Northgate Bank", "Customer", "Supplier");
    }

    @Test
    void namesAndDatesAreWholeWordsAndNoLonger() {
        String text = "THIS AGREEMENT is made on June 1, 2020, effective as of July 1, 2020, by Sorrent, Inc.";
        var models = FakeModels.script()
                .tag(
                        "t",
                        LABELS,
                        t -> Stream.of(
                                        FakeModels.Span.ofWords(t, "Agreement Date", "June 1, 2020", 0.9),
                                        FakeModels.Span.ofWords(t, "Agreement Date", ", effective as of July", 0.2),
                                        FakeModels.Span.ofWords(t, "Parties", "nt, Inc", 0.9))
                                .flatMap(List::stream)
                                .toList())
                .build();
        var found = ClauseFinder.find(text, models, "t");
        assertThat(likely(text, found, ClauseType.AGREEMENT_DATE)).containsExactly("June 1, 2020");
        assertThat(likely(text, found, ClauseType.PARTIES)).containsExactly("Sorrent, Inc");
    }

    private static List<String> likely(String text, List<Clause> found, ClauseType type) {
        return found.stream()
                .filter(clause -> clause.type() == type && clause.likely())
                .map(clause -> text.substring(clause.start(), clause.end()))
                .toList();
    }

    @Test
    void keepsDoubtfulPassagesButDoesNotCallThemLikely() {
        var models = FakeModels.script()
                .tag(
                        "t",
                        LABELS,
                        text -> FakeModels.Span.ofWords(text, "Governing Law", "governed by the laws of Delaware", 0.2))
                .build();
        var found = ClauseFinder.find(TEXT, models, "t");
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().likely()).isFalse();
        assertThat(found.getFirst().confidence()).isCloseTo(0.2, within(0.01));
    }

    @Test
    void findsNothingInNothing() {
        var models = FakeModels.script().tag("t", LABELS, text -> List.of()).build();
        assertThat(ClauseFinder.find("", models, "t")).isEmpty();
        assertThat(ClauseFinder.find(" \n\n ", models, "t")).isEmpty();
    }

    @Test
    void passagesOfOneTypeNeverOverlap() {
        var random = new Random(7);
        String text = "Alpha beta gamma delta. (a) Epsilon zeta; (b) eta \"theta\" iota.\nKappa lambda mu. ".repeat(40);
        var models = FakeModels.script()
                .tag(
                        "t",
                        LABELS,
                        t -> random.ints(300, 0, t.length() - 30)
                                .mapToObj(start -> new FakeModels.Span(
                                        LABELS.get(random.nextInt(LABELS.size())),
                                        start,
                                        start + 1 + random.nextInt(29),
                                        random.nextDouble()))
                                .toList())
                .build();
        var found = ClauseFinder.find(text, models, "t");
        assertThat(found).hasSizeGreaterThan(50);
        for (ClauseType type : ClauseType.values()) {
            int end = 0;
            for (Clause clause : found) {
                if (clause.type() == type) {
                    assertThat(clause.start()).isGreaterThanOrEqualTo(end);
                    assertThat(clause.end()).isGreaterThan(clause.start()).isLessThanOrEqualTo(text.length());
                    end = clause.end();
                }
            }
        }
    }

    private static List<Clause> find(String label, String words) {
        var models = FakeModels.script()
                .tag("t", LABELS, text -> FakeModels.Span.ofWords(text, label, words, 0.9))
                .build();
        return ClauseFinder.find(TEXT, models, "t");
    }
}
