package io.baigong.host.mlflow;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.mlflow.Experiments.Experiment;
import io.baigong.host.mlflow.Experiments.Stage;
import io.baigong.host.mlflow.Paging.Page;
import io.baigong.host.mlflow.SearchSql.Column;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs of the caller's tenant, without their figures. Thread-safe. */
@ApplicationScoped
class Runs {
    static final String RUNNING = "RUNNING";
    static final Set<String> STATES = Set.of(RUNNING, "SCHEDULED", "FINISHED", "FAILED", "KILLED");

    private static final String SELECT =
            "select id, experiment, name, status, started_at, ended_at, deleted, created_by from mlflow_run r where true";

    private static final SearchSql SEARCH = new SearchSql(
            Map.ofEntries(
                    Map.entry("run_id", new Column("replace(r.id::text, '-', '')", false)),
                    Map.entry("run_name", new Column("r.name", false)),
                    Map.entry("run name", new Column("r.name", false)),
                    Map.entry("status", new Column("r.status", false)),
                    Map.entry("user_id", new Column("r.created_by", false)),
                    Map.entry("experiment_id", new Column("r.experiment::text", false)),
                    Map.entry("start_time", new Column("r.started_at", true)),
                    Map.entry("created", new Column("r.started_at", true)),
                    Map.entry("end_time", new Column("r.ended_at", true))),
            "(select t.value from mlflow_tag t where t.tenant = r.tenant and t.kind = 'run' and t.subject = r.id::text"
                    + " and t.key = ?)",
            "(select p.value from mlflow_param p where p.run = r.id and p.key = ?)",
            "(select m.value from mlflow_metric m where m.run = r.id and m.key = ?"
                    + " order by m.step desc, m.at desc, m.value desc limit 1)");

    private final Rows rows;
    private final AuditLog log;

    Runs(AgroalDataSource database, AuditLog log) {
        rows = new Rows(database);
        this.log = log;
    }

    /**
     * A run.
     *
     * @param startedAt and {@code endedAt} in milliseconds since 1970
     */
    record Run(
            UUID id,
            long experiment,
            String name,
            String status,
            long startedAt,
            @Nullable Long endedAt,
            boolean deleted,
            String createdBy) {
        /** As clients name it: without dashes. */
        String number() {
            return id.toString().replace("-", "");
        }

        /** Where its files are, as clients name it. */
        String artifactUri() {
            return "mlflow-artifacts:/" + experiment + "/" + number() + "/artifacts";
        }
    }

    @Transactional
    Run create(Experiment experiment, @Nullable String name, @Nullable Long startedAt, Actor by) {
        if (experiment.deleted()) {
            throw MlflowException.invalid("Experiment " + experiment.number() + " is deleted; restore it first.");
        }
        UUID id = Journal.newId();
        rows.update(
                "insert into mlflow_run (id, tenant, experiment, name, status, started_at, created_by)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                id,
                by.tenant(),
                experiment.id(),
                name == null || name.isBlank() ? "run-" + id.toString().substring(24) : Keys.name("a run", name),
                RUNNING,
                startedAt == null ? System.currentTimeMillis() : startedAt,
                by.name());
        tell(id, by, "created");
        return find(id);
    }

    private void tell(UUID id, Actor by, String what) {
        log.append(AuditEntry.of(AuditKind.CONFIGURATION, by, "mlflow-run " + id, Map.of("what", "run " + what)));
    }

    /** The run that a client names, with or without dashes. */
    @Transactional
    Run find(@Nullable String given) {
        try {
            String plain = given == null ? "" : given.replace("-", "");
            if (plain.length() == 32) {
                return find(UUID.fromString(plain.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")));
            }
        } catch (IllegalArgumentException e) {
            // As one that there is not.
        }
        throw MlflowException.missing("There is no run of that id; runs/search lists those that there are.");
    }

    private Run find(UUID id) {
        return rows.query(SELECT + " and id = ?", Runs::run, id).stream()
                .findFirst()
                .orElseThrow(() -> MlflowException.missing("There is no run "
                        + id.toString().replace("-", "") + "; runs/search lists those that there are."));
    }

    /** The same run, if it can still be written to. */
    Run active(@Nullable String given) {
        Run run = find(given);
        if (run.deleted()) {
            throw MlflowException.invalid("Run " + run.number() + " is deleted; restore it first.");
        }
        return run;
    }

    /** Changes what is given. */
    @Transactional
    Run update(Run run, @Nullable String status, @Nullable Long endedAt, @Nullable String name) {
        if (status != null && !STATES.contains(status)) {
            throw MlflowException.invalid("a status is one of " + STATES);
        }
        rows.update(
                "update mlflow_run set status = coalesce(?, status), ended_at = coalesce(?::bigint, ended_at),"
                        + " name = coalesce(?, name) where id = ?",
                status,
                endedAt == null ? null : String.valueOf(endedAt),
                name == null || name.isBlank() ? null : Keys.name("a run", name),
                run.id());
        return find(run.id());
    }

    /** Deletes a run so that it can be restored, or restores it. */
    @Transactional
    void delete(Run run, boolean deleted, Actor by) {
        rows.update("update mlflow_run set deleted = ? where id = ?", deleted, run.id());
        tell(run.id(), by, deleted ? "deleted" : "restored");
    }

    @Transactional
    Page<Run> search(
            List<Experiment> within, @Nullable String filter, Stage stage, List<String> orders, Paging paging) {
        var where = SEARCH.where(SearchFilter.of(filter));
        var order = SEARCH.order(orders, "r.started_at desc, r.id");
        var values = new ArrayList<Object>();
        values.add(String.join(",", within.stream().map(Experiment::number).toList()));
        values.addAll(where.values());
        values.addAll(order.values());
        values.add(paging.offset());
        values.add(paging.limit() + 1);
        return paging.page(rows.query(
                SELECT + " and experiment = any (string_to_array(?, ',')::bigint[])" + stage.sql() + where.sql()
                        + order.sql() + " offset ? limit ?",
                Runs::run,
                values.toArray()));
    }

    private static Run run(ResultSet row) throws SQLException {
        long ended = row.getLong("ended_at");
        Long endedAt = row.wasNull() ? null : ended;
        return new Run(
                row.getObject("id", UUID.class),
                row.getLong("experiment"),
                row.getString("name"),
                row.getString("status"),
                row.getLong("started_at"),
                endedAt,
                row.getBoolean("deleted"),
                row.getString("created_by"));
    }
}
