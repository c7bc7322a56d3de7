package io.baigong.host.mlflow;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.mlflow.MlflowException.Code;
import io.baigong.host.mlflow.Paging.Page;
import io.baigong.host.mlflow.SearchSql.Column;
import io.baigong.journal.Actor;
import io.baigong.journal.Storable;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs belong to, of the caller's tenant. Each tenant has one that is there from the beginning, as MLflow has. Thread-safe. */
@ApplicationScoped
class Experiments {
    /** The number of the one that is there from the beginning. */
    static final long DEFAULT = 0;

    private static final String DEFAULT_NAME = "Default";
    private static final String SELECT =
            "select id, name, deleted, created_at, changed_at from mlflow_experiment e where true";

    private static final SearchSql SEARCH = new SearchSql(
            Map.of(
                    "name", new Column("e.name", false),
                    "experiment_id", new Column("e.id::text", false),
                    "creation_time", new Column("extract(epoch from e.created_at) * 1000", true),
                    "last_update_time", new Column("extract(epoch from e.changed_at) * 1000", true)),
            "(select t.value from mlflow_tag t where t.tenant = e.tenant and t.kind = 'experiment' and t.subject = e.id::text"
                    + " and t.key = ?)",
            null,
            null);

    private final Rows rows;
    private final AuditLog log;

    Experiments(AgroalDataSource database, AuditLog log) {
        rows = new Rows(database);
        this.log = log;
    }

    /** An experiment, without its tags. */
    record Experiment(long id, String name, boolean deleted, long createdAt, long changedAt) {
        String number() {
            return String.valueOf(id);
        }
    }

    /** Which of them are wanted. */
    enum Stage {
        ACTIVE_ONLY(" and not deleted"),
        DELETED_ONLY(" and deleted"),
        ALL("");

        private final String sql;

        Stage(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        static Stage of(@Nullable String name) {
            for (Stage stage : values()) {
                if (name == null || name.isEmpty() || stage.name().equals(name)) {
                    return stage;
                }
            }
            throw MlflowException.invalid("a view type is ACTIVE_ONLY, DELETED_ONLY or ALL");
        }
    }

    @Transactional
    Experiment create(@Nullable String wanted, Actor by) {
        String name = Keys.name("an experiment", wanted);
        begin(by);
        long id = rows.query("select nextval('mlflow_experiment_id')", row -> row.getLong(1))
                .getFirst();
        if (rows.update(
                        "insert into mlflow_experiment (tenant, id, name, created_by) values (?, ?, ?, ?)"
                                + " on conflict (tenant, name) do nothing",
                        by.tenant(),
                        id,
                        name,
                        by.name())
                == 0) {
            throw exists(name);
        }
        tell(id, by, "created");
        return find(id);
    }

    private static MlflowException exists(String name) {
        return new MlflowException(
                Code.RESOURCE_ALREADY_EXISTS,
                "There is an experiment " + name + " already, active or deleted; choose another name, or restore it.");
    }

    /** Has the tenant's default one be there. */
    private void begin(Actor by) {
        rows.update(
                "insert into mlflow_experiment (tenant, id, name, created_by) values (?, ?, ?, ?) on conflict do nothing",
                by.tenant(),
                DEFAULT,
                DEFAULT_NAME,
                by.name());
    }

    private void tell(long id, Actor by, String what) {
        log.append(AuditEntry.of(
                AuditKind.CONFIGURATION, by, "mlflow-experiment " + id, Map.of("what", "experiment " + what)));
    }

    /** The experiment of a number that a client gives. */
    @Transactional
    Experiment find(@Nullable String given, Actor by) {
        try {
            long id = Long.parseLong(given == null ? "" : given);
            if (id == DEFAULT) {
                begin(by);
            }
            return find(id);
        } catch (NumberFormatException e) {
            throw none(given);
        }
    }

    private static MlflowException none(@Nullable String which) {
        return MlflowException.missing(
                "There is no experiment " + which + "; experiments/search lists those that there are.");
    }

    private Experiment find(long id) {
        return rows.query(SELECT + " and id = ?", Experiments::experiment, id).stream()
                .findFirst()
                .orElseThrow(() -> none(String.valueOf(id)));
    }

    @Transactional
    Experiment named(@Nullable String name, Actor by) {
        begin(by);
        return Optional.ofNullable(name)
                .flatMap(one ->
                        rows.query(SELECT + " and name = ?", Experiments::experiment, Storable.text(one)).stream()
                                .findFirst())
                .orElseThrow(() -> none(name));
    }

    @Transactional
    Page<Experiment> search(@Nullable String filter, Stage stage, List<String> orders, Paging paging, Actor by) {
        begin(by);
        var where = SEARCH.where(SearchFilter.of(filter));
        var order = SEARCH.order(orders, "e.changed_at desc, e.id desc");
        var values = new ArrayList<Object>(where.values());
        values.addAll(order.values());
        values.add(paging.offset());
        values.add(paging.limit() + 1);
        return paging.page(rows.query(
                SELECT + stage.sql() + where.sql() + order.sql() + " offset ? limit ?",
                Experiments::experiment,
                values.toArray()));
    }

    @Transactional
    void rename(Experiment experiment, @Nullable String wanted, Actor by) {
        String name = Keys.name("an experiment", wanted);
        if (rows.query("select 1 from mlflow_experiment where name = ? and id <> ?", row -> 1, name, experiment.id())
                .isEmpty()) {
            rows.update(
                    "update mlflow_experiment set name = ?, changed_at = clock_timestamp() where id = ?",
                    name,
                    experiment.id());
            tell(experiment.id(), by, "renamed");
        } else {
            throw exists(name);
        }
    }

    /** Deletes an experiment so that it can be restored, or restores it. */
    @Transactional
    void delete(Experiment experiment, boolean deleted, Actor by) {
        if (deleted && experiment.id() == DEFAULT) {
            throw MlflowException.invalid("The default experiment can't be deleted.");
        }
        rows.update(
                "update mlflow_experiment set deleted = ?, changed_at = clock_timestamp() where id = ?",
                deleted,
                experiment.id());
        tell(experiment.id(), by, deleted ? "deleted" : "restored");
    }

    private static Experiment experiment(ResultSet row) throws SQLException {
        return new Experiment(
                row.getLong("id"),
                row.getString("name"),
                row.getBoolean("deleted"),
                row.getObject("created_at", OffsetDateTime.class).toInstant().toEpochMilli(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant().toEpochMilli());
    }
}
