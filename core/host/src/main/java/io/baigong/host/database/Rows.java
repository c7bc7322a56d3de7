package io.baigong.host.database;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks and changes rows, in the caller's transaction. Thread-safe. */
public final class Rows {
    private final AgroalDataSource database;

    public Rows(AgroalDataSource database) {
        this.database = database;
    }

    /** Makes something of a row. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** What is made of each row. */
    public <T> List<T> query(String sql, Reading<T> reading, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                var ask = connection.prepareStatement(sql)) {
            set(ask, values);
            try (var rows = ask.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(reading.of(rows));
                }
                return all;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many rows changed. */
    public long update(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                var change = connection.prepareStatement(sql)) {
            set(change, values);
            return change.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Binds values in their order; null is a text that there is not. */
    public static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                statement.setString(i + 1, null);
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
