package io.baigong.host.llm;

import com.fasterxml.jackson.databind.JsonNode;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.llm.LlmTraining.Result;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.training.TrainingState;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Storable;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.tuning.llm.FloatFormat;
import io.baigong.tuning.llm.Gpus;
import io.baigong.tuning.llm.InvalidRecipe;
import io.baigong.tuning.llm.LlmRecipe;
import io.baigong.tuning.llm.Planner;
import io.baigong.tuning.llm.Planner.Planning;
import io.baigong.tuning.llm.RecipeJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tunings of language models as people want and see them; what is wanted, cancelled and ended is in the audit log. Thread-safe. */
@ApplicationScoped
public class LlmTrainings {
    private static final int LONGEST_FAILURE = 2_000;
    private static final String COLUMNS =
            "id, tenant, recipe, data, examples, nodes, gpus_per_node, hours, state, folder, sha256,"
                    + " steps, loss, failure, created_by, created_at, started_at, ended_at";

    /** Names below a folder, none of which is a way up or an option. */
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

    private final Rows rows;
    private final AuditLog log;
    private final ClusterConfig config;

    LlmTrainings(AgroalDataSource database, AuditLog log, ClusterConfig config) {
        rows = new Rows(database);
        this.log = log;
        this.config = config;
    }

    /**
     * Puts a training where the cluster will be asked for it.
     *
     * @param json a recipe
     * @param data file below the tenant's folder of data on the cluster's volume
     * @throws InvalidInput if it can't be run, or a GPU has not the memory
     */
    @Transactional(rollbackOn = Exception.class)
    public LlmTraining add(JsonNode json, String data, long examples, Actor by) throws InvalidInput {
        if (config.namespace().isEmpty()) {
            throw new InvalidInput(
                    "there is no cluster",
                    "Have the operator set baigong.cluster.namespace, or run the script by hand.");
        }
        if (!FILE.matcher(data).matches() || data.length() > 200) {
            throw new InvalidInput(
                    "data: no name of a file", "Name a file of JSON lines below the tenant's folder of data.");
        }
        if (!FILE.matcher(by.tenant()).matches()) {
            throw new InvalidInput(
                    "the tenant's name is none of a folder",
                    "Tenants that tune have names of letters, digits, ., _ and -.");
        }
        if (rows.query("select count(*) from llm_training where state in ('QUEUED', 'RUNNING')", row -> row.getInt(1))
                        .getFirst()
                >= config.waiting()) {
            throw new InvalidInput(
                    config.waiting() + " trainings wait or run already", "Cancel one, or wait for one to end.");
        }
        var id = Journal.newId();
        try {
            LlmRecipe recipe = RecipeJson.read(json);
            insert(id, recipe, data, examples, by);
        } catch (InvalidRecipe e) {
            throw new InvalidInput(e.detail(), e.remedy());
        }
        LlmTraining training = find(id).orElseThrow();
        tell(training, by, "language-model training wanted");
        return training;
    }

    private void insert(UUID id, LlmRecipe recipe, String data, long examples, Actor by)
            throws InvalidRecipe, InvalidInput {
        if (recipe.precision() == FloatFormat.FP32) {
            throw new InvalidRecipe(
                    "precision",
                    "of the cluster's GPUs the peak is known in 16 bits",
                    "Set it to bf16 or fp16, or run the script by hand.");
        }
        Gpus gpus = gpus(recipe.parallel().gpus());
        Planning planning = Planner.plan(recipe, gpus, examples);
        if (!planning.wanted().fits()) {
            throw new InvalidInput(
                    PlanningView.shortage(planning.wanted(), gpus.memoryGib()), PlanningView.remedy(planning));
        }
        rows.update(
                "insert into llm_training (id, tenant, recipe, data, examples, nodes, gpus_per_node, hours, state, created_by,"
                        + " created_at) values (?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED', ?, ?)",
                id,
                by.tenant(),
                RecipeJson.write(recipe).toString(),
                data,
                examples,
                gpus.nodes(),
                gpus.perNode(),
                planning.wanted().hours(),
                by.name(),
                Instant.now().atOffset(ZoneOffset.UTC));
    }

    /** So many of the cluster's GPUs: some of one machine, or all of several. */
    private Gpus gpus(int all) throws InvalidRecipe {
        int perNode = Math.min(all, config.gpusPerNode());
        if (all % perNode != 0 || all / perNode > config.nodes()) {
            throw new InvalidRecipe(
                    "parallel",
                    all + " GPUs are not some of one machine, nor all of several",
                    "There are " + config.nodes() + " with " + config.gpusPerNode() + " each.");
        }
        return new Gpus(all / perNode, perNode, config.gpuMemory(), config.gpuTeraflops(), config.gpuShare());
    }

