package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    @TempDir
    Path folder;

    private static Connection connect(Postgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private static void update(Postgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Postgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static long postmaster(Path home) throws Exception {
        return Long.parseLong(
                Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst());
    }

    @Test
    void keepsDataBetweenStartsAndFlushesEveryCommit() throws Exception {
        try (var home = Home.take(folder)) {
            try (var postgres = Postgres.start(home)) {
                assertThat(ask(postgres, "show fsync")).isEqualTo("on");
                assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
                assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
                assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
                update(postgres, "create table kept (word text)");
                update(postgres, "insert into kept values ('first')");
            }
            try (var postgres = Postgres.start(home)) {
                assertThat(ask(postgres, "select word from kept")).isEqualTo("first");
            }
        }
    }

    @Test
    void recoversFromAKill() throws Exception {
        try (var home = Home.take(folder)) {
            var killed = Postgres.start(home);
            update(killed, "create table kept (word text)");
            update(killed, "insert into kept values ('committed')");
            var process = ProcessHandle.of(postmaster(home.folder())).orElseThrow();
            process.destroyForcibly();
            process.onExit().get();

            try (var postgres = Postgres.start(home)) {
                assertThat(ask(postgres, "select word from kept")).isEqualTo("committed");
            }
        }
    }

    @Test
    void takesTheDataFromAPostgresThatALostSuiteLeft() throws Exception {
        try (var home = Home.take(folder)) {
            var left = Postgres.start(home);
            update(left, "create table kept (word text)");

            try (var postgres = Postgres.start(home)) {
                assertThat(ask(postgres, "select count(*) from kept")).isEqualTo("0");
                assertThatThrownBy(() -> connect(left)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void asksForThePassword() throws Exception {
        try (var home = Home.take(folder);
                var postgres = Postgres.start(home)) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void dataOfAnotherMajorVersionIsNotTouched() throws Exception {
        try (var home = Home.take(folder)) {
            Postgres.start(home).close();
            Files.writeString(folder.resolve("data/PG_VERSION"), "11\n");

            assertThatThrownBy(() -> Postgres.start(home))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("PostgreSQL 11");
        }
    }

    @Test
    void aFolderIsHeldByOneAtATime() throws Exception {
        try (var home = Home.take(folder)) {
            assertThat(home.secret("x")).hasSize(48).isEqualTo(home.secret("x"));
            assertThatThrownBy(() -> Home.take(folder)).hasMessageContaining("another Baigong runs on the data");
        }
        Home.take(folder).close();
    }
}
