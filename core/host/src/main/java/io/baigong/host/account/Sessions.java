package io.baigong.host.account;

import io.baigong.journal.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who is signed in by a browser, in the database, so that a session can be ended at once on every instance. Thread-safe; to be
 * asked for the platform, since who holds a session is known only after.
 */
@ApplicationScoped
public class Sessions {
    private static final int TOKEN_BYTES = 32;

    /** Use is written down so often at most. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private static final String FIND = """
            select a.tenant, a.name, a.roles, a.created_at, a.disabled_at, s.used_at
            from account_session s join account a using (tenant, name)
            where s.token_sha256 = ? and s.used_at > ? and s.created_at > ? and a.disabled_at is null""";

    private final DataSource database;
    private final Duration idle;
    private final Duration longest;
    private final SecureRandom random = new SecureRandom();

    Sessions(
            DataSource database,
            @ConfigProperty(name = "baigong.session.idle", defaultValue = "PT8H") Duration idle,
            @ConfigProperty(name = "baigong.session.longest", defaultValue = "PT24H") Duration longest) {
        this.database = database;
        this.idle = idle;
        this.longest = longest;
    }

    /** How long a session lasts at most. */
    Duration longest() {
        return longest;
    }

    /** How long a session lasts without use. */
    Duration idle() {
        return idle;
    }

    /** The token of a new session. */
    String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Begins a session; its token. */
    String begin(Actor owner) throws SQLException {
        String token = token();
        OffsetDateTime now = Instant.now().atOffset(ZoneOffset.UTC);
        try (Connection connection = database.getConnection()) {
            try (var forget = connection.prepareStatement("delete from account_session where created_at < ?")) {
                forget.setObject(1, now.minus(longest));
                forget.executeUpdate();
            }
            try (var insert = connection.prepareStatement(
                    "insert into account_session (token_sha256, tenant, name, created_at, used_at)"
                            + " values (?, ?, ?, ?, ?)")) {
                insert.setBytes(1, digest(token));
                insert.setString(2, owner.tenant());
                insert.setString(3, owner.name());
                insert.setObject(4, now);
                insert.setObject(5, now);
                insert.executeUpdate();
            }
        }
        return token;
    }

    /**
     * The account that is signed in with that token, unless the session is over or the account disabled.
     *
     * @param isUse whether it is asked for somebody who does something, so that the session goes on
     */
    Optional<Account> find(String token, boolean isUse) throws SQLException {
        Instant now = Instant.now();
        byte[] digest = digest(token);
        try (Connection connection = database.getConnection()) {
            Account account;
            Instant used;
            try (var find = connection.prepareStatement(FIND)) {
                find.setBytes(1, digest);
                find.setObject(2, now.minus(idle).atOffset(ZoneOffset.UTC));
                find.setObject(3, now.minus(longest).atOffset(ZoneOffset.UTC));
                try (var row = find.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    account = Accounts.account(row);
                    used = row.getObject("used_at", OffsetDateTime.class).toInstant();
                }
            }
            if (isUse && used.isBefore(now.minus(NOTED))) {
                try (var note =
                        connection.prepareStatement("update account_session set used_at = ? where token_sha256 = ?")) {
                    note.setObject(1, now.atOffset(ZoneOffset.UTC));
                    note.setBytes(2, digest);
                    note.executeUpdate();
                }
            }
            return Optional.of(account);
        }
    }

    /** Ends a session. */
    void end(String token) throws SQLException {
        try (Connection connection = database.getConnection();
                var delete = connection.prepareStatement("delete from account_session where token_sha256 = ?")) {
            delete.setBytes(1, digest(token));
            delete.executeUpdate();
        }
    }

    /** Ends all sessions of an account. */
    void endAll(Actor owner) throws SQLException {
        try (Connection connection = database.getConnection();
                var delete = connection.prepareStatement("delete from account_session where tenant = ? and name = ?")) {
            delete.setString(1, owner.tenant());
            delete.setString(2, owner.name());
            delete.executeUpdate();
        }
    }

    /** What the database has of a token. */
    static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
