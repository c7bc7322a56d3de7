package io.baigong.host.mlflow;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.mlflow.Runs.Run;
import io.baigong.host.mlflow.Views.FileInfo;
import io.baigong.host.model.NamedFiles;
import io.baigong.journal.Actor;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import io.baigong.registry.artifact.Artifact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files of runs: bytes in the store of models, names in the database. A name is there only after its bytes are on disk. They are bytes
 * to us and are never opened, until a version is made of them. Thread-safe.
 */
@ApplicationScoped
class RunArtifacts implements NamedFiles {
    private static final int MOST_FILES = 10_000;

    private final Rows rows;
    private final AuditLog log;

    RunArtifacts(AgroalDataSource database, AuditLog log) {
        rows = new Rows(database);
        this.log = log;
    }

    /** Names a file that the store keeps already, in place of one that was there. */
    @Transactional
    void put(Run run, String given, Artifact.Part part, Actor by) {
        String path = ArtifactPath.of(given);
        if (!rows.query(
                        "select 1 from mlflow_artifact where run = ? and"
                                + " (starts_with(path, ? || '/') or starts_with(?, path || '/')) limit 1",
                        row -> 1,
                        run.id(),
                        path,
                        path)
                .isEmpty()) {
            throw MlflowException.invalid("there is a folder of that name, or a file in its way: " + path);
        }
        if (rows.query("select count(*) from mlflow_artifact where run = ?", row -> row.getLong(1), run.id())
                        .getFirst()
                >= MOST_FILES) {
            throw MlflowException.invalid("a run has at most " + MOST_FILES + " files; pack them");
        }
        rows.update(
                "insert into mlflow_artifact (run, tenant, path, sha256, bytes, created_by) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (run, path) do update set sha256 = excluded.sha256, bytes = excluded.bytes,"
                        + " created_by = excluded.created_by, created_at = clock_timestamp()",
                run.id(),
                by.tenant(),
                path,
                part.sha256(),
                part.bytes(),
                by.name());
        tell(run, by, Map.of("what", "artifact kept", "sha256", part.sha256()));
    }

    private void tell(Run run, Actor by, Map<String, String> detail) {
        log.append(AuditEntry.of(AuditKind.CONFIGURATION, by, "mlflow-run " + run.id(), detail));
    }

    @Override
    @Transactional
    public Set<String> named() {
        return Set.copyOf(rows.query("select distinct sha256 from mlflow_artifact", row -> row.getString(1)));
    }

    /** The files in a folder, with those of folders below it, by path. */
    @Transactional
    SortedMap<String, Artifact.Part> below(Run run, String given) {
        String folder = ArtifactPath.folder(given);
        String prefix = folder.isEmpty() ? "" : folder + "/";
        var files = new TreeMap<String, Artifact.Part>();
        rows.query(
                        "select path, sha256, bytes from mlflow_artifact where run = ? and starts_with(path, ?)",
                        row -> Map.entry(row.getString(1), new Artifact.Part(row.getString(2), row.getLong(3))),
                        run.id(),
                        prefix)
                .forEach(file -> files.put(file.getKey(), file.getValue()));
        return files;
    }

    /** What a folder holds, folders among them, by path from the run's root. A file is its own only content, as MLflow has it. */
    @Transactional
    List<FileInfo> list(Run run, String given) {
        String folder = ArtifactPath.folder(given);
        int begin = folder.isEmpty() ? 0 : folder.length() + 1;
        var found = new ArrayList<FileInfo>();
        var folders = new TreeMap<String, FileInfo>();
        below(run, folder).forEach((path, part) -> {
            int slash = path.indexOf('/', begin);
            if (slash < 0) {
                found.add(new FileInfo(path, false, part.bytes()));
            } else {
                String name = path.substring(0, slash);
                folders.put(name, new FileInfo(name, true, null));
            }
        });
        found.addAll(folders.values());
        return found;
    }

    /** A file, which the store opens. Throws {@link MlflowException} if there is none. */
    @Transactional
    Artifact.Part find(Run run, String given) {
        return rows
                .query(
                        "select sha256, bytes from mlflow_artifact where run = ? and path = ?",
                        row -> new Artifact.Part(row.getString(1), row.getLong(2)),
                        run.id(),
                        ArtifactPath.of(given))
                .stream()
                .findFirst()
                .orElseThrow(() -> MlflowException.missing("Run " + run.number() + " has no file of that path."));
    }

    /** Forgets a file, or a folder with all that is in it. Tells whether there was one. */
    @Transactional
    boolean delete(Run run, String given, Actor by) {
        String path = ArtifactPath.of(given);
        boolean deleted = rows.update(
                        "delete from mlflow_artifact where run = ? and (path = ? or starts_with(path, ? || '/'))",
                        run.id(),
                        path,
                        path)
                > 0;
        if (deleted) {
            tell(run, by, Map.of("what", "artifact deleted"));
        }
        return deleted;
    }
}
