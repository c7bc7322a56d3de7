package io.baigong.host.mlflow;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.journal.Actor;
import io.baigong.journal.Storable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tags of experiments, runs, models and versions, of the caller's tenant. Thread-safe. */
@ApplicationScoped
class Tags {
    private final Rows rows;

    Tags(AgroalDataSource database) {
        rows = new Rows(database);
    }

    /** What has tags. */
    enum Kind {
        EXPERIMENT,
        RUN,
        MODEL,
        VERSION;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Transactional
    void set(Kind kind, String subject, Views.Tag tag, Actor by) {
        rows.update(
                "insert into mlflow_tag (tenant, kind, subject, key, value) values (?, ?, ?, ?, ?)"
                        + " on conflict (tenant, kind, subject, key) do update set value = excluded.value",
                by.tenant(),
                kind.word(),
                subject,
                Keys.key("tag", tag.key()),
                Keys.text("the value of a tag", tag.value()));
    }

    /** Tells whether there was one. */
    @Transactional
    boolean delete(Kind kind, String subject, String key) {
        return rows.update(
                        "delete from mlflow_tag where kind = ? and subject = ? and key = ?",
                        kind.word(),
                        subject,
                        Storable.text(key))
                > 0;
    }

    /** By subject, those of a subject by key. */
    @Transactional
    Map<String, List<Views.Tag>> of(Kind kind, Collection<String> subjects) {
        var all = new HashMap<String, List<Views.Tag>>();
        for (String subject : subjects) {
            all.put(subject, new ArrayList<>());
        }
        rows.query(
                        "select subject, key, value from mlflow_tag where kind = ? and subject = any (string_to_array(?, E'\\n'))"
                                + " order by subject, key",
                        row -> Map.entry(row.getString(1), new Views.Tag(row.getString(2), row.getString(3))),
                        kind.word(),
                        String.join("\n", subjects))
                .forEach(
                        tag -> all.getOrDefault(tag.getKey(), new ArrayList<>()).add(tag.getValue()));
        return all;
    }

    List<Views.Tag> of(Kind kind, String subject) {
        return of(kind, List.of(subject)).getOrDefault(subject, List.of());
    }
}
