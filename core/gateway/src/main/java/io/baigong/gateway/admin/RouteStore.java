package io.baigong.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.gateway.guard.GuardSettings;
import io.baigong.gateway.proxy.BackendSettings;
import io.baigong.gateway.proxy.ModelSettings;
import io.baigong.gateway.proxy.RouteSettings;
import io.baigong.journal.Actor;
import io.baigong.journal.Storable;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.Session;

/** What was added, in {@code gateway_route}, one for all instances. Thread-safe. */
@ApplicationScoped
public class RouteStore {
    private static final String READ =
            "select kind, name, settings::text, changed_by, changed_at from gateway_route order by kind, name";
    private static final String WRITE = """
            insert into gateway_route (kind, name, settings, changed_by, changed_at) values (?, ?, ?::jsonb, ?, ?)
            on conflict (kind, name) do update
            set settings = excluded.settings, changed_by = excluded.changed_by, changed_at = excluded.changed_at""";

    private final DataSource database;
    private final EntityManager entities;
    private final AuditLog audit;
    private final ObjectMapper mapper;

    public RouteStore(DataSource database, EntityManager entities, AuditLog audit, ObjectMapper mapper) {
        this.database = database;
        this.entities = entities;
        this.audit = audit;
        this.mapper = mapper;
    }

    /** What may be added. */
    public enum Kind {
        BACKEND,
        MODEL,
        /** Of a tenant, whose name it has. */
        GUARD
    }

    /** Something that was added, as JSON, and by whom. */
    public record Row(Kind kind, String name, String settings, String changedBy, Instant changedAt) {}

    /** All that was added. */
    public List<Row> rows() {
        try (Connection connection = database.getConnection()) {
            return rows(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the servers and models that were added can't be read", e);
        }
    }

    private static List<Row> rows(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(READ);
                var found = select.executeQuery()) {
            var rows = new ArrayList<Row>();
            while (found.next()) {
                rows.add(new Row(
                        Kind.valueOf(found.getString(1)),
                        found.getString(2),
                        found.getString(3),
                        found.getString(4),
                        found.getObject(5, OffsetDateTime.class).toInstant()));
            }
            return rows;
        }
    }

    /** Rows as settings. Throws {@link IllegalArgumentException} when one is none. */
    public RouteSettings settings(List<Row> rows) {
        var backends = new LinkedHashMap<String, BackendSettings>();
        var models = new LinkedHashMap<String, ModelSettings>();
        var guards = new LinkedHashMap<String, GuardSettings>();
        for (Row row : rows) {
            switch (row.kind) {
                case BACKEND -> backends.put(row.name, read(row, BackendSettings.class));
                case MODEL -> models.put(row.name, read(row, ModelSettings.class));
                case GUARD -> guards.put(row.name, readGuard(row));
            }
        }
        return new RouteSettings(backends, models, guards);
    }

    /** A guard that is left out would let all pass. */
    private GuardSettings readGuard(Row row) {
        try {
            return read(row, GuardSettings.class);
        } catch (IllegalArgumentException e) {
            System.getLogger(RouteStore.class.getName()).log(System.Logger.Level.ERROR, e.getMessage());
            return GuardSettings.UNREADABLE;
        }
    }

    private <T> T read(Row row, Class<T> type) {
        try {
            return mapper.readValue(row.settings, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    row.kind + " " + row.name + " can't be read: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Adds, changes or removes, if what there is then is found good. It is on disk when this returns.
     *
     * @param settings empty to remove
     * @param check throws to refuse
     */
    void change(Kind kind, String name, Optional<Object> settings, Actor by, Consumer<List<Row>> check) {
        Optional<String> json = settings.map(this::json);
        audit.inTransaction(entries -> {
            Map<String, String> detail = entities.unwrap(Session.class).doReturningWork(connection -> {
                try (var lock = connection.createStatement()) {
                    lock.execute("lock table gateway_route in share row exclusive mode");
                }
                List<Row> before = rows(connection);
                write(connection, kind, name, json, by);
                check.accept(rows(connection));
                return detail(kind, name, before, json);
            });
            entries.accept(AuditEntry.of(
                    AuditKind.CONFIGURATION,
                    by,
                    "gateway-" + kind.name().toLowerCase(Locale.ROOT) + " " + name,
                    detail));
            return detail;
        });
    }

    private String json(Object settings) {
        try {
            return mapper.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings can always be written", e);
        }
    }

    private static void write(Connection connection, Kind kind, String name, Optional<String> json, Actor by)
            throws SQLException {
        if (json.isEmpty()) {
            try (var delete = connection.prepareStatement("delete from gateway_route where kind = ? and name = ?")) {
                delete.setString(1, kind.name());
                delete.setString(2, name);
                delete.executeUpdate();
            }
            return;
        }
        try (var write = connection.prepareStatement(WRITE)) {
            write.setString(1, kind.name());
            write.setString(2, name);
            write.setString(3, Storable.text(json.get()));
            write.setString(4, by.name());
            write.setObject(5, Instant.now().atOffset(ZoneOffset.UTC));
            write.executeUpdate();
        }
    }

    private static Map<String, String> detail(Kind kind, String name, List<Row> before, Optional<String> after) {
        var detail = new LinkedHashMap<String, String>();
        before.stream()
                .filter(row -> row.kind == kind && row.name.equals(name))
                .forEach(row -> detail.put("from", row.settings));
        detail.put("to", after.orElse("removed"));
        return detail;
    }
}
