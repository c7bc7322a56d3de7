package io.baigong.gateway.key;

import io.baigong.gateway.proxy.Usage;
import io.baigong.journal.Storable;
import io.baigong.journal.Tenancy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what each call used, many calls in one statement, off the event loop. What could not be written yet is tried
 * again; while too much waits, {@link #isFull} says so and no call is let in.
 *
 * <p>Thread-safe. Close it to write what still waits.
 */
public final class UsageLedger implements Consumer<Usage>, AutoCloseable {
    private static final int FULL = 100_000;
    private static final int BATCH = 1_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final String INSERT = """
            insert into gateway_usage (id, key_id, tenant, operation, model, backend, status, streamed, shadow, input_tokens,
                output_tokens, cost_micros, at, first_byte_millis, queued_millis, millis)
            select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::bool[], ?::bool[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::float8[], ?::float8[],
                ?::float8[])""";

    /** For rows that may have been written by an attempt that seemed to fail. */
    private static final String INSERT_AGAIN = INSERT + " on conflict (id) do nothing";

    /** The columns of a statement's arrays, in their order. */
    private static final List<Column> COLUMNS = List.of(
            new Column("uuid", Usage::id),
            new Column("uuid", Usage::key),
            new Column("text", Usage::tenant),
            new Column("text", Usage::operation),
            new Column("text", usage -> Storable.text(usage.model())),
            new Column("text", Usage::backend),
            new Column("int4", Usage::status),
            new Column("bool", Usage::streamed),
            new Column("bool", Usage::shadow),
            new Column("int8", Usage::inputTokens),
            new Column("int8", Usage::outputTokens),
            new Column("int8", Usage::costMicros),
            new Column("timestamptz", usage -> usage.at().toString()),
            new Column("float8", Usage::firstByteMillis),
            new Column("float8", Usage::queuedMillis),
            new Column("float8", Usage::millis));

    private record Column(String type, Function<Usage, @Nullable Object> value) {}

    private final DataSource database;
    private final BlockingQueue<Usage> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closed;

    public UsageLedger(DataSource database) {
        this.database = database;
        this.writer = Thread.ofPlatform()
                .name("usage-ledger")
                .daemon()
                .start(() -> Tenancy.platform().run(this::write));
    }

    @Override
    public void accept(Usage usage) {
        waiting.add(usage);
    }

    /** Whether more waits to be written than may be lost. */
    boolean isFull() {
        return waiting.size() >= FULL;
    }

    private void write() {
        var batch = new ArrayList<Usage>();
        while (!closed || !waiting.isEmpty()) {
            try {
                Usage first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                waiting.drainTo(batch, BATCH - 1);
                writeAll(batch);
                batch.clear();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void writeAll(List<Usage> batch) throws InterruptedException {
        String statement = INSERT;
        while (true) {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement(statement)) {
                for (int i = 0; i < COLUMNS.size(); i++) {
                    Column column = COLUMNS.get(i);
                    insert.setArray(
                            i + 1,
                            connection.createArrayOf(
                                    column.type,
                                    batch.stream().map(column.value).toArray()));
                }
                insert.executeUpdate();
                return;
            } catch (SQLException e) {
                statement = INSERT_AGAIN;
                System.getLogger(UsageLedger.class.getName())
                        .log(System.Logger.Level.ERROR, "usage of " + batch.size() + " calls waits to be written", e);
                if (closed) {
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
