package io.baigong.finance.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.finance.Language;
import io.baigong.finance.clause.Clause;
import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.document.Format;
import io.baigong.finance.fact.Fact;
import io.baigong.finance.fact.FactReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static ContractDocument sample(String name) throws IOException {
        String text = Files.readString(Path.of("src/test/samples", name));
        // Tracked changes as accepted.
        String accepted = text.replaceAll("\\[-[^\\]]*-\\]", "").replaceAll("\\[\\+([^\\]]*)\\+\\]", "$1");
        return ContractDocument.ofText(name, Format.TEXT, accepted, List.of());
    }

    private static Clause clause(ContractDocument document, ClauseType type, String words) {
        int start = document.text().indexOf(words);
        assertThat(start).as(words).isNotNegative();
        return new Clause(type, start, start + words.length(), 0.9, true);
    }

    private static List<Finding> judge(
            ContractDocument document, List<Clause> clauses, Playbook playbook, Language language) {
        List<Fact> facts = FactReader.read(document, clauses, language);
        return Judge.judge(document, clauses, facts, playbook, language).findings();
    }

    private static List<Finding> judge(String text, String rules) throws InvalidPlaybook {
        var document = ContractDocument.ofText("x.txt", Format.TEXT, text, List.of());
        return judge(document, List.of(), playbook(rules), Language.EN);
    }

    private static Playbook playbook(String rules) throws InvalidPlaybook {
        String head = "playbook: p\nversion: '1'\ntitle: P\nparties: {us: [Customer], them: [Supplier]}\nrules:\n";
        return PlaybookReader.read((head + rules).getBytes(StandardCharsets.UTF_8));
    }

    private static String rule(String fields) {
        return "  - {id: R, severity: high, title: Termination by the supplier, reason: R, " + fields + "}\n";
    }

    private static final String SERVICES = "managed-services-agreement.txt";

    private static List<Clause> services(ContractDocument d) {
        return new ArrayList<>(List.of(
                clause(d, ClauseType.CAP_ON_LIABILITY, "IN NO EVENT SHALL SUPPLIER'S TOTAL LIABILITY"),
                clause(d, ClauseType.UNCAPPED_LIABILITY, "for all of which Customer's liability is unlimited"),
                clause(
                        d,
                        ClauseType.TERMINATION_FOR_CONVENIENCE,
                        "Supplier may terminate this Agreement or any Statement"),
                clause(d, ClauseType.EXCLUSIVITY, "Customer shall obtain all managed infrastructure services"),
                clause(d, ClauseType.MINIMUM_COMMITMENT, "Customer shall purchase Services with aggregate Fees"),
                clause(d, ClauseType.GOVERNING_LAW, "This Agreement shall be governed by"),
                clause(d, ClauseType.IP_OWNERSHIP_ASSIGNMENT, "Customer hereby assigns to Supplier"),
                clause(d, ClauseType.POST_TERMINATION_SERVICES, "Supplier shall, for a period of up to sixty"),
                clause(d, ClauseType.INSURANCE, "Supplier shall maintain commercial general"),
                clause(d, ClauseType.NON_DISPARAGEMENT, "Customer shall not make any public statement")));
    }

    @Test
    void findsWhatALawyerWouldInTheServicesSample() throws IOException {
        ContractDocument document = sample(SERVICES);
        List<Finding> findings = judge(
                document, services(document), PlaybookReader.shipped(ShippedPlaybook.SERVICES_BUYING), Language.EN);
        assertThat(findings)
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder(
                        "SB-SUPPLIER-EXIT",
                        "SB-LIABILITY-ONE-SIDED",
                        "SB-LIABILITY-FLOOR",
                        "SB-CUSTOMER-EXIT",
                        "SB-AUDIT",
                        "SB-EXCLUSIVITY",
                        "SB-MINIMUM",
                        "SB-PRICE-RISE",
                        "SB-RENEWAL-LENGTH",
                        "SB-RENEWAL-NOTICE",
                        "SB-IP",
                        "SB-BREACH-NOTICE",
                        "SB-SUBCONTRACTORS",
                        "SB-TERM",
                        "SB-ASSIGNMENT",
                        "SB-GOVERNING-LAW",
                        "SB-NON-DISPARAGEMENT");
        assertThat(findings).isSortedAccordingTo((a, b) -> a.severity().compareTo(b.severity()));
        assertThat(findings).allSatisfy(f -> {
            assertThat(f.evidence().isEmpty()).isEqualTo(f.kind() == Finding.Kind.MISSING);
            assertThat(f.evidence())
                    .allSatisfy(
                            p -> assertThat(p.quote()).isEqualTo(document.text().substring(p.start(), p.end())));
        });
        Finding breach = findings.stream()
                .filter(f -> f.rule().equals("SB-BREACH-NOTICE"))
                .findFirst()
                .orElseThrow();
        assertThat(breach.nearest().getFirst().quote()).contains("notify Customer of any unauthorised access");
        assertThat(breach.nearest()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void findsWhatALawyerWouldInTheLicenceSample() throws IOException {
        ContractDocument d = sample("software-licence-agreement.txt");
        List<Clause> clauses = List.of(
                clause(d, ClauseType.LICENSE_GRANT, "Licensor grants to Licensee"),
                clause(d, ClauseType.IRREVOCABLE_OR_PERPETUAL_LICENSE, "non-exclusive, non-transferable, perpetual"),
                clause(d, ClauseType.CAP_ON_LIABILITY, "Licensor's total aggregate liability"),
                clause(d, ClauseType.UNCAPPED_LIABILITY, "Nothing in this Agreement limits either party's"),
                clause(d, ClauseType.TERMINATION_FOR_CONVENIENCE, "Licensor may terminate this Agreement on ninety"),
                clause(d, ClauseType.AUDIT_RIGHTS, "Licensor may, at any time"),
                clause(d, ClauseType.AFFILIATE_LICENSE_LICENSEE, "Licensee's affiliates may use"),
                clause(d, ClauseType.CHANGE_OF_CONTROL, "A change of control of Licensee"),
                clause(d, ClauseType.JOINT_IP_OWNERSHIP, "Modifications made jointly"),
                clause(d, ClauseType.COVENANT_NOT_TO_SUE, "Licensee covenants not to challenge"),
                clause(d, ClauseType.WARRANTY_DURATION, "Licensor warrants that"),
                clause(d, ClauseType.PRICE_RESTRICTIONS, "Licensor shall not increase"),
                clause(d, ClauseType.GOVERNING_LAW, "This Agreement is governed by"));
        List<Finding> findings =
                judge(d, clauses, PlaybookReader.shipped(ShippedPlaybook.SOFTWARE_LICENSING), Language.ZH);
        assertThat(findings)
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder(
                        "SL-PERPETUAL-REVOCABLE",
                        "SL-LICENSOR-EXIT",
                        "SL-INFRINGEMENT",
                        "SL-WARRANTY",
                        "SL-AUDIT",
                        "SL-LIABILITY-FLOOR",
                        "SL-CHANGE-OF-CONTROL",
                        "SL-ESCROW",
                        "SL-SOLE-REMEDY",
                        "SL-JOINT-IP",
                        "SL-NO-CHALLENGE");
        assertThat(findings).allSatisfy(f -> assertThat(f.title()).matches(".*\\p{IsHan}.*"));
    }

    @Test
    void whoActsDecides() throws InvalidPlaybook {
        String rule = rule("kind: forbidden, by: them, words: [terminate]");
        assertThat(judge("Supplier may terminate this Agreement at will.", rule))
                .hasSize(1);
        assertThat(judge("Either party may terminate this Agreement at will.", rule))
                .hasSize(1);
        assertThat(judge("Customer may terminate this Agreement at will.", rule))
                .isEmpty();
        assertThat(judge("Customer may terminate Supplier's services at will.", rule))
                .isEmpty();
        assertThat(judge("It is possible to terminate this Agreement.", rule)).hasSize(1);
    }

    @Test
    void wordsJoinedByAndAreAllNeededAndWithoutExcludes() throws InvalidPlaybook {
        String rule = rule("kind: forbidden, words: [assign & freely], without: [affiliate]");
        assertThat(judge("Supplier may assign this freely.", rule)).hasSize(1);
        assertThat(judge("Supplier may assign this with consent. Customer trades freely.", rule))
                .isEmpty();
        assertThat(judge("Supplier may assign this freely to an affiliate.", rule))
                .isEmpty();
    }

    @Test
    void aTermThatDisagreesWithItsEndIsAConflict() throws InvalidPlaybook {
        String rule = rule("kind: conflict, differing: expiration-date");
        String text = "This Agreement is made on March 2, 2026 (the \"Effective Date\") between A Inc. and B Inc.\n\n"
                + "The initial term of this Agreement is %s years and it expires on March 1, 2031.";
        assertThat(judge(text.formatted("five (5)"), rule)).isEmpty();
        assertThat(judge(text.formatted("three (3)"), rule))
                .singleElement()
                .satisfies(f -> assertThat(f.detail()).contains("2031-03-01").contains("2029-03-02"));
    }

    @Test
    void aValueThatCantBeComparedIsNotedAndNotJudged() throws InvalidPlaybook {
        var document = ContractDocument.ofText(
                "x", Format.TEXT, "Supplier's total liability shall not exceed CHF 5,000.", List.of());
        List<Fact> facts = FactReader.read(document, List.of(), Language.EN);
        Judgement judgement = Judge.judge(
                document,
                List.of(),
                facts,
                playbook(rule("kind: limit, fact: liability-cap, at-least: USD 1000000")),
                Language.EN);
        assertThat(judgement.findings()).isEmpty();
        assertThat(judgement.notes())
                .singleElement()
                .asString()
                .contains("CHF 5000")
                .contains("USD 1000000");
    }

    @Test
    void periodsCompareAcrossUnits() throws InvalidPlaybook {
        String rule = rule("kind: limit, fact: renewal-notice, at-most: 90 days");
        String text =
                "This Agreement shall automatically renew unless a party gives notice at least %s before its end.";
        assertThat(judge(text.formatted("three (3) months"), rule)).isEmpty();
        assertThat(judge(text.formatted("six (6) months"), rule)).hasSize(1);
    }

    @Test
    void placesAreTheSameByAnyOfTheirNames() throws InvalidPlaybook {
        String rule = rule("kind: allowed, fact: governing-law, values: [中国]");
        assertThat(judge("This Agreement is governed by the laws of the People's Republic of China.", rule))
                .isEmpty();
        assertThat(judge("This Agreement is governed by the laws of the State of Texas.", rule))
                .hasSize(1);
    }

    @Test
    void hostileTextIsJudgedInBoundedTime() throws InvalidPlaybook {
        Playbook shipped = PlaybookReader.shipped(ShippedPlaybook.SERVICES_BUYING);
        for (String unit :
                List.of("(", " ", "9", "Supplier may ", "liability ", "the laws of ", "one hundred ", "\"(the \"")) {
            String text = unit.repeat(1_000_000 / unit.length());
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(60),
                    () -> judge(
                            ContractDocument.ofText("x", Format.TEXT, text, List.of()),
                            List.of(),
                            shipped,
                            Language.EN),
                    unit);
        }
    }
}
