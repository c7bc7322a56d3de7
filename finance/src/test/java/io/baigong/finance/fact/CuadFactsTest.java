package io.baigong.finance.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baigong.finance.Language;
import io.baigong.finance.clause.Clause;
import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.clause.CuadContract;
import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.document.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * In how many of CUAD's contracts with a clause a value is read from it, the lawyers' own spans given. CUAD has no values to
 * compare with, so this is coverage and not accuracy; blanks and redactions ({@code ___}, {@code [***]}) can't be read. Most of
 * what CUAD marks as a cap on liability excludes kinds of damage and names no amount, so few have one to read.
 * Needs the data sets, see BAIGONG_DATA.
 */
class CuadFactsTest {
    /** Least share per fact, a little below what was measured on the 407 contracts of the training part. */
    private static final Map<ClauseType, Double> LEAST = new EnumMap<>(Map.of(
            ClauseType.DOCUMENT_NAME, 0.95,
            ClauseType.AGREEMENT_DATE, 0.83,
            ClauseType.EFFECTIVE_DATE, 0.72,
            ClauseType.GOVERNING_LAW, 0.93,
            ClauseType.RENEWAL_TERM, 0.74,
            ClauseType.NOTICE_PERIOD_TO_TERMINATE_RENEWAL, 0.70,
            ClauseType.PARTIES, 0.75,
            ClauseType.CAP_ON_LIABILITY, 0.26));

    private static final Map<ClauseType, Fact.Kind> KINDS = new EnumMap<>(Map.of(
            ClauseType.DOCUMENT_NAME, Fact.Kind.TITLE,
            ClauseType.AGREEMENT_DATE, Fact.Kind.AGREEMENT_DATE,
            ClauseType.EFFECTIVE_DATE, Fact.Kind.EFFECTIVE_DATE,
            ClauseType.GOVERNING_LAW, Fact.Kind.GOVERNING_LAW,
            ClauseType.RENEWAL_TERM, Fact.Kind.RENEWAL_TERM,
            ClauseType.NOTICE_PERIOD_TO_TERMINATE_RENEWAL, Fact.Kind.RENEWAL_NOTICE,
            ClauseType.PARTIES, Fact.Kind.PARTY,
            ClauseType.CAP_ON_LIABILITY, Fact.Kind.LIABILITY_CAP));

    @Test
    void readsValuesFromMostMarkedClauses() throws IOException {
        Path file =
                Path.of(System.getenv().getOrDefault("BAIGONG_DATA", "no-data")).resolve("cuad/cuad-train.jsonl.gz");
        if (!Files.exists(file)) {
            System.out.println("Skipped: BAIGONG_DATA names no folder with cuad/cuad-train.jsonl.gz in it.");
        }
        assumeTrue(Files.exists(file), "BAIGONG_DATA names no folder with cuad/cuad-train.jsonl.gz in it");
        Map<ClauseType, int[]> counts = new EnumMap<>(ClauseType.class);
        for (CuadContract contract : CuadContract.read(file)) {
            List<Clause> clauses = contract.spans().stream()
                    .map(span -> new Clause(span.type(), span.start(), span.end(), 1, true))
                    .toList();
            List<Fact> facts = FactReader.read(
                    ContractDocument.ofText(contract.id(), Format.TEXT, contract.text(), List.of()),
                    clauses,
                    Language.EN);
            KINDS.forEach((type, kind) -> {
                if (clauses.stream().anyMatch(clause -> clause.type() == type)) {
                    int[] count = counts.computeIfAbsent(type, t -> new int[2]);
                    count[0] += facts.stream().anyMatch(fact -> fact.kind() == kind) ? 1 : 0;
                    count[1]++;
                }
            });
        }
        counts.forEach((type, count) ->
                System.out.printf("%s: read in %d of %d contracts%n", type.cuadName(), count[0], count[1]));
        assertThat(counts.keySet()).isEqualTo(KINDS.keySet());
        counts.forEach((type, count) ->
                assertThat((double) count[0] / count[1]).as(type.cuadName()).isGreaterThanOrEqualTo(LEAST.get(type)));
    }
}
