package io.baigong.host.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.baigong.gateway.Gateway;
import io.baigong.host.batch.BatchQueue.Done;
import io.baigong.host.batch.BatchQueue.Waiting;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.database.Rows;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.RunJson;
import io.baigong.host.run.WorkFolders;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Occasion;
import io.baigong.journal.RunRecord;
import io.baigong.journal.Storable;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Task;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Batches whose records are run outside the suite, such as by Apache Spark, with the suite's own program and models. The suite says
 * which records still wait, and keeps the runs: each record has one, in the journal and the audit log as any other. Thread-safe.
 */
@ApplicationScoped
public class RemoteBatches {
    private final AgroalDataSource database;
    private final Rows rows;
    private final BatchQueue queue;
    private final Batches batches;
    private final AuditLog log;
    private final Catalogue catalogue;
    private final Gateway gateway;
    private @Nullable WorkFolders folders;

    RemoteBatches(
            AgroalDataSource database,
            Journal journal,
            Batches batches,
            AuditLog log,
            Catalogue catalogue,
            Gateway gateway) {
        this.database = database;
        rows = new Rows(database);
        queue = new BatchQueue(database, journal);
        this.batches = batches;
        this.log = log;
        this.catalogue = catalogue;
        this.gateway = gateway;
    }

    /** It does not go together with what the suite has. */
    public static final class Conflict extends Exception {
        private final String remedy;

        Conflict(String detail, String remedy) {
            super(detail);
            this.remedy = remedy;
        }

        public String detail() {
            return String.valueOf(getMessage());
        }

        public String remedy() {
            return remedy;
        }
    }

    /** A record that somebody wants to run; its digest is that of its run. */
    public record Wanted(long position, String inputSha256) {}

    /**
     * What became of wanted records.
     *
     * @param taken those to run now; the others are to be asked for again
     */
    public record Taken(BatchState state, List<BatchResult> ended, List<Long> taken) {}

    /**
     * A record and the run that somebody made of it.
     *
     * @param record with components of the task's input, as in a file of JSON Lines
     * @param run as {@link RunJson} writes it
     */
    public record Made(long position, ObjectNode record, ObjectNode run) {}

    void stop(@Observes ShutdownEvent stopped) throws IOException {
        synchronized (this) {
            if (folders != null) {
                folders.close();
                folders = null;
            }
        }
    }

    private synchronized Path folder() throws IOException {
        if (folders == null) {
            folders = new WorkFolders(Path.of(System.getProperty("java.io.tmpdir")), "baigong-batch");
        }
        return folders.create();
    }

    /** Begins a batch of so many records. Throws {@link InvalidInput} if there is none. */
    public Batch open(Task<?, ?> task, String name, long total, Actor by, Occasion occasion)
            throws IOException, InvalidInput {
        var wanted = new NewBatch(task, name, new BatchOrigin.Remote(total), List.of(), Map.of(), by, occasion);
        if (total < 1) {
            throw new InvalidInput("a batch has at least one record", "Send total, the number of its records.");
        }
        return batches.create(
                wanted,
                (_, id) -> log.append(AuditEntry.of(
                        AuditKind.CONFIGURATION,
                        by,
                        "batch " + id,
                        Map.of(
                                "what",
                                "remote batch",
                                "task",
                                task.id().toString(),
                                "records",
                                String.valueOf(total)))));
    }

    /**
     * Takes up records that wait; each counts an attempt until its run comes. None while the batch does not run.
     *
     * @throws InvalidInput for a record that the batch has not
     * @throws Conflict if one that has ended was another
     */
    public Taken take(Batch batch, List<Wanted> wanted) throws InvalidInput, Conflict {
        Long[] positions = wanted.stream().map(Wanted::position).toArray(Long[]::new);
        for (Wanted one : wanted) {
            if (one.position() < 0 || one.position() >= batch.total()) {
                throw new InvalidInput(
                        "the batch has no record " + one.position(),
                        "It has " + batch.total()
                                + ", counted from 0. Open a batch for what has another number of them.");
            }
        }
        checkSame(batch, wanted, positions);
        List<Waiting> taken = batch.state() == BatchState.RUNNING ? take(batch, positions) : List.of();
        taken.stream().filter(Waiting::isHopeless).forEach(queue::giveUp);
        return new Taken(
                batch.state(),
                ended(batch.id(), positions),
                taken.stream()
                        .filter(one -> !one.isHopeless())
                        .map(Waiting::position)
                        .toList());
    }

