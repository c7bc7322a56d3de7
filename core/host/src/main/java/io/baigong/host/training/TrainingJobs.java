package io.baigong.host.training;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.training.TrainingJob.Measure;
import io.baigong.host.training.TrainingJob.Trained;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Storable;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.spi.Task;
import io.baigong.spi.TrainingRecipe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trainings as people want and see them; what is wanted, cancelled and ended is in the audit log. Thread-safe. */
@ApplicationScoped
public class TrainingJobs {
    private static final int MOST_PRIORITY = 100;
    private static final int LONGEST_FAILURE = 2_000;
    private static final String COLUMNS =
            "id, tenant, task, recipe, file, seed, priority, state, share, doing, attempts,"
                    + " data_sha256, failure, created_by, created_at, started_at, ended_at,"
                    + " (select name from training_file where training_file.id = file) as file_name,"
                    + " (select string_agg(role || ' ' || number, ',' order by role) from training_version where job = id) as versions";

    private static final String MEASURES = "select seq, at, metric, step, value from training_measure where job = ?";

    private final Rows rows;
    private final AuditLog log;
    private final TrainingFiles files;
    private final TrainingConfig config;

    TrainingJobs(AgroalDataSource database, AuditLog log, TrainingFiles files, TrainingConfig config) {
        rows = new Rows(database);
        this.log = log;
        this.files = files;
        this.config = config;
    }

    /** What somebody wants; without a file it learns from what the operator has for the recipe. */
    public record Wanted(String recipe, @Nullable UUID file, long seed, int priority) {}

    /**
     * Puts a training into the queue.
     *
     * @throws InvalidInput if it can't be run
     */
    @Transactional(rollbackOn = Exception.class)
    public TrainingJob add(Task<?, ?> task, Wanted wanted, Actor by) throws InvalidInput {
        check(task, wanted);
        var id = Journal.newId();
        rows.update(
                "insert into training_job (id, tenant, task, recipe, file, seed, priority, state, created_by, created_at)"
                        + " values (?, ?, ?, ?, ?::uuid, ?, ?, 'QUEUED', ?, ?)",
                id,
                by.tenant(),
                task.id().toString(),
                wanted.recipe(),
                wanted.file() == null ? null : wanted.file().toString(),
                wanted.seed(),
                wanted.priority(),
                by.name(),
                Instant.now().atOffset(ZoneOffset.UTC));
        TrainingJob job = find(id).orElseThrow();
        tell(job, by, Map.of("what", "training wanted", "task", job.task(), "recipe", job.recipe()));
        return job;
    }

    private void check(Task<?, ?> task, Wanted wanted) throws InvalidInput {
        List<String> recipes =
                task.recipes().stream().map(TrainingRecipe::benchmark).toList();
        if (!recipes.contains(wanted.recipe())) {
            throw new InvalidInput(
                    "task " + task.id() + " has no recipe of that name",
                    recipes.isEmpty() ? "It has none." : "It has " + String.join(", ", recipes) + ".");
        }
        if (Math.abs((long) wanted.priority()) > MOST_PRIORITY) {
            throw new InvalidInput("a priority is from -100 to 100", "Leave it out for 0.");
        }
        if (wanted.file() == null) {
            if (!hasData(wanted.recipe())) {
                throw new InvalidInput(
                        "there is nothing to learn from",
                        "Send file, or have the operator set baigong.training.data.\"" + wanted.recipe() + "\".");
            }
        } else if (files.find(wanted.file()).isEmpty()) {
            throw new InvalidInput("there is no such file", "See /api/v1/training/files.");
        }
        if (rows.query("select count(*) from training_job where state in ('QUEUED', 'RUNNING')", row -> row.getInt(1))
                        .getFirst()
                >= config.waiting()) {
            throw new InvalidInput(
                    config.waiting() + " trainings wait or run already", "Cancel one, or wait for one to end.");
        }
    }

    /** Whether the operator has data for a recipe. */
    public boolean hasData(String recipe) {
        Path data = config.data().get(recipe);
        return data != null && Files.exists(data);
    }

    private void tell(TrainingJob job, Actor by, Map<String, String> detail) {
        log.append(AuditEntry.of(AuditKind.CONFIGURATION, by, "training " + job.id(), detail));
    }

    /** The tenant's, newest first. */
    @Transactional
    public List<TrainingJob> list(int offset, int limit) {
        return rows.query(
                "select " + COLUMNS + " from training_job order by id desc offset ? limit ?",
                TrainingJobs::job,
                offset,
                limit);
    }

    /** Those of the tenant that are older than one, or the newest, newest first. */
    @Transactional
    public List<TrainingJob> before(@Nullable UUID id, int limit) {
        return id == null
                ? list(0, limit)
                : rows.query(
                        "select " + COLUMNS + " from training_job where id < ? order by id desc limit ?",
                        TrainingJobs::job,
                        id,
                        limit);
    }

    /** How many there are. */
    @Transactional
    public long total() {
        return rows.query("select count(*) from training_job", row -> row.getLong(1))
                .getFirst();
    }

    @Transactional
    public Optional<TrainingJob> find(UUID id) {
        return rows.query("select " + COLUMNS + " from training_job where id = ?", TrainingJobs::job, id).stream()
                .findFirst();
    }

    /** Figures of the learning after one, oldest first. */
    @Transactional
    public List<Measure> measures(UUID id, long after, int limit) {
        return rows.query(MEASURES + " and seq > ? order by seq limit ?", TrainingJobs::measure, id, after, limit);
    }

