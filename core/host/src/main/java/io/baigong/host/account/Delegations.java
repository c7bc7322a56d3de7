package io.baigong.host.account;

import io.baigong.host.access.Grants;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What people left to the suite to do in their name, and whether they still could do it themselves. Thread-safe. */
@ApplicationScoped
public class Delegations {
    private static final String ROLES =
            "select roles from provider_session where tenant = ? and name = ? order by used_at desc limit 1";

    private final DataSource database;
    private final Accounts accounts;
    private final Provider provider;
    private final boolean localAccounts;

    Delegations(
            DataSource database,
            Accounts accounts,
            Provider provider,
            @ConfigProperty(name = "baigong.accounts.enabled", defaultValue = "true") boolean localAccounts) {
        this.database = database;
        this.accounts = accounts;
        this.provider = provider;
        this.localAccounts = localAccounts;
    }

    /**
     * Why somebody could not do it any more; empty if he could. Whom the provider vouches for is known by his newest session, and
     * believed where there is none.
     *
     * @param role that it takes
     * @param task on which
     */
    public Optional<String> ended(Actor by, String role, String task) {
        try {
            return Tenancy.of(by.tenant()).call(() -> {
                Optional<Account> account = localAccounts ? accounts.find(by) : Optional.empty();
                if (account.isPresent() && account.get().disabledAt().isEmpty()) {
                    return without(account.get().roles(), by, role, task);
                }
                Optional<List<String>> vouched = provider.name().isPresent() ? vouched(by) : Optional.empty();
                if (vouched.isPresent()) {
                    return without(vouched.get(), by, role, task);
                }
                if (account.isPresent()) {
                    return Optional.of("the account " + by.name() + " is disabled");
                }
                return provider.name().isPresent()
                        ? Optional.empty()
                        : Optional.of("there is no account " + by.name() + " any more");
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> without(List<String> roles, Actor by, String role, String task) {
        return Grants.cover(new Grants(roles).scopes(Set.of(role)), task)
                ? Optional.empty()
                : Optional.of(by.name() + " no longer has the role " + role + " on " + task);
    }

    private Optional<List<String>> vouched(Actor by) throws SQLException {
        try (var connection = database.getConnection();
                var ask = connection.prepareStatement(ROLES)) {
            ask.setString(1, by.tenant());
            ask.setString(2, by.name());
            try (var row = ask.executeQuery()) {
                return row.next()
                        ? Optional.of(List.of((String[]) row.getArray(1).getArray()))
                        : Optional.empty();
            }
        }
    }
}
