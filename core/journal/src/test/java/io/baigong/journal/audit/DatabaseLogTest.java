package io.baigong.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.baigong.journal.Actor;
import io.baigong.journal.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the rows in the database, by who may do there what they like. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DatabaseLogTest {
    private static final int AT_LEAST = 600;

    @Inject
    AuditLog log;

    @Inject
    AgroalDataSource database;

    @TempDir
    Path folder;

    @BeforeEach
    void entries() throws SQLException {
        if (count() < AT_LEAST) {
            log.inTransaction(entries -> {
                for (int i = 0; i < AT_LEAST; i++) {
                    entries.accept(AuditEntry.of(
                            AuditKind.KEY_USE, Actor.of("analyst"), "subject " + i, Map.of("to", "a\tb\"c\\")));
                }
                return 0;
            });
        }
    }

    private long count() throws SQLException {
        try (Connection connection = database.getConnection();
                var query = connection.createStatement();
                var row = query.executeQuery("select count(*) from audit_entry")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What a verification finds after the changes, which are then undone. */
    private Verification after(String... changes) throws Exception {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local session_replication_role = replica");
            for (String change : changes) {
                assertThat(statement.executeUpdate(change)).as(change).isPositive();
            }
            try (var changed = DatabaseLog.within(connection)) {
                return LogVerifier.verify(changed, log.verifier(), List.of(), _ -> {});
            }
        }
    }

    private void isNamed(long seq, Verification found) {
        assertThat(found.tampering())
                .hasValueSatisfying(tampering ->
                        assertThat(tampering.seq()).as(tampering.text()).isEqualTo(seq));
    }

    @Test
    void anHonestLogPasses() throws Exception {
        Verification result = after();

        assertThat(result.tampering()).isEmpty();
        assertThat(result.entries()).isEqualTo(count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seq = 1000000000",
                "id = gen_random_uuid()",
                "tenant = 'another'",
                "kind = 'run'",
                "actor = 'someone else'",
                "logged = logged - interval '1 month'",
                "logged = logged + interval '1 microsecond'",
                "terms = '{}'",
                "terms = terms || '{x}'::text[]",
                "leaf = replace(leaf, '\"tenant\":\"', '\"tenant\":\"x')",
                "leaf = replace(leaf, '\"seq\":', '\"seq\":1')",
                "leaf = leaf || ' '",
                "leaf = ''",
                "hash = sha256(hash)",
                "leaf = replace(leaf, '\"tenant\":\"', '\"tenant\":\"x'), hash = sha256(convert_to(E'\\x01', 'UTF8'))"
            })
    void everyChangedColumnIsNamed(String change) throws Exception {
        isNamed(300, after("update audit_entry set " + change + " where seq = 300"));
    }

    @Test
    void anEditWithItsHashIsNamed() throws Exception {
        isNamed(
                300,
                after(
                        "update audit_entry set leaf = replace(leaf, 'analyst', 'auditor'), actor = 'auditor' where seq = 300",
                        "update audit_entry set hash = sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')) where seq = 300"));
    }

    @Test
    void lostSwappedAndAddedRowsAreNamed() throws Exception {
        long size = count();
        isNamed(0, after("delete from audit_entry where seq = 0"));
        isNamed(300, after("delete from audit_entry where seq = 300"));
        isNamed(size - 1, after("delete from audit_entry where seq = " + (size - 1)));
        isNamed(400, after("delete from audit_entry where seq >= 400"));
        isNamed(
                300,
                after(
                        "update audit_entry set seq = seq + 1000000 where seq in (300, 301)",
                        "update audit_entry set seq = 1000601 - seq where seq > 1000000"));
        isNamed(
                size,
                after(
                        "insert into audit_entry select seq + 1, gen_random_uuid(), tenant, kind, actor, logged, terms, leaf, hash"
                                + " from audit_entry where seq = " + (size - 1)));
    }

    @Test
    void changedNodesAndHeadsAreSeen() throws Exception {
        isNamed(256, after("update audit_node set hash = sha256(hash) where number = 1"));
        isNamed(0, after("delete from audit_node where number = 0"));
        assertThat(after("update audit_head set note = replace(note, 'baigong', 'gongbai')")
                        .tampering())
                .hasValueSatisfying(found -> assertThat(found.kind()).isEqualTo(Tampering.Kind.FALSE_HEAD));
        assertThat(after("delete from audit_head").ok()).isFalse();
    }

    @Test
    void anExportOfTheDatabaseIsVerified() throws Exception {
        for (Path path : List.of(folder.resolve("export"), folder.resolve("export.zip"))) {
            try (Connection connection = database.getConnection();
                    var source = DatabaseLog.of(connection)) {
                LogExport.to(source, log.verifier(), path, _ -> {});
            }
            try (var exported = ExportedLog.open(path)) {
                Verification result = LogVerifier.verify(exported, log.verifier(), List.of(), _ -> {});
                assertThat(result.tampering()).isEmpty();
                assertThat(result.entries()).isEqualTo(count());
            }
        }
    }
}
