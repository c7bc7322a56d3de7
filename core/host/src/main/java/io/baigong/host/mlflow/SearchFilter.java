package io.baigong.host.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What MLflow's clients search by: comparisons joined with {@code AND} (mlflow.org/docs/latest/search-runs). Keys may be quoted with
 * backticks or double quotes; texts are in single or double quotes.
 */
record SearchFilter(List<Comparison> comparisons) {
    SearchFilter {
        comparisons = List.copyOf(comparisons);
    }

    /** What is compared. */
    enum Entity {
        METRIC,
        PARAM,
        TAG,
        ATTRIBUTE
    }

    /** A name of what is compared, such as {@code metrics.loss}. */
    record Key(Entity entity, String name) {}

    /**
     * A comparison.
     *
     * @param operator in upper case: {@code = != < <= > >= LIKE ILIKE IN NOT IN}
     * @param values one, or several behind {@code IN}
     */
    record Comparison(Key key, String operator, List<String> values) {
        Comparison {
            values = List.copyOf(values);
        }

        String value() {
            return values.getFirst();
        }

        /** Whether a text, or none, is what is asked for. */
        boolean holds(Optional<String> found) {
            return found.isPresent()
                    && switch (operator) {
                        case "=" -> found.get().equals(value());
                        case "!=" -> !found.get().equals(value());
                        case "LIKE" -> like(found.get(), value());
                        case "ILIKE" -> like(found.get().toLowerCase(Locale.ROOT), value().toLowerCase(Locale.ROOT));
                        case "IN" -> values.contains(found.get());
                        case "NOT IN" -> !values.contains(found.get());
                        default -> {
                            int order = Double.compare(number(found.get()), number(value()));
                            yield switch (operator) {
                                case "<" -> order < 0;
                                case "<=" -> order <= 0;
                                case ">" -> order > 0;
                                default -> order >= 0;
                            };
                        }
                    };
        }

        /** {@code %} stands for any units, {@code _} for one. It goes back to the last {@code %} only, so it takes no more than both lengths multiplied. */
        private static boolean like(String text, String pattern) {
            int t = 0;
            int p = 0;
            int star = -1;
            int mark = 0;
            while (t < text.length()) {
                char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
                if (p < pattern.length() && wanted == '%') {
                    star = p++;
                    mark = t;
                } else if (p < pattern.length() && (wanted == '_' || wanted == text.charAt(t))) {
                    p++;
                    t++;
                } else if (star >= 0) {
                    p = star + 1;
                    t = ++mark;
                } else {
                    return false;
                }
            }
            return pattern.substring(p).chars().allMatch(rest -> rest == '%');
        }
    }

    /** The number that a text is. */
    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw MlflowException.invalid("'" + text + "' is compared as a number, and is none");
        }
    }

    /** Reads a filter; nothing is an empty one. Throws {@link MlflowException} that says where it can't be read. */
    static SearchFilter of(@Nullable String text) {
        var comparisons = new ArrayList<Comparison>();
        if (text == null || text.isBlank()) {
            return new SearchFilter(comparisons);
        }
        var tokens = new SearchTokens(text);
        do {
            comparisons.add(tokens.comparison());
        } while (tokens.and());
        return new SearchFilter(comparisons);
    }

    /** Whether all comparisons hold of texts by their keys. */
    boolean holds(Function<Key, Optional<String>> texts) {
        return comparisons.stream().allMatch(one -> one.holds(texts.apply(one.key())));
    }

    /**
     * An order, such as {@code metrics.loss DESC}.
     *
     * @param descending whether the largest comes first
     */
    record Order(Key key, boolean descending) {
        static Order of(String text) {
            var tokens = new SearchTokens(text);
            Key key = tokens.key();
            boolean descending = tokens.direction();
            return new Order(key, descending);
        }
    }
}
