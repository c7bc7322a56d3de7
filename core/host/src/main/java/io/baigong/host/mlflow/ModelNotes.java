package io.baigong.host.mlflow;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.journal.Actor;
import io.baigong.journal.Storable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a tenant says of models and versions beside the registry: where they came from, descriptions, names. Thread-safe. */
@ApplicationScoped
class ModelNotes {
    /** The number under which stands what is said of the model itself. */
    static final int MODEL = 0;

    private final Rows rows;

    ModelNotes(AgroalDataSource database) {
        rows = new Rows(database);
    }

    /**
     * What is said of a version.
     *
     * @param run that its files were logged in
     * @param source as its client named them
     */
    record Note(
            @Nullable String run,
            @Nullable String source,
            @Nullable String description) {
        static final Note NONE = new Note(null, null, null);
    }

    @Transactional
    void add(String role, int number, @Nullable UUID run, String source, @Nullable String description, Actor by) {
        rows.update(
                "insert into mlflow_note (tenant, role, number, run, source, description) values (?, ?, ?, ?::uuid, ?, ?)",
                by.tenant(),
                role,
                number,
                run == null ? null : run.toString(),
                Storable.text(source),
                description == null ? null : Keys.text("a description", description));
    }

    @Transactional
    void describe(String role, int number, @Nullable String description, Actor by) {
        rows.update(
                "insert into mlflow_note (tenant, role, number, description) values (?, ?, ?, ?)"
                        + " on conflict (tenant, role, number) do update set description = excluded.description",
                by.tenant(),
                role,
                number,
                Keys.text("a description", description));
    }

    /** By number. */
    @Transactional
    Map<Integer, Note> of(String role) {
        var notes = new HashMap<Integer, Note>();
        rows.query(
                        "select number, run, source, description from mlflow_note where role = ?",
                        row -> Map.entry(row.getInt("number"), note(row)),
                        role)
                .forEach(note -> notes.put(note.getKey(), note.getValue()));
        return notes;
    }

    private static Note note(ResultSet row) throws SQLException {
        String run = row.getString("run");
        return new Note(
                run == null ? null : run.replace("-", ""), row.getString("source"), row.getString("description"));
    }

    /** Gives a version a name, which another one of the model may have had. */
    @Transactional
    void name(String role, String alias, int number, Actor by) {
        rows.update(
                "insert into mlflow_alias (tenant, role, alias, number) values (?, ?, ?, ?)"
                        + " on conflict (tenant, role, alias) do update set number = excluded.number",
                by.tenant(),
                role,
                alias,
                number);
    }

    /** Tells whether there was such a name. */
    @Transactional
    boolean unname(String role, String alias) {
        return rows.update("delete from mlflow_alias where role = ? and alias = ?", role, alias) > 0;
    }

    /** Numbers by name. */
    @Transactional
    Map<String, Integer> names(String role) {
        var names = new HashMap<String, Integer>();
        rows.query(
                        "select alias, number from mlflow_alias where role = ?",
                        row -> Map.entry(row.getString(1), row.getInt(2)),
                        role)
                .forEach(name -> names.put(name.getKey(), name.getValue()));
        return names;
    }
}
