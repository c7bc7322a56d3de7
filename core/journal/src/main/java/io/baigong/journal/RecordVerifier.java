package io.baigong.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.journal.audit.Sha256;
import io.baigong.journal.audit.Tampering;
import io.baigong.journal.audit.Tampering.Kind;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares the journal's records with what the audit log, which was verified before, says of them: none changed, none missing but
 * those erased, none without an entry but those older than the log.
 */
public final class RecordVerifier {
    private static final int FETCH = 500;
    private static final TypeReference<List<StoredAttachment>> ATTACHMENTS = new TypeReference<>() {};
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String RUNS = """
            select r.*, e.seq, e.leaf, (
                select coalesce(json_agg(json_build_object('component', component, 'name', name, 'mediaType', media_type,
                    'sha256', sha256, 'bytes', bytes) order by position), '[]') from run_attachment where run_id = r.id) as attachments
            from run r left join audit_entry e on e.id = r.id and e.kind = 'run' order by r.id""";
    private static final String DECISIONS =
            "select d.*, e.seq, e.leaf from decision d left join audit_entry e on e.id = d.id and e.kind = 'decision' order by d.id";
    private static final String REVIEWS =
            "select s.*, e.seq, e.leaf from second_review s left join audit_entry e on e.id = s.id and e.kind = 'second-review'"
                    + " order by s.id";
    private static final String COMMENTS =
            "select c.*, e.seq, e.leaf from run_comment c left join audit_entry e on e.id = c.id and e.kind = 'comment' order by c.id";
    private static final String MISSING = """
            select seq, kind, id from audit_entry e where kind in ('run', 'decision', 'second-review', 'comment')
                and not exists (select 1 from run where run.id = e.id)
                and not exists (select 1 from decision where decision.id = e.id)
                and not exists (select 1 from second_review where second_review.id = e.id)
                and not exists (select 1 from run_comment where run_comment.id = e.id)
                and not exists (select 1 from audit_entry x where x.kind = 'erasure' and x.terms && e.terms)
            order by seq limit 1""";
    private static final String PIECES =
            "select c.sha256, c.bytes, p.bytes from content c left join content_piece p on p.sha256 = c.sha256"
                    + " order by c.sha256, p.number";

    private final Connection connection;

    private RecordVerifier(Connection connection) {
        this.connection = connection;
    }

    /** The first record that is not what the log says, in a transaction that is under way. */
    public static Optional<Tampering> verify(Connection connection) throws SQLException {
        return Optional.ofNullable(new RecordVerifier(connection).first());
    }

    private @Nullable Tampering first() throws SQLException {
        Instant begin = begin();
        Tampering found = rows(RUNS, row -> run(row, begin));
        found = found != null ? found : rows(DECISIONS, row -> decision(row, begin));
        found = found != null ? found : rows(REVIEWS, RecordVerifier::review);
        found = found != null ? found : rows(COMMENTS, RecordVerifier::comment);
        found = found != null
                ? found
                : rows(
                        MISSING,
                        row -> new Tampering(
                                Kind.DELETED,
                                row.getLong(1),
                                "the " + row.getString(2) + " " + row.getString(3)
                                        + " that it tells of is missing, and no entry says that it was erased"));
        return found != null ? found : contents();
    }

    /** What is said of a row. */
    @FunctionalInterface
    private interface Check {
        @Nullable
        Tampering of(ResultSet row) throws SQLException;
    }

