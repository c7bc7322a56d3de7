package io.baigong.finance.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.baigong.finance.Language;
import io.baigong.finance.clause.Clause;
import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.document.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactReaderTest {
    private static final String CHINESE = """
            技术服务合同

            甲方（委托方）：北京白工科技有限公司
            乙方（受托方）：上海青石数据（集团）有限公司

            本合同由甲乙双方于2026年3月2日在北京市签订，自2026年4月1日起生效。

            第一条 合同期限为三年，自2026年4月1日起至2029年3月31日止。期限届满前三十日任何一方未书面通知对方不再续期的，本合同自动续期一年。

            第二条 甲方可提前六十日书面通知乙方解除本合同。

            第三条 乙方在本合同项下的累计赔偿责任不超过人民币100万元。

            第四条 本合同适用中华人民共和国法律。
            """;

    private static ContractDocument document(String text) {
        return ContractDocument.ofText("contract.txt", Format.TEXT, text, List.of());
    }

    private static Clause clause(String text, ClauseType type, String words) {
        int start = text.indexOf(words);
        assertThat(start).as(words).isNotNegative();
        return new Clause(type, start, start + words.length(), 0.9, true);
    }

    /** Kinds and values, one a line; checks that each fact quotes the text at its place. */
    private static List<String> shown(String text, List<Fact> facts) {
        var lines = new ArrayList<String>();
        for (Fact fact : facts) {
            assertThat(fact.quote()).isNotBlank().isEqualTo(text.substring(fact.start(), fact.end()));
            lines.add(fact.kind() + " " + fact.value().shown());
        }
        return lines;
    }

    private static List<String> read(String text, Clause... clauses) {
        return shown(text, FactReader.read(document(text), List.of(clauses), Language.EN));
    }

    @Test
    void managedServices() throws IOException {
        String text = Files.readString(Path.of("src/test/samples/managed-services-agreement.txt"));
        assertThat(read(
                        text,
                        clause(text, ClauseType.DOCUMENT_NAME, "MANAGED SERVICES AGREEMENT"),
                        clause(text, ClauseType.AGREEMENT_DATE, "March 2, 2026"),
                        clause(text, ClauseType.EFFECTIVE_DATE, "March 2, 2026 (the \"Effective Date\")"),
                        clause(text, ClauseType.EXPIRATION_DATE, "continues for an initial term of five (5) years"),
                        clause(text, ClauseType.RENEWAL_TERM, "this Agreement shall automatically renew"),
                        clause(
                                text,
                                ClauseType.TERMINATION_FOR_CONVENIENCE,
                                "Supplier may terminate this Agreement or"),
                        clause(text, ClauseType.CAP_ON_LIABILITY, "IN NO EVENT SHALL SUPPLIER'S TOTAL LIABILITY"),
                        clause(text, ClauseType.GOVERNING_LAW, "the laws of the State of Delaware")))
                .containsExactly(MANAGED_SERVICES);
    }

    @Test
    void managedServicesWithoutClauses() throws IOException {
        String text = Files.readString(Path.of("src/test/samples/managed-services-agreement.txt"));
        assertThat(read(text)).containsExactly(MANAGED_SERVICES);
    }

    private static final String[] MANAGED_SERVICES = {
        "TITLE MANAGED SERVICES AGREEMENT",
        "PARTY Northgate Cooperative Bank (“Customer”)",
        "PARTY Tessellate Data Services, Inc. (“Supplier”)",
        "AGREEMENT_DATE 2026-03-02",
        "EFFECTIVE_DATE 2026-03-02",
        "EXPIRATION_DATE 2031-03-01",
        "TERM 5 years",
        "RENEWAL_TERM 3 years",
        "RENEWAL_NOTICE 180 days",
        "TERMINATION_NOTICE 30 days",
        "GOVERNING_LAW Delaware",
        "LIABILITY_CAP 1 × fees (3 months)"
    };

    @Test
    void softwareLicence() throws IOException {
        String text = Files.readString(Path.of("src/test/samples/software-licence-agreement.txt"))
                .replaceAll("\\[-[^\\]]*-\\]", "")
                .replaceAll("\\[\\+([^\\]]*)\\+\\]", "$1");
        assertThat(read(
                        text,
                        clause(text, ClauseType.EXPIRATION_DATE, "continues in perpetuity"),
                        clause(text, ClauseType.CAP_ON_LIABILITY, "Licensor's total aggregate liability under")))
                .containsExactly(
                        "TITLE SOFTWARE LICENSE AGREEMENT",
                        "PARTY Quillon Software Limited (“Licensor”)",
                        "PARTY Harrowfield Insurance PLC (“Licensee”)",
                        "AGREEMENT_DATE 2026-06-15",
                        "EFFECTIVE_DATE 2026-06-15",
                        "TERM perpetual",
                        "TERMINATION_NOTICE 90 days",
                        "GOVERNING_LAW England and Wales",
                        "LIABILITY_CAP GBP 100000");
    }

    @Test
    void chinese() {
        List<Fact> facts = FactReader.read(document(CHINESE), List.of(), Language.ZH);
        assertThat(shown(CHINESE, facts))
                .containsExactly(
                        "TITLE 技术服务合同",
                        "PARTY 北京白工科技有限公司 (“甲方”)",
                        "PARTY 上海青石数据（集团）有限公司 (“乙方”)",
                        "AGREEMENT_DATE 2026-03-02",
                        "EFFECTIVE_DATE 2026-04-01",
                        "EXPIRATION_DATE 2029-03-31",
                        "TERM 3 years",
                        "RENEWAL_TERM 1 year",
                        "RENEWAL_NOTICE 30 days",
                        "TERMINATION_NOTICE 60 days",
                        "GOVERNING_LAW 中国",
                        "LIABILITY_CAP CNY 1000000");
        assertThat(facts.getFirst().title()).isEqualTo("合同名称");
    }

    @Test
    void surestLikelyClauseWins() {
        String text = "Signed on May 1, 2020. Made on May 2, 2020. Dated May 3, 2020.";
        var doubtful = new Clause(ClauseType.AGREEMENT_DATE, 0, 21, 0.99, false);
        var likely = new Clause(ClauseType.AGREEMENT_DATE, 23, 42, 0.6, true);
        var surest = new Clause(ClauseType.AGREEMENT_DATE, 44, 61, 0.7, true);
        assertThat(read(text, doubtful, likely, surest)).containsExactly("AGREEMENT_DATE 2020-05-03");
        assertThat(read(text, doubtful, likely)).containsExactly("AGREEMENT_DATE 2020-05-02");
        assertThat(read(text, doubtful)).containsExactly("AGREEMENT_DATE 2020-05-01");
    }

    @Test
    void cureOfABreachIsNoNoticeOfTermination() {
        assertThat(read(
                        "Either Party may terminate this Agreement at any time if the other Party does not cure a breach"
                                + " within thirty (30) days' notice."))
                .isEmpty();
    }

    @Test
    void clauseOutsideTheTextIsRefused() {
        var clause = new Clause(ClauseType.GOVERNING_LAW, 0, 100, 0.9, true);
        assertThatThrownBy(() -> FactReader.read(document("short"), List.of(clause), Language.EN))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void emptyAndTruncated() throws IOException {
        assertThat(read("")).isEmpty();
        String text = Files.readString(Path.of("src/test/samples/managed-services-agreement.txt"));
        for (int end = 0; end < text.length(); end += 401) {
            read(text.substring(0, end));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                " ",
                "1",
                "9,",
                "\n",
                "\"",
                "(\"a",
                "between ",
                "between A (\"",
                "one ",
                "one hundred ",
                "一",
                "1年",
                "$1 ",
                "¥1",
                "terminates ",
                "automatically ",
                "governed by ",
                "laws of the ",
                "liability exceed ",
                "liability shall not exceed one one ",
                "term of this agreement one year ",
                "甲方：",
                "适用",
                "Inc., "
            })
    void hostile(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());
        var clauses = new ArrayList<Clause>();
        for (ClauseType type : ClauseType.values()) {
            for (int i = 0; i < 100; i++) {
                clauses.add(new Clause(type, i * 7, text.length() - i, 0.9, true));
            }
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> shown(text, FactReader.read(document(text), clauses, Language.EN)));
    }
}
