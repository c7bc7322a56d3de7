package io.baigong.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TenancyTest {
    private static final Tenancy ACME = Tenancy.of("acme");
    private static final Tenancy GLOBEX = Tenancy.of("globex");

    @Inject
    Journal journal;

    @Inject
    AgroalDataSource database;

    @TempDir
    Path folder;

    private static RunRecord run(String tenant, List<StoredAttachment> attachments) {
        return new RunRecord(
                Journal.newId(),
                "trial.tenancy",
                new RunRecord.Abstained("not sure"),
                List.of(),
                "0".repeat(64),
                attachments,
                Map.of(),
                Instant.EPOCH,
                Duration.ZERO,
                new Actor(tenant, "li"));
    }

    private static Decision decision(UUID run, String tenant) {
        return new Decision(
                Journal.newId(),
                run,
                "f1",
                Decision.Verdict.ACCEPTED,
                null,
                null,
                new Actor(tenant, "li"),
                Instant.EPOCH);
    }

    private long count(String from) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        }
    }

    private RunRecord withFile(String tenant) throws Exception {
        byte[] bytes = {1, 2, 3};
        String digest = HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        Path file = Files.write(folder.resolve(digest), bytes);
        var run = run(tenant, List.of(new StoredAttachment("document", "a.pdf", "application/pdf", digest, 3)));
        Tenancy.of(tenant).run(() -> journal.append(run, Map.of(digest, file)));
        return run;
    }

    @Test
    void aTenantSeesItsOwnRowsAloneWhateverTheQuerySays() throws Exception {
        RunRecord theirs = withFile("acme");
        ACME.run(() -> journal.append(decision(theirs.id(), "acme")));

        assertThat(ACME.call(() -> journal.find(theirs.id()))).isPresent();
        assertThat(ACME.call(() -> journal.decisions(theirs.id()))).hasSize(1);
        assertThat(GLOBEX.call(() -> journal.find(theirs.id()))).isEmpty();
        assertThat(GLOBEX.call(() -> journal.decisions(theirs.id()))).isEmpty();
        for (String table : List.of("run", "run_attachment", "decision", "content_piece")) {
            assertThat(ACME.<Long, SQLException>call(() -> count(table)))
                    .as(table)
                    .isPositive();
            assertThat(GLOBEX.<Long, SQLException>call(() -> count(table)))
                    .as(table)
                    .isZero();
        }
        assertThat(count("run where tenant = 'acme'"))
                .as("the platform sees all")
                .isPositive();
    }

    @Test
    void bytesThatSeveralTenantsBroughtAreReadByEach() throws Exception {
        StoredAttachment first = withFile("initech").attachments().getFirst();
        withFile("umbrella");
        for (String tenant : List.of("initech", "umbrella")) {
            var out = new ByteArrayOutputStream();
            Tenancy.of(tenant).run(() -> journal.copy(first, out));
            assertThat(out.toByteArray()).containsExactly(1, 2, 3);
        }
        var out = new ByteArrayOutputStream();
        Tenancy.of("hooli").run(() -> journal.copy(first, out));
        assertThat(out.size()).isZero();
    }

    @Test
    void nothingIsWrittenForAnotherTenant() {
        var run = run("acme", List.of());
        assertThatThrownBy(() -> GLOBEX.run(() -> journal.append(run, Map.of())))
                .hasStackTraceContaining("row-level security");
        ACME.run(() -> journal.append(run, Map.of()));
        assertThatThrownBy(() -> GLOBEX.run(() -> journal.append(decision(run.id(), "acme"))))
                .hasStackTraceContaining("row-level security");
        assertThat(journal.decisions(run.id())).isEmpty();
    }

    @Test
    void aConnectionForgetsForWhomItWasAsked() throws Exception {
        ACME.run(() -> journal.append(run("acme", List.of()), Map.of()));
        for (int i = 0; i < 50; i++) {
            assertThat(GLOBEX.<Long, SQLException>call(() -> count("run where tenant = 'acme'")))
                    .isZero();
            assertThat(ACME.<Long, SQLException>call(() -> count("run where tenant = 'acme'")))
                    .isPositive();
        }
    }

    @Test
    void whoActsForATenantCanNotLiftThePolicies() {
        for (String sql : List.of(
                "alter table run disable row level security",
                "drop policy of_tenant on run",
                "create or replace function app_tenant() returns text language sql as $$ select '*' $$",
                "set row_security = off; select count(*) from run")) {
            assertThatThrownBy(() -> ACME.<Boolean, SQLException>call(() -> {
                        try (var connection = database.getConnection();
                                var statement = connection.createStatement()) {
                            statement.execute(sql);
                            return statement.getMoreResults()
                                    && statement.getResultSet().next();
                        }
                    }))
                    .as(sql)
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void eachTableOfTenantsHasAForcedPolicy() throws Exception {
        assertThat(count("""
                pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
                where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                and not (c.relrowsecurity and c.relforcerowsecurity
                    and exists (select from pg_policy where polrelid = c.oid))""")).isZero();
    }

    @Test
    void aTenantHasAName() {
        for (String none : List.of("", " ", "*")) {
            assertThatThrownBy(() -> Tenancy.of(none)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
