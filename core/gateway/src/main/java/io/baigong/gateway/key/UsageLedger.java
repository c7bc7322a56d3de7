package io.baigong.gateway.key;

import io.baigong.gateway.proxy.Usage;
import io.baigong.journal.Storable;
import io.baigong.journal.Tenancy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Writes down what each call used, many calls in one transaction, off the event loop. What could not be written yet is tried
 * again; while too much waits, {@link #isFull} says so and no call is let in.
 *
 * <p>Thread-safe. Close it to write what still waits.
 */
public final class UsageLedger implements Consumer<Usage>, AutoCloseable {
    private static final int FULL = 100_000;
    private static final int BATCH = 1_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final String INSERT = """
            insert into gateway_usage (id, key_id, operation, model, backend, status, streamed, input_tokens, output_tokens, at,
                first_byte_millis, millis, shadow, tenant)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, (select tenant from gateway_key where id = ?)))
            on conflict (id) do nothing""";

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
        while (true) {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (Usage usage : batch) {
                    bind(insert, usage);
                    insert.addBatch();
                }
                insert.executeBatch();
                return;
            } catch (SQLException e) {
                System.getLogger(UsageLedger.class.getName())
                        .log(System.Logger.Level.ERROR, "usage of " + batch.size() + " calls waits to be written", e);
                if (closed) {
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static void bind(PreparedStatement insert, Usage usage) throws SQLException {
        insert.setObject(1, usage.id());
        insert.setObject(2, usage.key());
        insert.setString(3, usage.operation());
        insert.setString(4, Storable.text(usage.model()));
        insert.setString(5, usage.backend());
        insert.setInt(6, usage.status());
        insert.setBoolean(7, usage.streamed());
        insert.setLong(8, usage.inputTokens());
        insert.setLong(9, usage.outputTokens());
        insert.setObject(10, usage.at().atOffset(ZoneOffset.UTC));
        insert.setDouble(11, usage.firstByteMillis());
        insert.setDouble(12, usage.millis());
        insert.setBoolean(13, usage.shadow());
        insert.setString(14, usage.tenant());
        insert.setObject(15, usage.key());
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
