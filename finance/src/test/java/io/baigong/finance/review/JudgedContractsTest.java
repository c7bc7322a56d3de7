package io.baigong.finance.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.clause.CuadContract;
import io.baigong.finance.review.ContractReview.ClauseHit;
import io.baigong.spi.Attachment;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Reviewed.Decided;
import io.baigong.spi.Reviewed.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgedContractsTest {
    private static final String TEXT =
            "𝕏 governed by the laws of New York; dated March 1; may audit the books; \"as is\".";
    private static final String BEFORE =
            "{\"id\": \"1\", \"text\": \"old words\", \"clauses\": {\"Parties\": [[0, 3]]}}";

    @TempDir
    Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void folders() throws IOException {
        data = Files.writeString(folder.resolve("cuad.jsonl"), BEFORE);
        out = Files.createDirectory(folder.resolve("out"));
    }

    private static ClauseHit clause(String id, ClauseType type, String quote, boolean likely) {
        int start = TEXT.indexOf(quote);
        return new ClauseHit(id, type.cuadName(), "", start, start + quote.length(), quote, 0.5, likely, List.of());
    }

    private static Reviewed<ContractReviewInput, ContractReview> reviewed(Decided... decisions) {
        var review = new ContractReview(
                "a.txt",
                "TEXT",
                TEXT,
                null,
                List.of(),
                List.of(
                        clause("c1", ClauseType.GOVERNING_LAW, "laws of New York", true),
                        clause("c2", ClauseType.EFFECTIVE_DATE, "March 1", true),
                        clause("c3", ClauseType.AUDIT_RIGHTS, "may audit", false),
                        clause("c4", ClauseType.WARRANTY_DURATION, "as is", false)),
                List.of(),
                List.of(),
                new ContractReview.PlaybookUsed("p", "1", "p", 0),
                List.of(),
                List.of(),
                List.of());
        var input = new ContractReviewInput(new Attachment("a.txt", Path.of("a.txt")), null, null, null);
        return new Reviewed<>("7", input, review, List.of(decisions));
    }

    private static Decided decided(String subject, Verdict verdict, @Nullable String correction) {
        return new Decided(subject, verdict, correction, "lawyer", Instant.EPOCH);
    }

    @Test
    void aContractThatWasJudgedToItsEndBecomesACase() throws IOException {
        var one = reviewed(
                decided("c1", Verdict.ACCEPTED, null),
                decided("c2", Verdict.CORRECTED, "\"agreement date\""),
                decided("c3", Verdict.ACCEPTED, null),
                decided("c4", Verdict.REJECTED, null),
                decided("f1", Verdict.REJECTED, null));

        assertThat(new JudgedContracts().add(data, List.of(one), out)).isEqualTo(1);

        List<CuadContract> contracts = CuadContract.read(out);
        assertThat(contracts).extracting(CuadContract::id).containsExactlyInAnyOrder("1", "run-7");
        CuadContract added = contracts.stream()
                .filter(contract -> contract.id().equals("run-7"))
                .findFirst()
                .orElseThrow();
        assertThat(added.text()).isEqualTo(TEXT);
        assertThat(added.spans())
                .extracting(span -> span.type() + ": " + TEXT.substring(span.start(), span.end()))
                .containsExactlyInAnyOrder(
                        "GOVERNING_LAW: laws of New York", "AGREEMENT_DATE: March 1", "AUDIT_RIGHTS: may audit");
    }

    @Test
    void aContractOfWhichSomethingIsNotKnownIsLeftOut() throws IOException {
        var half = reviewed(decided("c1", Verdict.ACCEPTED, null));
        var vague = reviewed(
                decided("c1", Verdict.ACCEPTED, null), decided("c2", Verdict.CORRECTED, "\"it is the 2nd of March\""));
        var bare = reviewed(decided("c1", Verdict.ACCEPTED, null), decided("c2", Verdict.CORRECTED, null));

        assertThat(new JudgedContracts().add(data, List.of(half, vague, bare), out))
                .isZero();

        assertThat(CuadContract.read(out)).hasSize(1);
    }

    @Test
    void packedDataAndFoldersStayAsTheyAre() throws IOException {
        Path many = Files.createDirectory(folder.resolve("many"));
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(many.resolve("a.jsonl.gz")))) {
            gzip.write(BEFORE.getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(many.resolve("b.jsonl"), BEFORE.replace("\"1\"", "\"2\""));
        var one = reviewed(decided("c1", Verdict.ACCEPTED, null), decided("c2", Verdict.ACCEPTED, null));

        assertThat(new JudgedContracts().add(many, List.of(one), out)).isEqualTo(1);
        assertThat(CuadContract.read(out)).hasSize(3);
        Path packed = Files.createDirectory(folder.resolve("packed"));
        assertThat(new JudgedContracts().add(many.resolve("a.jsonl.gz"), List.of(one), packed))
                .isEqualTo(1);
        assertThat(CuadContract.read(packed)).hasSize(2);
    }

    @Test
    void whatWasJudgedForAnEarlierTrainingStays() throws IOException {
        Path many = Files.createDirectory(folder.resolve("many"));
        Files.writeString(
                many.resolve("judged-runs.jsonl"),
                BEFORE.replace("\"1\"", "\"run-6\"") + "\n" + BEFORE.replace("\"1\"", "\"run-7\"") + "\n");
        var one = reviewed(decided("c1", Verdict.ACCEPTED, null), decided("c2", Verdict.ACCEPTED, null));

        new JudgedContracts().add(many, List.of(one), out);

        assertThat(CuadContract.read(out)).extracting(CuadContract::text).containsExactlyInAnyOrder("old words", TEXT);
    }

    @Test
    void dataThatAreNoContractsAreRefused() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{}");
        assertThatIOException()
                .isThrownBy(() -> new JudgedContracts().add(bad, List.of(), out))
                .withMessageContaining("is not a CUAD contract");
    }
}
