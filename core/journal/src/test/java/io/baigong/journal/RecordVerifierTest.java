package io.baigong.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.agroal.api.AgroalDataSource;
import io.baigong.journal.audit.Tampering;
import io.baigong.spi.Evidence;
import io.baigong.spi.ModelVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records against their entries, attacked in the database and erased as the law has it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RecordVerifierTest {
    @Inject
    Journal journal;

    @Inject
    SecondReviews reviews;

    @Inject
    Comments comments;

    @Inject
    AgroalDataSource database;

    @TempDir
    Path folder;

    private RunRecord run(String file) throws Exception {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        var run = new RunRecord(
                Journal.newId(),
                "trial.records",
                new RunRecord.Answered(
                        "{\"b\": 1.50, \"a\": [1e3, 0.00001, \"größe\"]}",
                        List.of(
                                new Evidence.TextSpan("document", 0, 3, "abc"),
                                new Evidence.Attribution("slope", 0.1 + 0.2, -1e-9)),
                        1,
                        1 / 3.0),
                List.of(new ModelVersion("trial.tagger", "tagger", "7", "ab".repeat(32), 1)),
                "cd".repeat(32),
                List.of(new StoredAttachment("document", "a \"b\".txt", "text/plain", sha256, bytes.length)),
                Map.of("note", "x"),
                Instant.now(),
                Duration.ofMillis(5),
                new Actor("clinic", "dr-li"),
                new Occasion("triage", null));
        journal.append(run, Map.of(sha256, Files.write(folder.resolve(sha256), bytes)));
        journal.append(new Decision(
                Journal.newId(),
                run.id(),
                "f1",
                Decision.Verdict.CORRECTED,
                "no",
                "{\"x\": 2.0}",
                new Actor("clinic", "dr-wu"),
                Instant.now()));
        review(run, "dr-xu", SecondReview.Opinion.DISAGREED);
        comments.append(run, comment(run, "f1", "see page 7"), null);
        return run;
    }

    private static Comment comment(RunRecord run, @Nullable String subject, String text) {
        return new Comment(Journal.newId(), run.id(), subject, text, new Actor("clinic", "dr-wu"), Instant.now());
    }

    private SecondReview review(RunRecord run, String by, SecondReview.Opinion opinion) {
        Decision decision = journal.decisions(run.id()).getFirst();
        return reviews.append(
                run,
                decision,
                new SecondReview(
                        Journal.newId(),
                        decision.id(),
                        opinion,
                        Decision.Verdict.REJECTED,
                        "not a finding",
                        new Actor("clinic", by),
                        Instant.now()));
    }

    /** What is found after the change, which is then undone. */
    private Optional<Tampering> after(String... changes) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local session_replication_role = replica");
            for (String change : changes) {
                assertThat(statement.executeUpdate(change)).as(change).isPositive();
            }
            Optional<Tampering> found = RecordVerifier.verify(connection);
            connection.rollback();
            return found;
        }
    }

    @Test
    void everyChangeOfARecordIsFound() throws Exception {
        var run = run("a file");
        String where = " where id = '" + run.id() + "'";
        String of = " where run_id = '" + run.id() + "'";
        String review = " where decision_id = (select id from decision" + of + ")";
        assertThat(after()).isEmpty();

        for (String change : List.of(
                "update run set task = 'trial.other'" + where,
                "update run set name = 'other'" + where,
                "update run set label = 'other', name = 'other'" + where,
                "update run set output = jsonb_set(output, '{b}', '1.51')" + where,
                "update run set evidence = '[]'" + where,
                "update run set dropped_evidence = 0" + where,
                "update run set confidence = 0.9" + where,
                "update run set models = '[]'" + where,
                "update run set input_sha256 = repeat('0', 64)" + where,
                "update run set fields = '{}'" + where,
                "update run set started_at = started_at - interval '1 microsecond'" + where,
                "update run set duration_millis = 6" + where,
                "update run set caller = 'x'" + where,
                "update run set tenant = 'x'" + where,
                "update run set purpose = null" + where,
                "update run set correlation = 'x'" + where,
                "update run set id = gen_random_uuid()" + where,
                "delete from run" + where,
                "update run_attachment set name = 'x'" + of,
                "update run_attachment set media_type = 'x'" + of,
                "delete from run_attachment" + of,
                "update decision set verdict = 'ACCEPTED'" + of,
                "update decision set comment = null" + of,
                "update decision set correction = '{\"x\": 3}'" + of,
                "update decision set subject = 'f2'" + of,
                "update decision set decided_by = 'x'" + of,
                "update decision set decided_at = decided_at + interval '1 second'" + of,
                "delete from decision" + of,
                "insert into decision select gen_random_uuid(), run_id, subject, verdict, comment, correction, decided_by,"
                        + " decided_at, tenant from decision" + of,
                "update second_review set opinion = 'AGREED'" + review,
                "update second_review set verdict = 'CORRECTED'" + review,
                "update second_review set reason = 'x'" + review,
                "update second_review set reviewed_by = 'dr-wu'" + review,
                "delete from second_review" + review,
                "update run_comment set text = 'x'" + of,
                "update run_comment set subject = null" + of,
                "update run_comment set commented_by = 'x'" + of,
                "delete from run_comment" + of,
                "insert into run_comment select gen_random_uuid(), run_id, subject, text, tenant, commented_by, commented_at"
                        + " from run_comment" + of,
                "update content_piece set bytes = 'another'",
                "delete from content_piece")) {
            assertThat(after(change)).as(change).isPresent();
        }
        assertThat(after()).isEmpty();
    }

    @Test
    void nobodyReviewsTheirOwnDecisionNorOneTwice() throws Exception {
        var run = run("reviewed");
        UUID decision = journal.decisions(run.id()).getFirst().id();
        assertThat(reviews.of(run.id())).singleElement().satisfies(review -> {
            assertThat(review.decision()).isEqualTo(decision);
            assertThat(review.by().name()).isEqualTo("dr-xu");
        });
        assertThatThrownBy(() -> review(run, "dr-wu", SecondReview.Opinion.DISAGREED))
                .isInstanceOf(SecondReview.RefusedException.class);
        assertThatThrownBy(() -> review(run, "dr-fu", SecondReview.Opinion.DISAGREED))
                .isInstanceOf(SecondReview.RefusedException.class);

        String values =
                "insert into second_review select gen_random_uuid(), id, '%s', '%s', 'x', '%s', '%s', now() from decision"
                        + " where id = '" + decision + "'";
        for (String insert : List.of(
                values.formatted("DISAGREED", "REJECTED", "clinic", "dr-wu"),
                values.formatted("AGREED", "REJECTED", "clinic", "dr-fu"),
                values.formatted("DISAGREED", "REJECTED", "another", "dr-fu"))) {
            try (Connection connection = database.getConnection();
                    var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(insert))
                        .as(insert)
                        .hasMessageNotContaining("second_review_decision_id_key");
            }
        }
    }

    @Test
    void aCommentDecidesNothingAndIsKeptOnce() throws Exception {
        var run = run("commented");
        int decisions = journal.decisions(run.id()).size();
        UUID key = UUID.randomUUID();
        Comment whole = comments.append(run, comment(run, null, "Look\u0000 at this."), key);
        assertThat(comments.append(run, comment(run, null, "Look\u0000 at this."), key))
                .isEqualTo(whole);
        for (Comment other : List.of(comment(run, "f1", "Look\u0000 at this."), comment(run, null, "another"))) {
            assertThatThrownBy(() -> comments.append(run, other, key)).isInstanceOf(KeyReusedException.class);
        }
        assertThat(comments.of(run.id()))
                .extracting(Comment::subject, Comment::text)
                .containsExactly(tuple("f1", "see page 7"), tuple(null, "Look\uFFFD at this."));
        assertThat(journal.decisions(run.id())).hasSize(decisions);
        assertThat(after()).isEmpty();
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("update run_comment set text = 'x'"))
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void whatIsErasedIsGoneAndStaysProved() throws Exception {
        var first = run("only here");
        var second = run("shared");
        var third = run("shared");

        assertThat(journal.erase(first.id(), Actor.of("stranger"), "none of theirs"))
                .isFalse();
        assertThat(journal.find(first.id())).isPresent();
        assertThat(journal.erase(first.id(), new Actor("clinic", "officer"), "Art. 17"))
                .isTrue();
        assertThat(journal.erase(second.id(), new Actor("clinic", "officer"), "Art. 17"))
                .isTrue();

        assertThat(journal.find(first.id())).isEmpty();
        assertThat(journal.decisions(first.id())).isEmpty();
        assertThat(comments.of(first.id())).isEmpty();
        assertThat(count("content", first)).isZero();
        assertThat(count("content_piece", first)).isZero();
        assertThat(count("content_piece", third)).as("another run has it too").isEqualTo(1);
        assertThat(after()).as("an erasure with its entry is none to find").isEmpty();
    }

    private long count(String table, RunRecord run) throws SQLException {
        try (Connection connection = database.getConnection();
                var query = connection.prepareStatement("select count(*) from " + table + " where sha256 = ?")) {
            query.setString(1, run.attachments().getFirst().sha256());
            try (var row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
