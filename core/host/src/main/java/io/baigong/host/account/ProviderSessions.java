package io.baigong.host.account;

import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvent.Kind;
import io.baigong.host.access.AccessEvents;
import io.baigong.journal.Actor;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Sessions of browsers whose owners the provider vouches for. As {@link Sessions}, but the provider is asked anew when its token
 * ends, or sooner: whom it disabled or signed out is out then, and roles are what it says. Thread-safe; to be asked for the
 * platform.
 */
@ApplicationScoped
class ProviderSessions {
    /** One request asks the provider; those that come meanwhile are answered as before, so long at most. */
    private static final Duration ASKING = Duration.ofSeconds(10);

    private static final String FIND = """
            select tenant, name, roles, fresh_until, tokens from provider_session
            where token_sha256 = ? and used_at > ? and created_at > ?""";

    private final DataSource database;
    private final Sessions sessions;
    private final Provider provider;
    private final AccessEvents events;

    ProviderSessions(DataSource database, Sessions sessions, Provider provider, AccessEvents events) {
        this.database = database;
        this.sessions = sessions;
        this.provider = provider;
        this.events = events;
    }

    private record Row(Vouched vouched, Instant freshUntil, SealedTokens tokens) {}

    /** Begins a session; its token. */
    String begin(Vouched vouched, Instant expiry, SealedTokens tokens) throws SQLException {
        String token = sessions.token();
        OffsetDateTime now = Instant.now().atOffset(ZoneOffset.UTC);
        try (Connection connection = database.getConnection()) {
            try (var forget = connection.prepareStatement("delete from provider_session where created_at < ?")) {
                forget.setObject(1, now.minus(sessions.longest()));
                forget.executeUpdate();
            }
            try (var insert = connection.prepareStatement(
                    "insert into provider_session (token_sha256, tenant, name, roles, created_at, used_at, fresh_until, tokens)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setBytes(1, Sessions.digest(token));
                insert.setString(2, vouched.actor().tenant());
                insert.setString(3, vouched.actor().name());
                insert.setArray(
                        4, connection.createArrayOf("text", vouched.roles().toArray()));
                insert.setObject(5, now);
                insert.setObject(6, now);
                insert.setObject(7, freshUntil(expiry).atOffset(ZoneOffset.UTC));
                insert.setBytes(8, tokens.sealed(token));
                insert.executeUpdate();
            }
        }
        return token;
    }

    private Instant freshUntil(Instant expiry) {
        Instant recheck = Instant.now().plus(provider.recheck());
        return recheck.isBefore(expiry) ? recheck : expiry;
    }

    /** Who is signed in with that token, unless the session is over, here or at the provider. */
    Optional<Vouched> find(String token) throws SQLException {
        if (provider.name().isEmpty()) {
            return Optional.empty();
        }
        Optional<Row> row = row(token);
        if (row.isEmpty() || row.get().freshUntil.isAfter(Instant.now())) {
            return row.map(Row::vouched);
        }
        if (!claim(token)) { // another request asks, or found it over
            return row(token).map(Row::vouched);
        }
        return asked(token, row.get());
    }

    private Optional<Vouched> asked(String token, Row row) throws SQLException {
        boolean answered = false;
        try {
            Optional<Vouched> vouched = switch (provider.renew(row.tokens.refresh())) {
                case Provider.Renewed(var renewed) -> renewed(token, row.vouched, row.tokens, renewed);
                case Provider.Ended() -> over(token, row.vouched, "the provider has ended it");
            };
            answered = true;
            return vouched;
        } finally {
            if (!answered) {
                write("update provider_session set fresh_until = '-infinity' where token_sha256 = ?", token);
            }
        }
    }

    private Optional<Vouched> renewed(String token, Vouched before, SealedTokens old, AuthorizationCodeTokens renewed)
            throws SQLException {
        Vouched vouched;
        Instant expiry;
        try {
            var verified = provider.verified(renewed.getAccessToken());
            vouched = provider.vouched(verified);
            expiry = Provider.expiry(verified);
        } catch (AuthenticationFailedException e) {
            return over(token, before, "the provider's new token is not good");
        } catch (Vouched.RefusedException e) {
            return over(token, before, String.valueOf(e.getMessage()));
        }
        if (!vouched.actor().equals(before.actor())) {
            return over(token, before, "the provider now calls its owner otherwise");
        }
        var tokens = new SealedTokens(
                renewed.getRefreshToken() == null ? old.refresh() : renewed.getRefreshToken(),
                renewed.getIdToken() == null ? old.id() : renewed.getIdToken());
        Instant now = Instant.now();
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement("update provider_session set roles = ?, used_at = ?,"
                        + " fresh_until = ?, tokens = ? where token_sha256 = ?")) {
            update.setArray(1, connection.createArrayOf("text", vouched.roles().toArray()));
            update.setObject(2, now.atOffset(ZoneOffset.UTC));
            update.setObject(3, freshUntil(expiry).atOffset(ZoneOffset.UTC));
            update.setBytes(4, tokens.sealed(token));
            update.setBytes(5, Sessions.digest(token));
            // Signed out meanwhile?
            return update.executeUpdate() == 0 ? Optional.empty() : Optional.of(vouched);
        }
    }

    private Optional<Vouched> over(String token, Vouched owner, String why) throws SQLException {
        write("delete from provider_session where token_sha256 = ?", token);
        Actor actor = owner.actor();
        events.tell(new AccessEvent(Kind.SIGN_OUT, actor, actor.name(), "session over: " + why));
        return Optional.empty();
    }

    /** Ends a session; the provider's ID token of it, if there was one. */
    Optional<String> end(String token) throws SQLException {
        Optional<Row> row = row(token);
        write("delete from provider_session where token_sha256 = ?", token);
        return row.map(ended -> ended.tokens.id());
    }

    private Optional<Row> row(String token) throws SQLException {
        Instant now = Instant.now();
        try (Connection connection = database.getConnection();
                var find = connection.prepareStatement(FIND)) {
            find.setBytes(1, Sessions.digest(token));
            find.setObject(2, now.minus(sessions.idle()).atOffset(ZoneOffset.UTC));
            find.setObject(3, now.minus(sessions.longest()).atOffset(ZoneOffset.UTC));
            try (var row = find.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(
                                new Vouched(
                                        new Actor(row.getString("tenant"), row.getString("name")),
                                        List.of((String[]) row.getArray("roles").getArray())),
                                row.getTimestamp("fresh_until").toInstant(),
                                SealedTokens.opened(token, row.getBytes("tokens"))))
                        : Optional.empty();
            }
        }
    }

    /** Whether this request is the one that asks the provider. */
    private boolean claim(String token) throws SQLException {
        OffsetDateTime now = Instant.now().atOffset(ZoneOffset.UTC);
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update provider_session set fresh_until = ? where token_sha256 = ? and fresh_until <= ?")) {
            update.setObject(1, now.plus(ASKING));
            update.setBytes(2, Sessions.digest(token));
            update.setObject(3, now);
            return update.executeUpdate() == 1;
        }
    }

    private void write(String sql, String token) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, Sessions.digest(token));
            statement.executeUpdate();
        }
    }
}
