package io.baigong.host.account;

import io.baigong.host.access.Roles;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The local accounts, in the database. Thread-safe. A change is on disk when a method returns. */
@ApplicationScoped
public class Accounts {
    private static final String SELECT =
            "select tenant, name, roles, created_at, disabled_at, password_hash from account ";

    private final DataSource database;
    private final Sessions sessions;
    private final Optional<String> given;
    private final Passwords passwords = new Passwords();

    public Accounts(
            DataSource database,
            Sessions sessions,
            @ConfigProperty(name = "baigong.accounts.password") Optional<String> given) {
        this.database = database;
        this.sessions = sessions;
        this.given = given;
    }

    /** A sign-in that its owner has not seen yet. */
    public record NewSignIn(Account account, String password) {}

    /** What of an account shall change; null for what stays. */
    public record Change(
            @Nullable List<String> roles, @Nullable Boolean disabled, boolean newPassword) {}

    /** Whether the operator sets the first account's password. */
    public boolean passwordIsGiven() {
        return given.isPresent();
    }

    /**
     * Makes the account {@code analyst} if there is none, which may do all; or gives it the password of
     * {@code baigong.accounts.password} if that is set, and enables it.
     *
     * @return the sign-in, if its password was made up now and so has to be shown
     */
    public Optional<NewSignIn> ensureFirst() throws SQLException {
        var first = Actor.of(Account.FIRST);
        return Tenancy.platform().call(() -> {
            if (find(first).isEmpty()) {
                String password = given.orElseGet(passwords::made);
                Account made = insert(first, Roles.ALL, password).orElseThrow();
                return given.isPresent() ? Optional.empty() : Optional.of(new NewSignIn(made, password));
            }
            if (given.isPresent() && !passwords.matches(given.get(), hash(first))) {
                setPassword(first, given.get());
            }
            if (given.isPresent()) {
                update("update account set disabled_at = null where tenant = ? and name = ?", first);
            }
            return Optional.empty();
        });
    }

    /** The account; empty when there is none. */
    public Optional<Account> find(Actor owner) throws SQLException {
        return query("where tenant = ? and name = ?", owner.tenant(), owner.name()).stream()
                .findFirst();
    }

    /** The accounts of a tenant, by name. */
    public List<Account> all(String tenant) throws SQLException {
        return query("where tenant = ? order by name", tenant);
    }

    /** Makes an account with a password that is made up. Empty when the name is taken. */
    public Optional<NewSignIn> create(Actor owner, List<String> roles) throws SQLException {
        String password = passwords.made();
        return insert(owner, roles, password).map(account -> new NewSignIn(account, password));
    }

    /**
     * Changes an account; who uses it now is signed out. Empty when there is no such account.
     *
     * @return the account as it is now, and its password if a new one was wanted
     */
    public Optional<Changed> change(Actor owner, Change change) throws SQLException {
        if (find(owner).isEmpty()) {
            return Optional.empty();
        }
        if (change.roles != null) {
            try (Connection connection = database.getConnection();
                    var update =
                            connection.prepareStatement("update account set roles = ? where tenant = ? and name = ?")) {
                update.setArray(1, connection.createArrayOf("text", change.roles.toArray()));
                update.setString(2, owner.tenant());
                update.setString(3, owner.name());
                update.executeUpdate();
            }
        }
        if (change.disabled != null) {
            update(
                    "update account set disabled_at = " + (change.disabled ? "coalesce(disabled_at, now())" : "null")
                            + " where tenant = ? and name = ?",
                    owner);
        }
        Optional<String> password = change.newPassword ? Optional.of(passwords.made()) : Optional.empty();
        if (password.isPresent()) {
            setPassword(owner, password.get());
        }
        sessions.endAll(owner);
        return find(owner).map(account -> new Changed(account, password));
    }

    /** An account after a change. */
    public record Changed(Account account, Optional<String> password) {}

    /** How many of a tenant's accounts can be used and have that role. */
    int count(String tenant, String role) throws SQLException {
        return (int) all(tenant).stream()
                .filter(account ->
                        account.disabledAt().isEmpty() && account.roles().contains(role))
                .count();
    }

    /** Gives an account another password, and signs out who uses it. */
    void setPassword(Actor owner, String password) throws SQLException {
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update account set password_hash = ? where tenant = ? and name = ?")) {
            update.setString(1, passwords.hash(password));
            update.setString(2, owner.tenant());
            update.setString(3, owner.name());
            update.executeUpdate();
        }
        sessions.endAll(owner);
    }

    /** Whether it is the password of an account that can be used; takes as long for one that there is not. */
    boolean isPassword(Actor owner, String password) throws SQLException {
        return passwords.matches(password, hash(owner));
    }

    /** Whether the password was found right before, which takes no time. */
    boolean isRemembered(Actor owner, String password) throws SQLException {
        return passwords.isRemembered(password, hash(owner));
    }

    private @Nullable String hash(Actor owner) throws SQLException {
        try (Connection connection = database.getConnection();
                var find = connection.prepareStatement(
                        "select password_hash from account where tenant = ? and name = ? and disabled_at is null")) {
            find.setString(1, owner.tenant());
            find.setString(2, owner.name());
            try (var row = find.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private Optional<Account> insert(Actor owner, List<String> roles, String password) throws SQLException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<String> sorted = roles.stream().distinct().sorted().toList();
        try (Connection connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into account (tenant, name, password_hash, roles, created_at) values (?, ?, ?, ?, ?)"
                                + " on conflict do nothing")) {
            insert.setString(1, owner.tenant());
            insert.setString(2, owner.name());
            insert.setString(3, passwords.hash(password));
            insert.setArray(4, connection.createArrayOf("text", sorted.toArray()));
            insert.setObject(5, now.atOffset(ZoneOffset.UTC));
            return insert.executeUpdate() == 0
                    ? Optional.empty()
                    : Optional.of(new Account(owner, sorted, now, Optional.empty()));
        }
    }

    private void update(String sql, Actor owner) throws SQLException {
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            update.setString(1, owner.tenant());
            update.setString(2, owner.name());
            update.executeUpdate();
        }
    }

    private List<Account> query(String condition, String... values) throws SQLException {
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(SELECT + condition)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                var accounts = new ArrayList<Account>();
                while (rows.next()) {
                    accounts.add(account(rows));
                }
                return accounts;
            }
        }
    }

    /** From columns {@code tenant, name, roles, created_at, disabled_at}. */
    static Account account(ResultSet row) throws SQLException {
        return new Account(
                new Actor(row.getString("tenant"), row.getString("name")),
                List.of((String[]) row.getArray("roles").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("disabled_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