    private @Nullable Tampering rows(String sql, Check check) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setFetchSize(FETCH);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Tampering found = check.of(rows);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /** What is older than the log has no entry in it. */
    private Instant begin() throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select logged from audit_entry where seq = 0")) {
            return row.next() ? instant(row, "logged") : Instant.MAX;
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }

    private static @Nullable Tampering run(ResultSet row, Instant begin) throws SQLException {
        RunRecord run;
        try {
            run = record(row);
        } catch (IllegalStateException | NullPointerException e) {
            return differs(row, "run");
        }
        if (row.getString("leaf") == null && run.startedAt().isBefore(begin)) {
            return null;
        }
        // What is made up of a text's first words may be made up otherwise by another release, and proves nothing.
        boolean named = (run.label() == null && run.attachments().isEmpty())
                || run.name().equals(row.getString("name"));
        boolean same = named && Objects.equals(RunDigests.of(run).record(), digest(row));
        return same ? null : differs(row, "run");
    }

    private static @Nullable Tampering decision(ResultSet row, Instant begin) throws SQLException {
        var decision = new Decision(
                row.getObject("id", UUID.class),
                row.getObject("run_id", UUID.class),
                row.getString("subject"),
                Decision.Verdict.valueOf(row.getString("verdict")),
                row.getString("comment"),
                row.getString("correction"),
                new Actor(row.getString("tenant"), row.getString("decided_by")),
                instant(row, "decided_at"));
        if (row.getString("leaf") == null && decision.at().isBefore(begin)) {
            return null;
        }
        return Objects.equals(RunDigests.of(decision).record(), digest(row)) ? null : differs(row, "decision");
    }

    private static @Nullable Tampering review(ResultSet row) throws SQLException {
        SecondReview review = SecondReviews.read(row);
        return Objects.equals(RunDigests.of(review).record(), digest(row)) ? null : differs(row, "second review");
    }

    private static @Nullable Tampering comment(ResultSet row) throws SQLException {
        Comment comment = Comments.read(row);
        return Objects.equals(RunDigests.of(comment).record(), digest(row)) ? null : differs(row, "comment");
    }

    private static Tampering differs(ResultSet row, String what) throws SQLException {
        long seq = row.getLong("seq");
        boolean none = row.wasNull();
        return none
                ? new Tampering(
                        Kind.INSERTED, -1, "the " + what + " " + row.getString("id") + " has no entry in the log")
                : new Tampering(
                        Kind.EDITED, seq, "the " + what + " " + row.getString("id") + " that it tells of was changed");
    }

    private static String digest(ResultSet row) throws SQLException {
        try {
            String leaf = row.getString("leaf");
            JsonNode entry =
                    leaf == null ? MAPPER.nullNode() : MAPPER.readTree(leaf).path("entry");
            return entry.path("record").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static RunRecord record(ResultSet row) throws SQLException {
        RunRecord.Ending ending = switch (RunStatus.valueOf(row.getString("status"))) {
            case ANSWERED ->
                new RunRecord.Answered(
                        row.getString("output"),
                        JournalJson.read(row.getString("evidence"), RunEntry.EVIDENCE),
                        row.getInt("dropped_evidence"),
                        row.getDouble("confidence"));
            case ABSTAINED -> new RunRecord.Abstained(row.getString("reason"));
            case FAILED -> JournalJson.read(row.getString("failure"), RunEntry.FAILED);
        };
        return new RunRecord(
                row.getObject("id", UUID.class),
                row.getString("task"),
                ending,
                JournalJson.read(row.getString("models"), RunEntry.MODELS),
                row.getString("input_sha256"),
                JournalJson.read(row.getString("attachments"), ATTACHMENTS),
                JournalJson.read(row.getString("fields"), RunEntry.FIELDS),
                instant(row, "started_at"),
                Duration.ofMillis(row.getLong("duration_millis")),
                new Actor(row.getString("tenant"), row.getString("caller")),
                new Occasion(row.getString("purpose"), row.getString("correlation")),
                row.getString("label"));
    }

    /** Files are what their digests say. */
    private @Nullable Tampering contents() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(PIECES)) {
            query.setFetchSize(8);
            try (ResultSet rows = query.executeQuery()) {
                MessageDigest digest = Sha256.digest();
                String current = null;
                long bytes = 0;
                long read = 0;
                while (rows.next()) {
                    String sha256 = rows.getString(1);
                    if (!sha256.equals(current)) {
                        Tampering found = content(current, digest, bytes, read);
                        if (found != null) {
                            return found;
                        }
                        current = sha256;
                        bytes = rows.getLong(2);
                        read = 0;
                    }
                    byte[] piece = rows.getBytes(3);
                    if (piece != null) {
                        digest.update(piece);
                        read += piece.length;
                    }
                }
                return content(current, digest, bytes, read);
            }
        }
    }

    private static @Nullable Tampering content(@Nullable String sha256, MessageDigest digest, long bytes, long read) {
        boolean same =
                sha256 == null || HexFormat.of().formatHex(digest.digest()).equals(sha256);
        return same && bytes == read ? null : new Tampering(Kind.EDITED, -1, "the file " + sha256 + " was changed");
    }
}
