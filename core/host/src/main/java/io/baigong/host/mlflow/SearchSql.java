package io.baigong.host.mlflow;

import io.baigong.host.mlflow.SearchFilter.Comparison;
import io.baigong.host.mlflow.SearchFilter.Entity;
import io.baigong.host.mlflow.SearchFilter.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes searches as SQL. Names and values of callers are parameters always; text of the statement comes from here alone.
 *
 * @param attributes expressions by name
 * @param tag expression with a parameter for the key
 * @param param the same, where there are parameters
 * @param metric the same, where there are metrics
 */
record SearchSql(
        Map<String, Column> attributes,
        String tag,
        @Nullable String param,
        @Nullable String metric) {
    private static final int MOST_ORDERS = 10;

    /** An expression, and whether it is a number. */
    record Column(String sql, boolean number) {}

    /** A part of a statement with its parameters. */
    record Part(String sql, List<Object> values) {}

    private record Operand(Column column, List<Object> values) {}

    private Operand operand(SearchFilter.Key key) {
        if (key.entity() == Entity.ATTRIBUTE) {
            Column column = attributes.get(key.name());
            if (column == null) {
                throw MlflowException.invalid(
                        "there is no attribute '" + key.name() + "'; there are " + new TreeSet<>(attributes.keySet()));
            }
            return new Operand(column, List.of());
        }
        String sql = switch (key.entity()) {
            case METRIC -> metric;
            case PARAM -> param;
            case TAG, ATTRIBUTE -> tag;
        };
        if (sql == null) {
            throw MlflowException.invalid("these have no " + key.entity() + "S to search by");
        }
        return new Operand(new Column(sql, key.entity() == Entity.METRIC), List.of(key.name()));
    }

    /** {@code  and …} for each comparison. */
    Part where(SearchFilter filter) {
        var sql = new StringBuilder();
        var values = new ArrayList<Object>();
        for (Comparison comparison : filter.comparisons()) {
            Operand operand = operand(comparison.key());
            values.addAll(operand.values());
            sql.append(" and ")
                    .append(operand.column().sql())
                    .append(' ')
                    .append(operator(comparison, operand.column()));
            if (comparison.operator().endsWith("IN")) {
                sql.append(" (")
                        .append("?, ".repeat(comparison.values().size() - 1))
                        .append("?)");
            } else {
                sql.append(" ?");
            }
            for (String value : comparison.values()) {
                values.add(operand.column().number() ? (Object) SearchFilter.number(value) : value);
            }
        }
        return new Part(sql.toString(), values);
    }

    private static String operator(Comparison comparison, Column column) {
        return switch (comparison.operator()) {
            case "=", "!=", "IN", "NOT IN" -> comparison.operator();
            case "LIKE", "ILIKE" -> {
                if (column.number()) {
                    throw MlflowException.invalid(comparison.operator() + " compares texts, not numbers");
                }
                yield comparison.operator();
            }
            case "<", "<=", ">", ">=" -> {
                if (!column.number()) {
                    throw MlflowException.invalid(comparison.operator() + " compares numbers, not texts");
                }
                yield comparison.operator();
            }
            default -> throw new IllegalStateException("no operator of filters: " + comparison.operator());
        };
    }

    /** {@code  order by …}; rows without a value come last. */
    Part order(List<String> orders, String otherwise) {
        if (orders.size() > MOST_ORDERS) {
            throw MlflowException.invalid("an order has at most " + MOST_ORDERS + " keys");
        }
        var sql = new StringBuilder(" order by ");
        var values = new ArrayList<Object>();
        for (String text : orders) {
            Order order = Order.of(text);
            Operand operand = operand(order.key());
            values.addAll(operand.values());
            sql.append(operand.column().sql())
                    .append(order.descending() ? " desc" : " asc")
                    .append(" nulls last, ");
        }
        return new Part(sql.append(otherwise).toString(), values);
    }
}