    private void checkSame(Batch batch, List<Wanted> wanted, Long[] positions) throws Conflict {
        Map<Long, String> digests = QuarkusTransaction.requiringNew()
                .call(() -> rows
                        .query(
                                "select b.position, r.input_sha256 from batch_record b join run r on r.id = b.run"
                                        + " where b.batch = ? and b.position = any(?)",
                                row -> Map.entry(row.getLong(1), row.getString(2)),
                                batch.id(),
                                positions)
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        for (Wanted one : wanted) {
            String digest = digests.get(one.position());
            if (digest != null && !digest.equals(one.inputSha256())) {
                throw new Conflict(
                        "record " + one.position() + " of this batch was another one",
                        "Go on with the same records in the same order and with the same values, or open a new batch.");
            }
        }
    }

    private List<Waiting> take(Batch batch, Long[] positions) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                try (var insert = connection.prepareStatement(
                        "insert into batch_record (batch, tenant, position, name, fields) select ?, ?, p, '', '{}'"
                                + " from unnest(?) p order by p on conflict do nothing")) {
                    Rows.set(
                            insert,
                            batch.id(),
                            batch.createdBy().tenant(),
                            connection.createArrayOf("bigint", positions));
                    insert.executeUpdate();
                }
                return BatchQueue.take(connection, batch.id(), positions);
            }
        });
    }

    private List<BatchResult> ended(UUID batch, Long[] positions) {
        return QuarkusTransaction.requiringNew()
                .call(() -> rows.query(
                        Batches.RESULTS + " where b.batch = ? and b.position = any(?) and b.state <> 'WAITING'"
                                + " order by b.position",
                        Batches::result,
                        batch,
                        positions));
    }

    /**
     * Keeps runs, all of which or none are on disk when this returns, and says what the batch has for their records: the runs that
     * came first.
     *
     * @param by whose runs they are
     * @throws InvalidInput if a record or its run can't be read
     * @throws Conflict if a run used another model than the suite has, or its record was not taken up
     */
    public List<BatchResult> end(Batch batch, List<Made> made, Actor by) throws IOException, InvalidInput, Conflict {
        Task<?, ?> task = catalogue
                .find(batch.task())
                .orElseThrow(() -> new Conflict("the suite has no task " + batch.task() + " any more", "Install it."));
        Long[] positions = made.stream().map(Made::position).toArray(Long[]::new);
        Path folder = folder();
        try {
            var done = new ArrayList<Done>();
            var records = new ArrayList<BatchInput>();
            var checked = new HashSet<ModelVersion>();
            for (Made one : made) {
                RecordInput input = RecordInput.of(task, one.position(), one.record(), folder);
                RunRecord run = RunJson.read(
                        one.run(), task, input.given(), input.record().fields(), by, batch.ofRuns());
                for (ModelVersion model : run.models()) {
                    if (checked.add(model)) {
                        checkServes(model);
                    }
                }
                records.add(input.record());
                done.add(new Done(
                        new Waiting(
                                batch.id(),
                                one.position(),
                                input.record().name(),
                                input.record().fields(),
                                0),
                        new Journal.Unwritten(run, input.given().contents())));
            }
            name(done, records);
            return keep(batch, done, positions);
        } finally {
            WorkFolders.delete(folder);
        }
    }

    private void checkServes(ModelVersion model) throws Conflict {
        if (!gateway.serves(model)) {
            throw new Conflict(
                    "a run used " + model.name() + " " + model.version() + " as " + model.role()
                            + ", and that is not what the suite has for that role",
                    "Give those who run records the build and the baigong.models.* of the suite, and promoted models by them.");
        }
    }

    /** Names and truths come with the records, which the suite sees now. */
    private void name(List<Done> done, List<BatchInput> records) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (int i = 0; i < records.size(); i++) {
                Waiting row = done.get(i).record();
                String truth = records.get(i).truth();
                rows.update(
                        "update batch_record set name = ?, truth = ?::jsonb"
                                + " where batch = ? and position = ? and state = 'WAITING'",
                        Storable.text(row.name()),
                        truth == null ? null : Storable.text(truth),
                        row.batch(),
                        row.position());
            }
        });
    }

    /** Somebody else may end some of the records at the same moment; then the others are kept. */
    private List<BatchResult> keep(Batch batch, List<Done> done, Long[] positions) throws Conflict {
        while (true) {
            Set<Long> waiting = waiting(batch.id(), positions);
            List<Done> mine = done.stream()
                    .filter(one -> waiting.contains(one.record().position()))
                    .toList();
            if (mine.isEmpty()) {
                break;
            }
            try {
                queue.end(batch.id(), mine);
                break;
            } catch (RuntimeException e) {
                if (waiting(batch.id(), positions).size() == waiting.size()) {
                    throw e;
                }
            }
        }
        List<BatchResult> ended = ended(batch.id(), positions);
        if (ended.size() < done.size()) {
            throw new Conflict("a record was not taken up before its run came", "Take it up first.");
        }
        return ended;
    }

    private Set<Long> waiting(UUID batch, Long[] positions) {
        return Set.copyOf(QuarkusTransaction.requiringNew()
                .call(() -> rows.query(
                        "select position from batch_record where batch = ? and position = any(?) and state = 'WAITING'",
                        row -> row.getLong(1),
                        batch,
                        positions)));
    }
}
