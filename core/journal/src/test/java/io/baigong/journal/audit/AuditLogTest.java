package io.baigong.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.baigong.journal.Actor;
import io.baigong.journal.Decision;
import io.baigong.journal.Journal;
import io.baigong.journal.ObjectStoreResource;
import io.baigong.journal.Occasion;
import io.baigong.journal.PostgresResource;
import io.baigong.journal.RunRecord;
import io.baigong.spi.ModelVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(ObjectStoreResource.class)
class AuditLogTest {
    private static final String DIGEST = "ab".repeat(32);

    @Inject
    AuditLog log;

    @Inject
    AuditConfig config;

    @Inject
    AuditReader reader;

    @Inject
    Journal journal;

    @ConfigProperty(name = "test.bucket")
    Path bucket;

    @Inject
    AgroalDataSource database;

    private static AuditEntry entry(String subject) {
        return AuditEntry.of(AuditKind.CONFIGURATION, Actor.of("operator"), subject, Map.of("to", "\"1\"\n"));
    }

    private static RunRecord run(RunRecord.Ending ending) {
        return new RunRecord(
                Journal.newId(),
                "trial.audit",
                ending,
                List.of(new ModelVersion("trial.tagger", "tagger", "7", DIGEST, 1)),
                DIGEST,
                List.of(),
                Map.of("note", "a person's words"),
                Instant.parse("2026-03-01T10:15:30.123456789Z"),
                Duration.ofMillis(5),
                new Actor("clinic", "dr-li"),
                new Occasion("triage", "case-4711"));
    }

