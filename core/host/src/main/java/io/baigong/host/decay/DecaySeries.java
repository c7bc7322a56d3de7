package io.baigong.host.decay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.RunRecord;
import io.baigong.spi.ModelVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Which versions answered which task, and since when. Thread-safe. */
@ApplicationScoped
public class DecaySeries {
    private static final TypeReference<List<ModelVersion>> MODELS = new TypeReference<>() {};

    private final Rows rows;

    DecaySeries(AgroalDataSource database) {
        rows = new Rows(database);
    }

    /** Counts a run to a series, which begins with the first. */
    @Transactional
    void begin(RunRecord run, String series, List<ModelVersion> models) {
        try {
            rows.update(
                    "insert into decay_series (tenant, task, series, models, first_run) values (?, ?, ?, ?::jsonb, ?)"
                            + " on conflict (tenant, task, series) do update"
                            + " set first_run = excluded.first_run where excluded.first_run < decay_series.first_run",
                    run.caller().tenant(),
                    run.task(),
                    series,
                    PlatformJson.mapper().writeValueAsString(models),
                    run.startedAt().atOffset(ZoneOffset.UTC));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that may be seen, of each task the one with all its runs first, then the newest. */
    @Transactional
    public List<Series> all() {
        return rows.query(
                "select tenant, task, series, models, first_run from decay_series"
                        + " order by tenant, task, series <> '', first_run desc",
                DecaySeries::one);
    }

    private static Series one(ResultSet row) throws SQLException {
        try {
            return new Series(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    PlatformJson.mapper().readValue(row.getString(4), MODELS),
                    row.getObject(5, OffsetDateTime.class).toInstant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds models that are none", e);
        }
    }
}
