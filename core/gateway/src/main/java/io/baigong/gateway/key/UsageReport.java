package io.baigong.gateway.key;

import io.baigong.gateway.proxy.ProxyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the calls of a time used, from the ledger; copies for servers on trial are not among them. Thread-safe. */
@ApplicationScoped
public class UsageReport {
    private static final String FIGURES = """
            count(*), count(*) filter (where status >= 400), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), coalesce(sum(cost_micros), 0),
            coalesce(percentile_cont(0.5) within group (order by first_byte_millis), 0),
            coalesce(percentile_cont(0.5) within group (order by millis), 0),
            coalesce(percentile_cont(0.95) within group (order by millis), 0),
            coalesce(percentile_cont(0.95) within group (order by queued_millis), 0)""";

    private final DataSource database;
    private final String currency;

    public UsageReport(DataSource database, ProxyConfig config) {
        this.database = database;
        this.currency = config.currency();
    }

    /**
     * Sums over some calls.
     *
     * @param failed those answered with a status of 400 or more
     * @param cost in the report's currency
     * @param firstByteMillis median
     * @param millis median
     * @param slowMillis 95th percentile
     * @param queuedMillis 95th percentile of the time for which calls waited for a place at a server
     */
    public record Figures(
            long calls,
            long failed,
            long inputTokens,
            long outputTokens,
            BigDecimal cost,
            double firstByteMillis,
            double millis,
            double slowMillis,
            double queuedMillis) {}

    /** The calls of a stretch of time that begins at {@code at}. */
    public record Stretch(Instant at, Figures figures) {}

    /** The calls of a model, or those with a key. */
    public record Share(String name, Figures figures) {
        private static Share of(ResultSet row, Figures figures) throws SQLException {
            return new Share(row.getString(1), figures);
        }
    }

    /**
     * The whole report.
     *
     * @param step length of each stretch
     * @param currency of all costs, as ISO 4217 writes it
     * @param stretches only those with a call, oldest first
     * @param models most calls first
     * @param keys most calls first; the suite's own calls have an empty name
     */
    public record Report(
            Instant from,
            Instant to,
            Duration step,
            String currency,
            Figures total,
            List<Stretch> stretches,
            List<Share> models,
            List<Share> keys) {}

    /** The report of {@code [from, to)}, in stretches of {@code step}, which is a whole number of seconds. */
    public Report of(Instant from, Instant to, Duration step) throws SQLException {
        try (Connection connection = database.getConnection()) {
            var total = query(connection, "''", "", from, to, (row, figures) -> figures)
                    .getFirst();
            var stretches = query(
                    connection,
                    "date_bin('" + step.toSeconds() + " seconds', at, ?)",
                    "group by 1 order by 1",
                    from,
                    to,
                    (row, figures) ->
                            new Stretch(row.getObject(1, OffsetDateTime.class).toInstant(), figures));
            var models = query(connection, "model", "group by 1 order by 2 desc, 1 limit 50", from, to, Share::of);
            var keys = query(
                    connection,
                    "coalesce((select k.name from gateway_key k where k.id = key_id), '')",
                    "group by 1 order by 2 desc, 1 limit 50",
                    from,
                    to,
                    Share::of);
            return new Report(from, to, step, currency, total, stretches, models, keys);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row, Figures figures) throws SQLException;
    }

    private static <T> List<T> query(
            Connection connection, String what, String grouping, Instant from, Instant to, Reader<T> reader)
            throws SQLException {
        String text = "select " + what + ", " + FIGURES + " from gateway_usage where not shadow and at >= ? and at < ? "
                + grouping;
        try (PreparedStatement select = connection.prepareStatement(text)) {
            int next = 1;
            if (what.contains("?")) {
                select.setObject(next++, from.atOffset(ZoneOffset.UTC));
            }
            select.setObject(next++, from.atOffset(ZoneOffset.UTC));
            select.setObject(next, to.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = select.executeQuery()) {
                var read = new ArrayList<T>();
                while (rows.next()) {
                    read.add(reader.read(
                            rows,
                            new Figures(
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    rows.getLong(4),
                                    rows.getLong(5),
                                    rows.getBigDecimal(6).movePointLeft(6),
                                    rows.getDouble(7),
                                    rows.getDouble(8),
                                    rows.getDouble(9),
                                    rows.getDouble(10))));
                }
                return read;
            }
        }
    }
}