    /** Figures of the learning before one, newest first. */
    @Transactional
    public List<Measure> measuresBefore(UUID id, long before, int limit) {
        return rows.query(
                MEASURES + " and seq < ? order by seq desc limit ?", TrainingJobs::measure, id, before, limit);
    }

    private static Measure measure(ResultSet row) throws SQLException {
        return new Measure(
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("metric"),
                row.getDouble("step"),
                row.getDouble("value"));
    }

    /** Ends a training that is not over; tells whether it did. Its process ends within seconds. */
    @Transactional
    public boolean cancel(TrainingJob job, Actor by) {
        boolean cancelled = rows.update(
                        "update training_job set state = 'CANCELLED', ended_at = clock_timestamp()"
                                + " where id = ? and state in ('QUEUED', 'RUNNING')",
                        job.id())
                > 0;
        if (cancelled) {
            tell(job, by, Map.of("what", "training cancelled"));
        }
        return cancelled;
    }

    /**
     * Those that wait or whose process may have died, in the order in which they are to be run: tenants take turns, and of one tenant
     * the more urgent and then the older goes first.
     */
    @Transactional
    List<TrainingJob> waiting() {
        return rows.query(
                "select " + COLUMNS + " from training_job j where state in ('QUEUED', 'RUNNING') order by"
                        + " (select coalesce(max(o.started_at), 'epoch') from training_job o where o.tenant = j.tenant),"
                        + " priority desc, id",
                TrainingJobs::job);
    }

    /** Begins an attempt; empty if it is over meanwhile. */
    @Transactional
    Optional<TrainingJob> begin(UUID id) {
        boolean begun = rows.update(
                        "update training_job set state = 'RUNNING', attempts = attempts + 1, share = 0, doing = null,"
                                + " started_at = clock_timestamp() where id = ? and state in ('QUEUED', 'RUNNING')",
                        id)
                > 0;
        if (!begun) {
            return Optional.empty();
        }
        return find(id);
    }

    /** Writes down how far it is; tells whether it shall go on. */
    @Transactional
    boolean goesOn(TrainingJob job, double share, String doing) {
        return rows.update(
                        "update training_job set share = ?, doing = ? where id = ? and state = 'RUNNING'",
                        share,
                        Storable.text(doing),
                        job.id())
                > 0;
    }

    /** Keeps which data it learns from. */
    @Transactional
    void read(TrainingJob job, String sha256) {
        rows.update("update training_job set data_sha256 = ? where id = ?", sha256, job.id());
    }

    /** Lets another process begin it anew; the attempt does not count. */
    @Transactional
    void putBack(TrainingJob job) {
        rows.update(
                "update training_job set state = 'QUEUED', attempts = attempts - 1, started_at = null"
                        + " where id = ? and state = 'RUNNING'",
                job.id());
    }

    /** Lets it be begun again after its process was ended by something else than itself; the attempt counts. */
    @Transactional
    void putBackAfter(TrainingJob job, String how) {
        if (rows.update(
                        "update training_job set state = 'QUEUED', doing = null where id = ? and state = 'RUNNING'",
                        job.id())
                > 0) {
            tell(job, job.createdBy(), Map.of("what", "training interrupted", "how", how));
        }
    }

    /** Ends it with what came of it, if it was not cancelled meanwhile. */
    @Transactional
    void succeed(TrainingJob job, List<Trained> versions) {
        for (Trained version : versions) {
            rows.update(
                    "insert into training_version (job, tenant, role, number) values (?, ?, ?, ?) on conflict do nothing",
                    job.id(),
                    job.createdBy().tenant(),
                    version.role(),
                    version.number());
        }
        if (rows.update(
                        "update training_job set state = 'SUCCEEDED', share = 1, doing = null, ended_at = clock_timestamp()"
                                + " where id = ? and state = 'RUNNING'",
                        job.id())
                > 0) {
            tell(job, job.createdBy(), Map.of("what", "training succeeded", "versions", versions.toString()));
        }
    }

    /** Whether it neither waits nor runs. */
    @Transactional
    boolean isOver(UUID id) {
        return rows.query(
                        "select 1 from training_job where id = ? and state in ('QUEUED', 'RUNNING')",
                        row -> row.getInt(1),
                        id)
                .isEmpty();
    }

    /** Ends it without a model, if it was not cancelled meanwhile. */
    @Transactional
    void fail(TrainingJob job, String why) {
        String failure = Storable.text(why.substring(0, Math.min(why.length(), LONGEST_FAILURE)));
        if (rows.update(
                        "update training_job set state = 'FAILED', failure = ?, ended_at = clock_timestamp()"
                                + " where id = ? and state = 'RUNNING'",
                        failure,
                        job.id())
                > 0) {
            tell(job, job.createdBy(), Map.of("what", "training failed"));
        }
    }

    private static TrainingJob job(ResultSet row) throws SQLException {
        return new TrainingJob(
                row.getObject("id", UUID.class),
                row.getString("task"),
                row.getString("recipe"),
                row.getObject("file", UUID.class),
                row.getString("file_name"),
                row.getLong("seed"),
                row.getInt("priority"),
                TrainingState.valueOf(row.getString("state")),
                row.getDouble("share"),
                row.getString("doing"),
                row.getInt("attempts"),
                row.getString("data_sha256"),
                row.getString("failure"),
                new Actor(row.getString("tenant"), row.getString("created_by")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                versions(row.getString("versions")));
    }

    private static List<Trained> versions(@Nullable String all) {
        return all == null
                ? List.of()
                : Arrays.stream(all.split(","))
                        .map(one -> one.split(" "))
                        .map(one -> new Trained(one[0], Integer.parseInt(one[1])))
                        .toList();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
