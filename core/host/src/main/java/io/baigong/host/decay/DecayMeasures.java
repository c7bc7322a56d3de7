package io.baigong.host.decay;

import io.agroal.api.AgroalDataSource;
import io.baigong.host.database.Rows;
import io.baigong.host.decay.Measure.Kind;
import io.baigong.host.decay.Measure.State;
import io.baigong.host.decay.Measure.Statistic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What looks found, kept for as long as an audit may ask. Thread-safe. */
@ApplicationScoped
public class DecayMeasures {
    private static final int KEPT_DAYS = 400;

    private final Rows rows;

    DecayMeasures(AgroalDataSource database) {
        rows = new Rows(database);
    }

    /** What a look found of a series. */
    public record Found(String task, String series, Instant at, Measure measure) {}

    /** Keeps what a look found. */
    @Transactional
    void keep(Series series, List<Measure> measures, Instant at) {
        for (Measure measure : measures) {
            rows.update(
                    "insert into decay_measure (tenant, task, series, kind, name, statistic, at, value, was, low, high, probability,"
                            + " reference, current, state) values (?, ?, ?, ?, ?, ?, ?, ?::double precision, ?::double precision,"
                            + " ?::double precision, ?::double precision, ?::double precision, ?, ?, ?) on conflict do nothing",
                    series.tenant(),
                    series.task(),
                    series.id(),
                    measure.kind().name(),
                    measure.name(),
                    measure.statistic().name(),
                    at.atOffset(ZoneOffset.UTC),
                    Double.isNaN(measure.value()) ? null : measure.value(),
                    measure.was(),
                    measure.low(),
                    measure.high(),
                    measure.probability(),
                    measure.reference(),
                    measure.current(),
                    measure.state().name());
        }
    }

    /** Forgets what is older than anybody asks for. */
    @Transactional
    void forget(Instant now) {
        rows.update(
                "delete from decay_measure where at < ?",
                now.minusSeconds(KEPT_DAYS * 86_400L).atOffset(ZoneOffset.UTC));
    }

    /** What was found since then and may be seen, by series and measure, oldest first. */
    @Transactional
    public List<Found> since(Instant from) {
        return rows.query(
                "select * from decay_measure where at >= ? order by task, series, kind, name, statistic, at",
                DecayMeasures::found,
                from.atOffset(ZoneOffset.UTC));
    }

    private static Found found(ResultSet row) throws SQLException {
        Double value = number(row, "value");
        return new Found(
                row.getString("task"),
                row.getString("series"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Measure(
                        Kind.valueOf(row.getString("kind")),
                        row.getString("name"),
                        Statistic.valueOf(row.getString("statistic")),
                        value == null ? Double.NaN : value,
                        number(row, "was"),
                        number(row, "low"),
                        number(row, "high"),
                        number(row, "probability"),
                        row.getInt("reference"),
                        row.getInt("current"),
                        State.valueOf(row.getString("state"))));
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}
