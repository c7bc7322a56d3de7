package io.baigong.host.mlflow;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.mlflow.Paging.Page;
import io.baigong.host.mlflow.Runs.Run;
import io.baigong.host.mlflow.Views.Metric;
import io.baigong.host.mlflow.Views.Param;
import io.baigong.host.mlflow.Views.RunData;
import io.baigong.host.mlflow.Views.Tag;
import io.baigong.journal.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Metrics, parameters and tags of runs. Thread-safe; what came in one call is kept whole or not at all. */
@ApplicationScoped
class RunFigures {
    /** MLflow's own bounds (mlflow/utils/validation.py). */
    private static final int MOST_AT_ONCE = 1_000;

    private static final int MOST_PARAMS = 100;
    private static final int MOST_TAGS = 100;

    private final Rows rows;
    private final Tags tags;

    RunFigures(AgroalDataSource database, Tags tags) {
        rows = new Rows(database);
        this.tags = tags;
    }

    /** Keeps figures; those that are kept already are passed over, so that a client may try again. */
    @Transactional
    void add(
            Run run, @Nullable List<Metric> metrics, @Nullable List<Param> params, @Nullable List<Tag> more, Actor by) {
        List<Metric> figures = metrics == null ? List.of() : metrics;
        List<Param> settings = params == null ? List.of() : params;
        List<Tag> labels = more == null ? List.of() : more;
        if (figures.size() + settings.size() + labels.size() > MOST_AT_ONCE
                || settings.size() > MOST_PARAMS
                || labels.size() > MOST_TAGS) {
            throw MlflowException.invalid("a batch holds at most " + MOST_AT_ONCE + " entities, " + MOST_PARAMS
                    + " parameters and " + MOST_TAGS + " tags; send several");
        }
        settings.forEach(param -> add(run, param, by));
        figures.forEach(metric -> add(run, metric, by));
        labels.forEach(tag -> tags.set(Tags.Kind.RUN, run.id().toString(), tag, by));
    }

    private void add(Run run, Metric metric, Actor by) {
        if (metric.value() == null || metric.timestamp() == null) {
            throw MlflowException.invalid("a metric has a key, a value and a timestamp");
        }
        rows.update(
                "insert into mlflow_metric (run, tenant, key, step, at, value) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                run.id(),
                by.tenant(),
                Keys.key("metric", metric.key()),
                metric.step() == null ? 0L : metric.step(),
                metric.timestamp(),
                metric.value());
    }

    private void add(Run run, Param param, Actor by) {
        String key = Keys.key("parameter", param.key());
        String value = Keys.text("the value of a parameter", param.value());
        rows.update(
                "insert into mlflow_param (run, tenant, key, value) values (?, ?, ?, ?) on conflict do nothing",
                run.id(),
                by.tenant(),
                key,
                value);
        String kept = rows.query(
                        "select value from mlflow_param where run = ? and key = ?",
                        row -> row.getString(1),
                        run.id(),
                        key)
                .getFirst();
        if (!kept.equals(value)) {
            throw MlflowException.invalid("Parameter " + key + " of run " + run.number() + " is '" + kept
                    + "' already; parameters don't change.");
        }
    }

    /** All figures of a metric, in the order of their steps. */
    @Transactional
    Page<Metric> history(Run run, String key, Paging paging) {
        return paging.page(rows.query(
                "select key, value, at, step from mlflow_metric where run = ? and key = ? order by step, at, value offset ? limit ?",
                RunFigures::metric,
                run.id(),
                Keys.key("metric", key),
                paging.offset(),
                paging.limit() + 1));
    }

    private static Metric metric(ResultSet row) throws SQLException {
        return new Metric(row.getString("key"), row.getDouble("value"), row.getLong("at"), row.getLong("step"));
    }

    /** Of each run its last figures, its parameters and tags. */
    @Transactional
    Map<UUID, RunData> of(List<Run> runs) {
        String ids = runs.stream().map(run -> run.id().toString()).collect(Collectors.joining(","));
        var metrics = new HashMap<UUID, List<Metric>>();
        rows.query(
                        "select distinct on (run, key) run, key, value, at, step from mlflow_metric"
                                + " where run = any (string_to_array(?, ',')::uuid[])"
                                + " order by run, key, step desc, at desc, value desc",
                        row -> Map.entry(row.getObject("run", UUID.class), metric(row)),
                        ids)
                .forEach(one -> metrics.computeIfAbsent(one.getKey(), run -> new ArrayList<>())
                        .add(one.getValue()));
        var params = new HashMap<UUID, List<Param>>();
        rows.query(
                        "select run, key, value from mlflow_param where run = any (string_to_array(?, ',')::uuid[])"
                                + " order by run, key",
                        row -> Map.entry(
                                row.getObject("run", UUID.class),
                                new Param(row.getString("key"), row.getString("value"))),
                        ids)
                .forEach(one -> params.computeIfAbsent(one.getKey(), run -> new ArrayList<>())
                        .add(one.getValue()));
        Map<String, List<Tag>> labels = tags.of(
                Tags.Kind.RUN, runs.stream().map(run -> run.id().toString()).toList());
        return runs.stream()
                .collect(Collectors.toMap(
                        Run::id,
                        run -> new RunData(
                                metrics.getOrDefault(run.id(), List.of()),
                                params.getOrDefault(run.id(), List.of()),
                                labels.getOrDefault(run.id().toString(), List.of()))));
    }
}
