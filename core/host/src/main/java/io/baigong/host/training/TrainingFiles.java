package io.baigong.host.training;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.catalogue.DataDigest;
import io.baigong.host.database.Rows;
import io.baigong.host.run.InvalidInput;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Storable;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people send to learn from: bytes in a folder, the rest in the database. Thread-safe. */
@ApplicationScoped
public class TrainingFiles {
    private static final String COLUMNS = "id, tenant, name, bytes, sha256, created_by, created_at";
    private static final int LONGEST_NAME = 200;

    private final Rows rows;
    private final AuditLog log;
    private final Path folder;

    TrainingFiles(AgroalDataSource database, AuditLog log, TrainingConfig config) {
        rows = new Rows(database);
        this.log = log;
        folder = config.files().toAbsolutePath().normalize();
    }

    /**
     * Keeps a file; it is on disk when this returns.
     *
     * @param name as its sender calls it; recipes tell formats by its ending
     * @throws InvalidInput if it is empty or its name is none
     */
    @Transactional(rollbackOn = Exception.class)
    public TrainingFile add(Path sent, String name, Actor by) throws IOException, InvalidInput {
        long bytes = Files.size(sent);
        if (bytes == 0) {
            throw new InvalidInput("the file is empty", "Send what the recipe learns from.");
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidInput("a file has a name of at most 200 characters", "Send it with its name.");
        }
        var file =
                new TrainingFile(Journal.newId(), Storable.text(name), bytes, DataDigest.of(sent), by, Instant.now());
        Files.createDirectories(folder);
        try {
            keep(sent, path(file.id()));
            insert(file);
            tell(file, by, "training file kept");
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path(file.id()));
            throw e;
        }
        return file;
    }

    /** Copies it, whole and on disk or not at all. */
    private void keep(Path sent, Path kept) throws IOException {
        Path part = Files.createTempFile(folder, "sent", null);
        try {
            Files.copy(sent, part, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }

    private void insert(TrainingFile file) {
        rows.update(
                "insert into training_file (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)",
                file.id(),
                file.createdBy().tenant(),
                file.name(),
                file.bytes(),
                file.sha256(),
                file.createdBy().name(),
                file.createdAt().atOffset(ZoneOffset.UTC));
    }

    private void tell(TrainingFile file, Actor by, String what) {
        log.append(AuditEntry.of(
                AuditKind.CONFIGURATION,
                by,
                "training-file " + file.id(),
                Map.of("what", what, "sha256", file.sha256(), "bytes", String.valueOf(file.bytes()))));
    }

    /** Where the bytes are. */
    Path path(UUID id) {
        return folder.resolve(id.toString());
    }

    /** The tenant's that are not deleted, newest first. */
    @Transactional
    public List<TrainingFile> list() {
        return rows.query(
                "select " + COLUMNS + " from training_file where deleted_at is null order by id desc",
                TrainingFiles::file);
    }

    /** The file, if it is not deleted. */
    @Transactional
    public Optional<TrainingFile> find(UUID id) {
        return rows
                .query(
                        "select " + COLUMNS + " from training_file where id = ? and deleted_at is null",
                        TrainingFiles::file,
                        id)
                .stream()
                .findFirst();
    }

    /**
     * Deletes the bytes of a file; its digest stays, as models may have learned from it. Tells whether there was one.
     *
     * @throws InvalidInput if a training that waits or runs needs it
     */
    @Transactional(rollbackOn = Exception.class)
    public boolean remove(UUID id, Actor by) throws IOException, InvalidInput {
        Optional<TrainingFile> file = find(id);
        if (file.isEmpty()) {
            return false;
        }
        if (!rows.query(
                        "select 1 from training_job where file = ? and state in ('QUEUED', 'RUNNING') limit 1",
                        row -> row.getInt(1),
                        id)
                .isEmpty()) {
            throw new InvalidInput("a training that waits or runs needs this file", "Wait for its end, or cancel it.");
        }
        rows.update("update training_file set deleted_at = clock_timestamp() where id = ?", id);
        tell(file.get(), by, "training file deleted");
        Files.deleteIfExists(path(id));
        return true;
    }

    private static TrainingFile file(ResultSet row) throws SQLException {
        return new TrainingFile(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("bytes"),
                row.getString("sha256"),
                new Actor(row.getString("tenant"), row.getString("created_by")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