    private JsonNode leaf(UUID id) throws SQLException, IOException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select leaf from audit_entry where id = ?")) {
            query.setObject(1, id);
            try (var row = query.executeQuery()) {
                assertThat(row.next()).as("an entry for " + id).isTrue();
                return new ObjectMapper().readTree(row.getString(1));
            }
        }
    }

    private Checkpoint head() throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.createStatement();
                var row = query.executeQuery("select note from audit_head")) {
            row.next();
            return Checkpoint.verified(row.getString(1), log.verifier());
        }
    }

    private long count(String table, UUID id) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select count(*) from " + table + " where id = ?")) {
            query.setObject(1, id);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aRunLeavesOneEntryThatTellsNoText() throws Exception {
        var run = run(new RunRecord.Answered("{\"diagnosis\": \"secret\"}", List.of(), 0, 0.5));

        journal.append(run, Map.of());

        JsonNode leaf = leaf(run.id());
        JsonNode entry = leaf.path("entry");
        assertThat(entry.path("kind").asText()).isEqualTo("run");
        assertThat(entry.path("actor").asText()).isEqualTo("dr-li");
        assertThat(entry.path("tenant").asText()).isEqualTo("clinic");
        assertThat(entry.path("task").asText()).isEqualTo("trial.audit");
        assertThat(entry.path("models").path(0).path("version").asText()).isEqualTo("7");
        assertThat(entry.path("models").path(0).path("sha256").asText()).isEqualTo(DIGEST);
        assertThat(entry.path("input").asText()).isEqualTo(DIGEST);
        // echo -n '{"diagnosis":"secret"}' | sha256sum
        assertThat(entry.path("output").asText())
                .isEqualTo("9d89a229daad616d859930a2ee1942366aa4488b6823dfee958f8c5d36adb6a4");
        assertThat(entry.path("purpose").asText()).isEqualTo("triage");
        assertThat(entry.path("correlation").asText()).isEqualTo("case-4711");
        assertThat(entry.path("time").asText()).matches("20\\d\\d-.*\\.\\d{6}Z");
        assertThat(entry.path("mono").isIntegralNumber()).isTrue();
        assertThat(leaf.toString()).doesNotContain("secret").doesNotContain("a person's words");
    }

    @Test
    void aDecisionNamesRunAndModels() throws Exception {
        var run = run(new RunRecord.Abstained("unsure"));
        journal.append(run, Map.of());
        var decision = new Decision(
                Journal.newId(),
                run.id(),
                "f3",
                Decision.Verdict.REJECTED,
                "wrong",
                null,
                new Actor("clinic", "dr-wu"),
                Instant.now());

        journal.append(decision);

        JsonNode entry = leaf(decision.id()).path("entry");
        assertThat(entry.path("kind").asText()).isEqualTo("decision");
        assertThat(entry.path("subject").asText()).isEqualTo(run.id().toString());
        assertThat(entry.path("models").path(0).path("name").asText()).isEqualTo("tagger");
        assertThat(entry.path("detail").path("verdict").asText()).isEqualTo("REJECTED");
        assertThat(leaf(decision.id()).path("seq").asLong())
                .isGreaterThan(leaf(run.id()).path("seq").asLong());
    }

    @Test
    void aRunHasOneEntryHoweverOftenItIsTried() throws Exception {
        var run = run(new RunRecord.Abstained("unsure"));
        journal.append(run, Map.of());

        assertThatThrownBy(() -> journal.append(run, Map.of())).isInstanceOf(RuntimeException.class);

        assertThat(count("audit_entry", run.id())).isEqualTo(1);
    }

    @Test
    void everyEntryIsProvedAndEveryHeadGrowsFromTheLast() throws Exception {
        List<Checkpoint> heads = new ArrayList<>(List.of(head()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                threads.execute(() -> log.append(entry("many")));
            }
            heads.add(head());
        }
        log.append(entry("last"));
        Checkpoint newest = head();
        heads.add(newest);

        assertThat(newest.size()).isGreaterThanOrEqualTo(heads.getFirst().size() + 301);
        try (var connection = database.getConnection();
                var query = connection.createStatement();
                var rows = query.executeQuery("select seq, leaf from audit_entry order by seq")) {
            while (rows.next()) {
                byte[] leaf = rows.getString(2).getBytes(StandardCharsets.UTF_8);
                assertThat(Leaf.parse(leaf).seq()).isEqualTo(rows.getLong(1));
                List<byte[]> proof = new StoredTree(connection).inclusion(rows.getLong(1), newest.size());
                assertThat(MerkleTree.includes(
                                MerkleTree.leafHash(leaf), rows.getLong(1), newest.size(), proof, newest.rootHash()))
                        .isTrue();
            }
            for (Checkpoint before : heads) {
                assertThat(MerkleTree.extendsTree(
                                before.size(),
                                before.rootHash(),
                                newest.size(),
                                newest.rootHash(),
                                new StoredTree(connection).consistency(before.size(), newest.size())))
                        .isTrue();
            }
        }
    }

    @Test
    void plantedRowsStayOutOfTheLog() throws Exception {
        UUID planted = UUID.randomUUID();
        String json = entry("planted").json().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + planted + "\"");
        try (var connection = database.getConnection();
                var insert =
                        connection.prepareStatement("insert into audit_pending (id, entry, mac) values (?, ?, ?)")) {
            insert.setObject(1, planted);
            insert.setString(2, json);
            insert.setBytes(3, new byte[32]);
            insert.executeUpdate();
        }
        log.append(entry("after"));

        assertThat(count("audit_entry", planted)).isZero();
        assertThat(count("audit_planted", planted)).isEqualTo(1);
    }

    @Test
    void aRowThatIsPlayedAgainStaysOutToo() throws Exception {
        var entry = entry("once");
        log.append(entry);
        var outbox = new Outbox(AuditKeys.in(config.folder()));
        try (var connection = database.getConnection()) {
            outbox.add(connection, entry);
        }
        log.append(entry("after"));

        assertThat(count("audit_entry", entry.id())).isEqualTo(1);
        assertThat(count("audit_planted", entry.id())).isEqualTo(1);
    }

    @Test
    void whatCanNotBeAuditedIsRefused() throws Exception {
        var run = run(new RunRecord.Abstained("unsure"));
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table audit_entry in share mode");

            assertThatThrownBy(() -> journal.append(run, Map.of()))
                    .isInstanceOf(AuditUnavailable.class)
                    .hasMessageContaining("within 3 s");
            connection.rollback();
        }
        log.append(entry("it goes on"));
    }

    @Test
    void anotherInstanceWaitsForTheOneThatNumbers() throws Exception {
        var keys = AuditKeys.in(config.folder());
        try (var second = new Sequencer(database, keys, _ -> {});
                var receipt = second.receipt();
                var connection = database.getConnection()) {
            var entry = entry("from the other instance");
            receipt.expect(entry.id());
            new Outbox(keys).add(connection, entry);
            receipt.await(Duration.ofSeconds(3));

            assertThat(count("audit_entry", entry.id())).isEqualTo(1);
        }
    }

    @Test
    void headsAreWitnessed() throws Exception {
        log.append(entry("to be witnessed"));
        String head = reader.head();

        long size = Checkpoint.verified(head, log.verifier()).size();
        String object = "baigong/" + log.verifier().name() + "/" + String.format(Locale.ROOT, "%015d.txt", size);
        awaitText(config.witness().file(), head + "\n");
        awaitText(bucket.resolve(object), head);
    }

    private static void awaitText(Path file, String wanted) throws Exception {
        Instant end = Instant.now().plusSeconds(30);
        while (Instant.now().isBefore(end)
                && !(Files.exists(file) && Files.readString(file).contains(wanted))) {
            Thread.sleep(20);
        }
        assertThat(file).content().contains(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit_entry", "audit_node", "audit_head", "audit_planted"})
    void theDatabaseRefusesToForget(String table) throws Exception {
        log.append(entry("kept"));

        for (String sql : List.of("delete from " + table, "truncate " + table)) {
            assertThatThrownBy(() -> execute(sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
        assertThatThrownBy(() -> execute("update audit_entry set actor = 'x'")).hasMessageContaining("append-only");
        assertThatThrownBy(() -> execute("update audit_head set size = size - 1"))
                .hasMessageContaining("append-only");
    }

    /** EU AI Act, Art. 19 (1): at least six months. */
    @Test
    void entriesAreNotPromisedForLessThanSixMonths() {
        AuditLog.refuseShort(Duration.ofDays(183));
        assertThatThrownBy(() -> AuditLog.refuseShort(Duration.ofDays(182))).hasMessageContaining("183 days");
    }
}
