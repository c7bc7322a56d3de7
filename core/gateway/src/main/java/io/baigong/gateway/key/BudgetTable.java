package io.baigong.gateway.key;

import io.baigong.journal.Tenancy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import javax.sql.DataSource;

/** The budgets in {@code gateway_budget}, one for all instances. */
final class BudgetTable implements BudgetStore {
    private static final String BEGIN =
            "insert into gateway_budget (key_id, day, granted) values (?, ?, 0) on conflict do nothing";
    private static final String READ = "select granted from gateway_budget where key_id = ? and day = ? for update";
    private static final String ADD = "update gateway_budget set granted = granted + ? where key_id = ? and day = ?";

    private final DataSource database;

    BudgetTable(DataSource database) {
        this.database = database;
    }

    @Override
    public long take(UUID key, LocalDate day, long limit, long wanted) {
        return Tenancy.platform().call(() -> taken(key, day, limit, wanted));
    }

    private long taken(UUID key, LocalDate day, long limit, long wanted) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var begin = connection.prepareStatement(BEGIN)) {
                begin.setObject(1, key);
                begin.setObject(2, day);
                begin.executeUpdate();
            }
            long granted;
            try (var read = connection.prepareStatement(READ)) {
                read.setObject(1, key);
                read.setObject(2, day);
                try (var row = read.executeQuery()) {
                    row.next();
                    granted = row.getLong(1);
                }
            }
            long got = Math.clamp(limit - granted, 0, wanted);
            add(connection, key, day, got);
            connection.commit();
            return got;
        } catch (SQLException e) {
            throw new IllegalStateException("the budget of key " + key + " can't be read", e);
        }
    }

    @Override
    public void giveBack(UUID key, LocalDate day, long tokens) {
        Tenancy.platform().run(() -> addBack(key, day, tokens));
    }

    private void addBack(UUID key, LocalDate day, long tokens) {
        try (Connection connection = database.getConnection()) {
            add(connection, key, day, -tokens);
        } catch (SQLException e) {
            throw new IllegalStateException("the budget of key " + key + " can't be written", e);
        }
    }

    private static void add(Connection connection, UUID key, LocalDate day, long tokens) throws SQLException {
        try (var add = connection.prepareStatement(ADD)) {
            add.setLong(1, tokens);
            add.setObject(2, key);
            add.setObject(3, day);
            add.executeUpdate();
        }
    }
}
