package io.baigong.gateway.key;

import io.baigong.gateway.key.DayBudget.Unit;
import io.baigong.journal.Tenancy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import javax.sql.DataSource;

/** The budgets in {@code gateway_budget}, one for all instances. */
final class BudgetTable implements BudgetStore {
    private static final String BEGIN =
            "insert into gateway_budget (key_id, unit, day, granted) values (?, ?, ?, 0) on conflict do nothing";
    private static final String READ =
            "select granted from gateway_budget where key_id = ? and unit = ? and day = ? for update";
    private static final String ADD =
            "update gateway_budget set granted = granted + ? where key_id = ? and unit = ? and day = ?";

    private final DataSource database;

    BudgetTable(DataSource database) {
        this.database = database;
    }

    @Override
    public long take(UUID key, Unit unit, LocalDate day, long limit, long wanted) {
        return Tenancy.platform().call(() -> taken(key, unit, day, limit, wanted));
    }

    private long taken(UUID key, Unit unit, LocalDate day, long limit, long wanted) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var begin = connection.prepareStatement(BEGIN)) {
                begin.setObject(1, key);
                begin.setString(2, unit.name());
                begin.setObject(3, day);
                begin.executeUpdate();
            }
            long granted;
            try (var read = connection.prepareStatement(READ)) {
                read.setObject(1, key);
                read.setString(2, unit.name());
                read.setObject(3, day);
                try (var row = read.executeQuery()) {
                    row.next();
                    granted = row.getLong(1);
                }
            }
            long got = Math.clamp(limit - granted, 0, wanted);
            add(connection, key, unit, day, got);
            connection.commit();
            return got;
        } catch (SQLException e) {
            throw new IllegalStateException("the budget of key " + key + " can't be read", e);
        }
    }

    @Override
    public void giveBack(UUID key, Unit unit, LocalDate day, long amount) {
        Tenancy.platform().run(() -> addBack(key, unit, day, amount));
    }

    private void addBack(UUID key, Unit unit, LocalDate day, long amount) {
        try (Connection connection = database.getConnection()) {
            add(connection, key, unit, day, -amount);
        } catch (SQLException e) {
            throw new IllegalStateException("the budget of key " + key + " can't be written", e);
        }
    }

    private static void add(Connection connection, UUID key, Unit unit, LocalDate day, long amount)
            throws SQLException {
        try (var add = connection.prepareStatement(ADD)) {
            add.setLong(1, amount);
            add.setObject(2, key);
            add.setString(3, unit.name());
            add.setObject(4, day);
            add.executeUpdate();
        }
    }
}
