package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The database of a suite: one that is named, or that of a suite that is up on this machine. */
final class AuditDatabase {
    private static final int PORT_LINE = 3;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description =
                    "JDBC URL with user and password. Without it, BAIGONG_DB_URL, or the database of the suite that is up"
                            + " on BAIGONG_HOME.")
    private @Nullable String url;

    /** Folder of the suite's data. */
    static Path home() {
        String home = System.getenv("BAIGONG_HOME");
        return Path.of(home == null || home.isBlank() ? ".baigong" : home).toAbsolutePath();
    }

    Connection connect() throws IOException {
        String named = url == null ? System.getenv("BAIGONG_DB_URL") : url;
        try {
            Connection connection = named == null ? ownDatabase(home()) : DriverManager.getConnection(named);
            try (var all = connection.createStatement()) {
                all.execute("select set_config('app.tenant', '*', false), set_config('app.tasks', '*', false)");
            }
            return connection;
        } catch (SQLException e) {
            throw new Failure("the database can't be reached: " + e.getMessage(), e);
        }
    }

    static String ownPassword(Path home) throws IOException {
        return Files.readString(home.resolve("postgres.secret")).strip();
    }

    /** As {@code up} starts it. */
    static Connection ownDatabase(Path home) throws IOException, SQLException {
        Path pid = home.resolve("data").resolve("postmaster.pid");
        Path secret = home.resolve("postgres.secret");
        if (!Files.isReadable(pid) || !Files.isReadable(secret)) {
            throw new WrongUsage("no suite is up on " + home
                    + ". Start it with './baigong up', or name a database with --db URL, or verify an export.");
        }
        List<String> lines = Files.readAllLines(pid);
        if (lines.size() <= PORT_LINE) {
            throw new Failure("the suite on " + home + " is just starting; try again");
        }
        var properties = new Properties();
        properties.setProperty("user", "baigong");
        properties.setProperty("password", ownPassword(home));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + lines.get(PORT_LINE).strip() + "/postgres", properties);
    }
}
