package io.baigong.journal;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Tells the database with each connection that is borrowed for whom it is asked; see {@code V7__row_security.sql}. A thread that
 * acts for nobody gets a connection on which every table of tenants is refused.
 */
@Singleton
final class TenantConnections implements AgroalPoolInterceptor {
    /** The role that policies apply to even where the suite signs in as a superuser. */
    private static final String ROLE = "baigong_tenant";

    private static final String NO_ROLE = "none";
    private static final String NOBODY = "";
    private static final String SET = "select set_config('role', ?, false), set_config('app.tenant', ?, false),"
            + " set_config('app.tasks', ?, false)";
    private static final String HAS_ROLE =
            "select 1 from pg_roles where rolname = ? and pg_has_role(session_user, oid, 'MEMBER')";

    private final Instance<CallerTenancy> caller;
    private volatile String tenantRole = NO_ROLE;
    private volatile boolean started;

    TenantConnections(Instance<CallerTenancy> caller) {
        this.caller = caller;
    }

    /** Until here only migrations and the persistence unit have asked, for the platform. Before all others who hear of the start. */
    void started(@Observes @Priority(1) StartupEvent event, DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            tenantRole = hasRole(connection) ? ROLE : NO_ROLE;
        }
        started = true;
        boolean active = Tenancy.of("-").call(() -> isActive(database));
        if (!active) {
            throw new IllegalStateException(
                    "the database does not keep tenants apart: its user passes by row-level security and may not"
                            + " create the role " + ROLE + ". Let the suite sign in as a plain owner of its database,"
                            + " or as a superuser.");
        }
    }

    private static boolean hasRole(Connection connection) throws SQLException {
        try (var ask = connection.prepareStatement(HAS_ROLE)) {
            ask.setString(1, ROLE);
            try (var row = ask.executeQuery()) {
                return row.next();
            }
        }
    }

    private static boolean isActive(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                var ask = connection.prepareStatement("select row_security_active('run')");
                var row = ask.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        Optional<Tenancy> tenancy = current();
        boolean platform = tenancy.map(Tenancy::isPlatform).orElse(false);
        try (var set = connection.prepareStatement(SET)) {
            set.setString(1, platform ? NO_ROLE : tenantRole);
            set.setString(2, tenancy.map(Tenancy::setting).orElse(NOBODY));
            set.setString(3, tenancy.map(Tenancy::tasks).orElse(NOBODY));
            set.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("the database can't be told for whom it is asked", e);
        }
    }

    private Optional<Tenancy> current() {
        if (!started) {
            return Optional.of(Tenancy.platform());
        }
        return Tenancy.current().or(() -> caller.stream().findFirst().flatMap(CallerTenancy::current));
    }
}