    private void tell(LlmTraining training, Actor by, String what) {
        log.append(AuditEntry.of(
                AuditKind.CONFIGURATION, by, "language-model training " + training.id(), Map.of("what", what)));
    }

    /** The tenant's, newest first. */
    @Transactional
    public List<LlmTraining> list(int offset, int limit) {
        return rows.query(
                "select " + COLUMNS + " from llm_training order by id desc offset ? limit ?",
                LlmTrainings::training,
                offset,
                limit);
    }

    @Transactional
    public Optional<LlmTraining> find(UUID id) {
        return rows.query("select " + COLUMNS + " from llm_training where id = ?", LlmTrainings::training, id).stream()
                .findFirst();
    }

    /** Ends a training that is not over; tells whether it did. Its TrainJob is deleted once the cluster can be reached. */
    @Transactional
    public boolean cancel(LlmTraining training, Actor by) {
        boolean cancelled = ended(training, "CANCELLED", null);
        if (cancelled) {
            tell(training, by, "language-model training cancelled");
        }
        return cancelled;
    }

    /** Those of all tenants that the cluster is to be asked about: not over, or over and to be removed there; oldest first. */
    @Transactional
    List<LlmTraining> unsettled() {
        return rows.query(
                "select " + COLUMNS + " from llm_training where state in ('QUEUED', 'RUNNING')"
                        + " or (on_cluster and (state = 'CANCELLED' or ended_at < clock_timestamp() - ?::interval)) order by id",
                LlmTrainings::training,
                config.keep().toString());
    }

    /** Writes down that a TrainJob may be there from now on; false if the training is over. */
    @Transactional
    boolean making(LlmTraining training) {
        return rows.update("update llm_training set on_cluster = true where id = ? and state = 'QUEUED'", training.id())
                > 0;
    }

    /** Writes down that its TrainJob is there, if it was not cancelled meanwhile. */
    @Transactional
    void made(LlmTraining training) {
        rows.update(
                "update llm_training set state = 'RUNNING', started_at = clock_timestamp()"
                        + " where id = ? and state = 'QUEUED'",
                training.id());
    }

    /**
     * Writes down that nothing of it is on the cluster, once it has been over for as long as TrainJobs are kept: until then one that
     * was being made when it was cancelled may still appear.
     */
    @Transactional
    void absent(LlmTraining training) {
        rows.update(
                "update llm_training set on_cluster = false where id = ? and ended_at < clock_timestamp() - ?::interval",
                training.id(),
                config.keep().toString());
    }

    /** Ends it with what came of it, if it was not cancelled meanwhile. */
    @Transactional
    void succeed(LlmTraining training, Result result) {
        rows.update(
                "update llm_training set folder = ?, sha256 = ?, steps = ?::bigint, loss = ?::double precision"
                        + " where id = ? and state = 'RUNNING'",
                result.folder(),
                result.sha256(),
                result.steps() == null ? null : result.steps().toString(),
                result.loss() == null ? null : result.loss().toString(),
                training.id());
        if (ended(training, "SUCCEEDED", null)) {
            tell(training, training.createdBy(), "language-model training succeeded");
        }
    }

    /** Ends it without a model, if it was not cancelled meanwhile. */
    @Transactional
    void fail(LlmTraining training, String why) {
        if (ended(training, "FAILED", Storable.text(why.substring(0, Math.min(why.length(), LONGEST_FAILURE))))) {
            tell(training, training.createdBy(), "language-model training failed");
        }
    }

    private boolean ended(LlmTraining training, String state, @Nullable String failure) {
        return rows.update(
                        "update llm_training set state = ?, failure = ?, ended_at = clock_timestamp()"
                                + " where id = ? and state in ('QUEUED', 'RUNNING')",
                        state,
                        failure,
                        training.id())
                > 0;
    }

    private static LlmTraining training(ResultSet row) throws SQLException {
        return new LlmTraining(
                row.getObject("id", UUID.class),
                row.getString("recipe"),
                row.getString("data"),
                row.getLong("examples"),
                row.getInt("nodes"),
                row.getInt("gpus_per_node"),
                row.getDouble("hours"),
                TrainingState.valueOf(row.getString("state")),
                result(row),
                row.getString("failure"),
                new Actor(row.getString("tenant"), row.getString("created_by")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable Result result(ResultSet row) throws SQLException {
        String sha256 = row.getString("sha256");
        return sha256 == null
                ? null
                : new Result(
                        row.getString("folder"),
                        sha256,
                        row.getObject("steps", Long.class),
                        row.getObject("loss", Double.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
