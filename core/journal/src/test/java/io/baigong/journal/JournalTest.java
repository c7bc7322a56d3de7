package io.baigong.journal;

import static java.util.Optional.empty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.baigong.journal.RunRecord.Abstained;
import io.baigong.journal.RunRecord.Answered;
import io.baigong.journal.RunRecord.Failed;
import io.baigong.journal.audit.AuditUnavailable;
import io.baigong.spi.Evidence;
import io.baigong.spi.ModelVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class JournalTest {
    private static final String DIGEST = "0".repeat(64);

    @Inject
    Journal journal;

    @Inject
    AgroalDataSource database;

    @TempDir
    Path folder;

    private static RunRecord run(String task, RunRecord.Ending ending, List<StoredAttachment> attachments) {
        return new RunRecord(
                Journal.newId(),
                task,
                ending,
                List.of(new ModelVersion("finance.clause-tagger", "clause-tagger", "1", DIGEST, 22_713_216)),
                DIGEST,
                attachments,
                Map.of("playbook", "SERVICES_BUYING"),
                Instant.parse("2026-03-01T10:15:30.123456Z"),
                Duration.ofMillis(1234),
                Actor.of("analyst"));
    }

    private static RunRecord answered(String output, List<Evidence> evidence) {
        return run("trial.answer", new Answered(output, evidence, 2, 0.25), List.of());
    }

    private StoredAttachment stored(String name, byte[] bytes) throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Files.write(folder.resolve(digest), bytes);
        return new StoredAttachment("document", name, "application/pdf", digest, bytes.length);
    }

    private byte[] copied(StoredAttachment attachment) {
        var out = new ByteArrayOutputStream();
        journal.copy(attachment, out);
        return out.toByteArray();
    }

    @Test
    void anAnswerComesBackAsItWas() throws Exception {
        var run = answered(
                "{\"text\": \"Größe 合同 😀\", \"n\": 1.5}",
                List.of(
                        new Evidence.TextSpan("document", 0, 5, "Größe"),
                        new Evidence.TimeWindow(
                                "press-7",
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Instant.parse("2026-01-02T12:30:00.5Z"),
                                "vibration"),
                        new Evidence.Attribution("vibration_slope", 0.75, -0.25),
                        new Evidence.Rule("r1", "§ 4")));

        journal.append(run, Map.of());

        RunRecord kept = journal.find(run.id()).orElseThrow();
        var mapper = new ObjectMapper();
        assertThat(mapper.readTree(kept.output())).isEqualTo(mapper.readTree(run.output()));
        assertThat(kept)
                .usingRecursiveComparison()
                .ignoringFields("ending.output")
                .isEqualTo(run);
    }

    @Test
    void abstentionsAndFailuresComeBackAsTheyWere() {
        var abstained = run("trial.abstain", new Abstained("not sure"), List.of());
        var failed = run("trial.fail", new Failed("encrypted", "a password protects it", "Remove it."), List.of());

        journal.append(abstained, Map.of());
        journal.append(failed, Map.of());

        assertThat(journal.find(abstained.id())).contains(abstained);
        assertThat(journal.find(failed.id())).contains(failed);
    }

    @Test
    void bytesAreKeptOncePerDigestAndComeBackWhole() throws Exception {
        byte[] bytes = new byte[(3 << 20) + 17];
        new Random(5).nextBytes(bytes);
        var attachment = stored("a.pdf", bytes);
        var again = new StoredAttachment("document", "b.pdf", "application/pdf", attachment.sha256(), bytes.length);
        var contents = Map.of(attachment.sha256(), folder.resolve(attachment.sha256()));

        journal.append(run("trial.a", new Abstained("-"), List.of(attachment)), contents);
        journal.append(run("trial.a", new Abstained("-"), List.of(again)), contents);

        assertThat(copied(attachment)).isEqualTo(bytes);
        assertThat(count("select count(*) from content_piece where sha256 = '" + attachment.sha256() + "'"))
                .isEqualTo(4);
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        var attachment = stored("empty", new byte[0]);

        journal.append(
                run("trial.a", new Abstained("-"), List.of(attachment)),
                Map.of(attachment.sha256(), folder.resolve(attachment.sha256())));

        assertThat(copied(attachment)).isEmpty();
    }

    @Test
    void hostileTextIsKeptUnitForUnit() {
        String hostile = "a\0b\uD800c\uDC00";
        String storable = "a\uFFFDb\uFFFDc\uFFFD";
        var run = new RunRecord(
                Journal.newId(),
                "trial.hostile",
                new Answered("{}", List.of(new Evidence.TextSpan("document", 0, 6, hostile)), 0, 1),
                List.of(),
                DIGEST,
                List.of(),
                Map.of("note", hostile),
                Instant.EPOCH,
                Duration.ZERO,
                new Actor(hostile, hostile));
        var failed = run("trial.hostile", new Failed("corrupt", hostile, hostile), List.of());
        var decision = new Decision(
                Journal.newId(),
                run.id(),
                hostile,
                Decision.Verdict.REJECTED,
                hostile,
                "\"x\"",
                Actor.of("analyst"),
                Instant.EPOCH);

        journal.append(run, Map.of());
        journal.append(failed, Map.of());
        journal.append(decision);

        RunRecord kept = journal.find(run.id()).orElseThrow();
        assertThat(((Answered) kept.ending()).evidence())
                .containsExactly(new Evidence.TextSpan("document", 0, 6, storable));
        assertThat(kept.fields()).containsEntry("note", storable);
        assertThat(kept.caller()).isEqualTo(new Actor(storable, storable));
        assertThat(journal.find(failed.id()).orElseThrow().ending())
                .isEqualTo(new Failed("corrupt", storable, storable));
        assertThat(journal.decisions(run.id())).singleElement().satisfies(d -> {
            assertThat(d.subject()).isEqualTo(storable);
            assertThat(d.comment()).isEqualTo(storable);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pneumonia.  And fever. | Pneumonia. And fever.",
                "患者发热三天，咳嗽，胸闷 | 患者发热三天，咳嗽，胸闷",
                "[0.1, 0.2] | ''",
                "{\"a\": \"b\"} | ''",
                "12.5 | ''",
                "SERVICES_BUYING | ''"
            })
    void aRunWithoutAFileIsKnownByItsFirstWords(String note, String name) {
        var run = withFields(Map.of("note", note, "language", "en"));
        journal.append(run, Map.of());

        RunSummary listed =
                journal.list(only("trial.named"), RunOrder.NEWEST, 0, 1).runs().getFirst();
        assertThat(listed.name()).isEqualTo(name);
        assertThat(journal.find(run.id())).contains(run);
    }

    @Test
    void aLongTextIsCutBetweenWords() {
        assertThat(withFields(Map.of("note", "Lorem ipsum dolor ".repeat(30))).name())
                .isEqualTo("Lorem ipsum dolor ".repeat(4).strip() + " Lorem…");
        assertThat(withFields(Map.of("note", "咳".repeat(300))).name()).isEqualTo("咳".repeat(80) + "…");
    }

    @Test
    void aFileIsCalledByNoWordsOfAText() {
        var run = withFields(Map.of("note", "Mr. Smith has pneumonia and fever."));
        assertThat(run.name()).contains("Smith");
        assertThat(run.fileName()).isEqualTo(run.task() + "-" + run.id());
        assertThat(run.named("notes.csv 17").fileName()).isEqualTo("notes.csv 17");
        assertThat(run.named(run.name()).label()).isNull();
    }

    @Test
    void aRunIsKnownAsItsSenderCallsIt() throws Exception {
        var run = withFields(Map.of("note", "Pneumonia and fever.")).named("notes.csv 17");
        journal.append(run, Map.of());

        assertThat(journal.find(run.id())).contains(run);
        assertThat(ids(journal.list(searching("CSV 17"), RunOrder.NEWEST, 0, 1)))
                .containsExactly(run.id());
        try (var connection = database.getConnection()) {
            assertThat(RecordVerifier.verify(connection)).isEmpty();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local session_replication_role = replica");
                statement.execute("update run set name = 'notes.csv 18' where id = '" + run.id() + "'");
            }
            assertThat(RecordVerifier.verify(connection)).isPresent();
            connection.rollback();
        }
    }

    private static RunRecord withFields(Map<String, String> fields) {
        return new RunRecord(
                Journal.newId(),
                "trial.named",
                new Abstained("-"),
                List.of(),
                DIGEST,
                List.of(),
                fields,
                Instant.parse("2026-03-01T10:15:30Z"),
                Duration.ofMillis(1),
                Actor.of("analyst"));
    }

    private static RunFilter searching(String text) {
        return new RunFilter(empty(), empty(), Optional.of(text), false, empty(), empty(), empty());
    }

    @Test
    void runsAreListedNewestFirstWithTheirDecisions() {
        var first = run("trial.list", new Abstained("1"), List.of());
        var second = run("trial.list", new Abstained("2"), List.of());
        journal.append(first, Map.of());
        journal.append(second, Map.of());
        for (String subject : List.of("f1", "f1", "f2")) {
            journal.append(new Decision(
                    Journal.newId(),
                    first.id(),
                    subject,
                    Decision.Verdict.ACCEPTED,
                    null,
                    null,
                    Actor.of("analyst"),
                    Instant.EPOCH));
        }

        var all = only("trial.list");
        assertThat(journal.list(all, RunOrder.NEWEST, 0, 10).runs())
                .extracting(RunSummary::id, RunSummary::decided)
                .containsExactly(tuple(second.id(), 0L), tuple(first.id(), 2L));
        assertThat(ids(journal.list(all, new RunOrder(RunOrder.By.STARTED, false), 0, 10)))
                .containsExactly(first.id(), second.id());
        RunPage last = journal.list(all, RunOrder.NEWEST, 1, 10);
        assertThat(ids(last)).containsExactly(first.id());
        assertThat(last.total()).isEqualTo(2);
        var older = new RunFilter(all.task(), empty(), empty(), false, empty(), empty(), Optional.of(second.id()));
        assertThat(ids(journal.list(older, RunOrder.NEWEST, 0, 10))).containsExactly(first.id());
    }

    private static RunFilter only(String task) {
        return new RunFilter(Optional.of(task), empty(), empty(), false, empty(), empty(), empty());
    }

    private static List<UUID> ids(RunPage page) {
        return page.runs().stream().map(RunSummary::id).toList();
    }

    @Test
    void aQueueIsInTheOrderOfWhatMayBeLost() {
        var task = "trial.risk";
        var doubtful = run(task, new Answered("{}", List.of(), 0, 0.5), List.of());
        var sure = run(task, new Answered("{}", List.of(), 0, 0.9), List.of());
        // 10 * 0.1 = 1, 1 * 0.8 = 0.8
        var dear = run(task, new Answered("{}", List.of(), 0, 0.9, 10.0), List.of());
        var cheap = run(task, new Answered("{}", List.of(), 0, 0.2, 1.0), List.of());
        for (RunRecord run : List.of(sure, doubtful, cheap, dear)) {
            journal.append(run, Map.of());
        }
        assertThat(ids(journal.list(only(task), new RunOrder(RunOrder.By.RISK, true), 0, 10)))
                .as("what is not known to be at stake comes last, by doubt alone")
                .containsExactly(dear.id(), cheap.id(), doubtful.id(), sure.id());
        assertThat(journal.find(dear.id()).orElseThrow().ending()).isEqualTo(dear.ending());
    }

    @Test
    void runsAreFilteredAndSorted() throws Exception {
        var sure = run(
                "trial.filter",
                new Answered("{}", List.of(), 0, 0.9),
                List.of(stored("Lease_100%.pdf", new byte[] {1})));
        var unsure = run(
                "trial.filter", new Answered("{}", List.of(), 0, 0.4), List.of(stored("LEASE_1000.pdf", new byte[] {2
                })));
        var failed = run("trial.filter", new Failed("corrupt", "", ""), List.of());
        for (RunRecord run : List.of(sure, unsure, failed)) {
            Map<String, Path> contents = new HashMap<>();
            run.attachments().forEach(a -> contents.put(a.sha256(), folder.resolve(a.sha256())));
            journal.append(run, contents);
        }
        Optional<String> task = Optional.of("trial.filter");
        var byConfidence = new RunOrder(RunOrder.By.CONFIDENCE, false);

        assertThat(ids(journal.list(only("trial.filter"), byConfidence, 0, 10)))
                .as("the least sure first, what has no confidence last")
                .containsExactly(unsure.id(), sure.id(), failed.id());
        assertThat(ids(journal.list(
                        new RunFilter(task, Optional.of(RunStatus.FAILED), empty(), false, empty(), empty(), empty()),
                        RunOrder.NEWEST,
                        0,
                        10)))
                .containsExactly(failed.id());
        assertThat(ids(journal.list(
                        new RunFilter(task, empty(), Optional.of("lease_100%"), false, empty(), empty(), empty()),
                        RunOrder.NEWEST,
                        0,
                        10)))
                .as("signs of LIKE are plain signs")
                .containsExactly(sure.id());
        assertThat(journal.list(
                                new RunFilter(
                                        task, empty(), empty(), false, Optional.of(sure.startedAt()), empty(), empty()),
                                RunOrder.NEWEST,
                                0,
                                10)
                        .total())
                .isEqualTo(3);
        assertThat(journal.list(
                                new RunFilter(
                                        task, empty(), empty(), false, empty(), Optional.of(sure.startedAt()), empty()),
                                RunOrder.NEWEST,
                                0,
                                10)
                        .total())
                .isZero();

        journal.append(new Decision(
                Journal.newId(),
                sure.id(),
                "f1",
                Decision.Verdict.ACCEPTED,
                null,
                null,
                Actor.of("analyst"),
                Instant.EPOCH));
        assertThat(ids(journal.list(
                        new RunFilter(task, empty(), empty(), true, empty(), empty(), empty()), byConfidence, 0, 10)))
                .as("failed runs are nothing to decide on")
                .containsExactly(unsure.id());
    }

    private static Decision saying(UUID run, String subject, @Nullable String correction) {
        return new Decision(
                Journal.newId(),
                run,
                subject,
                Decision.Verdict.CORRECTED,
                null,
                correction,
                Actor.of("analyst"),
                Instant.EPOCH);
    }

    @Test
    void aRequestThatIsRepeatedIsOneDecision() throws Exception {
        var run = answered("{}", List.of());
        journal.append(run, Map.of());
        UUID key = UUID.randomUUID();
        Decision first = journal.append(saying(run.id(), "f1", "{\"a\": 1, \"b\": 2}"), key);

        Decision again = journal.append(saying(run.id(), "f1", "{\"b\":2,\"a\":1}"), key);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(journal.decisions(run.id())).extracting(Decision::id).containsExactly(first.id());
        assertThat(count("select count(*) from audit_entry where kind = 'decision' and leaf like '%" + run.id() + "%'"))
                .isEqualTo(1);
        var anothers = new Decision(
                Journal.newId(),
                run.id(),
                "f1",
                first.verdict(),
                first.comment(),
                "{\"a\": 1, \"b\": 2}",
                new Actor(first.by().tenant(), "another"),
                Instant.now());
        for (Decision other :
                List.of(saying(run.id(), "f2", "{\"a\": 1, \"b\": 2}"), saying(run.id(), "f1", null), anothers)) {
            assertThatThrownBy(() -> journal.append(other, key)).isInstanceOf(KeyReusedException.class);
        }
        assertThat(journal.decisions(run.id())).hasSize(1);
    }

    @Test
    void repetitionsAtOnceAreOneDecision() throws Exception {
        var run = answered("{}", List.of());
        journal.append(run, Map.of());
        UUID key = UUID.randomUUID();
        try (var at = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<UUID>>> calls = Collections.nCopies(8, () -> {
                try {
                    return Optional.of(
                            journal.append(saying(run.id(), "f1", null), key).id());
                } catch (AuditUnavailable e) {
                    return empty(); // the first one's entry waits for its number still
                }
            });
            Set<UUID> given = new HashSet<>();
            for (var call : at.invokeAll(calls)) {
                call.get().ifPresent(given::add);
            }
            assertThat(given).hasSize(1);
        }
        assertThat(journal.decisions(run.id())).hasSize(1);
    }

    @Test
    void aDecisionNeedsARun() {
        var decision = new Decision(
                Journal.newId(),
                Journal.newId(),
                "f1",
                Decision.Verdict.ACCEPTED,
                null,
                null,
                Actor.of("analyst"),
                Instant.EPOCH);

        assertThatThrownBy(() -> journal.append(decision)).hasStackTraceContaining("foreign key");
        assertThat(journal.decisions(decision.run())).isEmpty();
    }

    @Test
    void aRunThatCanNotBeWrittenLeavesNothing() throws Exception {
        var attachment = stored("a.pdf", "only here".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var broken = new RunRecord(
                Journal.newId(),
                "trial.broken",
                new Answered("{}", List.of(), 0, 7),
                List.of(),
                DIGEST,
                List.of(attachment),
                Map.of(),
                Instant.EPOCH,
                Duration.ZERO,
                Actor.of("analyst"));

        assertThatThrownBy(
                        () -> journal.append(broken, Map.of(attachment.sha256(), folder.resolve(attachment.sha256()))))
                .hasStackTraceContaining("confidence");
        assertThat(journal.find(broken.id())).isEmpty();
        assertThat(count("select count(*) from content where sha256 = '" + attachment.sha256() + "'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content", "content_piece", "run", "run_attachment", "decision"})
    void theDatabaseRefusesToForget(String table) {
        journal.append(answered("{}", List.of()), Map.of());

        for (String sql : List.of("delete from " + table, "truncate " + table + " cascade")) {
            assertThatThrownBy(() -> execute(sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void theDatabaseRefusesToChange() throws SQLException {
        String columns = text("""
                select string_agg(column_name, ', ') from information_schema.columns
                where table_name = 'run' and is_generated = 'NEVER'""");
        var run = answered("{}", List.of());
        journal.append(run, Map.of());

        for (String sql : List.of(
                "update run set caller = 'someone else'",
                "update content set bytes = 1",
                "update content_piece set number = 1",
                "update run_attachment set name = 'x'",
                "update decision set verdict = 'ACCEPTED'",
                "insert into run (%1$s) select %1$s from run where id = '%2$s' on conflict (id) do update set caller = 'x'"
                        .formatted(columns, run.id()))) {
            assertThatThrownBy(() -> execute(sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
        assertThat(journal.find(run.id()).orElseThrow().caller()).isEqualTo(Actor.of("analyst"));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private int count(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
