package io.baigong.host.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.host.mlflow.SearchFilter.Comparison;
import io.baigong.host.mlflow.SearchFilter.Entity;
import io.baigong.host.mlflow.SearchFilter.Order;
import io.baigong.host.mlflow.SearchSql.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchFilterTest {
    private static final SearchSql SQL = new SearchSql(
            Map.of("status", new Column("r.status", false), "start_time", new Column("r.started_at", true)),
            "(tag ?)",
            "(param ?)",
            "(metric ?)");

    private static Comparison one(String filter) {
        return SearchFilter.of(filter).comparisons().getFirst();
    }

    /** The examples of mlflow.org/docs/latest/search-runs. */
    @Test
    void comparisonsAreReadAsMlflowWritesThem() {
        assertThat(SearchFilter.of("metrics.rmse < 1 and params.model = 'LogisticRegression'")
                        .comparisons())
                .containsExactly(
                        new Comparison(new SearchFilter.Key(Entity.METRIC, "rmse"), "<", List.of("1")),
                        new Comparison(
                                new SearchFilter.Key(Entity.PARAM, "model"), "=", List.of("LogisticRegression")));
        assertThat(one("tags.`mlflow.parentRunId` = \"a b\""))
                .isEqualTo(new Comparison(new SearchFilter.Key(Entity.TAG, "mlflow.parentRunId"), "=", List.of("a b")));
        assertThat(one("tags.mlflow.source.name ILIKE '%py'"))
                .isEqualTo(new Comparison(
                        new SearchFilter.Key(Entity.TAG, "mlflow.source.name"), "ILIKE", List.of("%py")));
        assertThat(one("attributes.run_id NOT IN ('a', 'b')"))
                .isEqualTo(
                        new Comparison(new SearchFilter.Key(Entity.ATTRIBUTE, "run_id"), "NOT IN", List.of("a", "b")));
        assertThat(one("metrics.\"f1 score\" >= -.5e-3").value()).isEqualTo("-.5e-3");
        assertThat(one("name='it\\'s'").value()).isEqualTo("it's");
        assertThat(SearchFilter.of(" ").comparisons()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics.x",
                "metrics.x <",
                "metrics.x < y",
                "metrics.x < 1 or metrics.y < 2",
                "metrics.x < 1 metrics.y < 2",
                "x.y = 1",
                "params.a = 'b",
                "params.a IN 'b'",
                "params.a IN ('b'",
                "a = 1; drop table mlflow_run",
                "'a' = 'a'",
                "= 1",
                "params.a = '' -- "
            })
    void whatCantBeReadIsSaidToBe(String filter) {
        assertThatThrownBy(() -> SearchFilter.of(filter)).isInstanceOf(MlflowException.class);
    }

    @Test
    void filtersAreBounded() {
        assertThatThrownBy(() -> SearchFilter.of("a = '" + "x".repeat(10_000) + "'"))
                .hasMessageContaining("at most 6000 characters");
        assertThatThrownBy(() -> SearchFilter.of("a=1 and ".repeat(200) + "a=1"))
                .hasMessageContaining("comparisons");
    }

    @ParameterizedTest
    @CsvSource({
        "a = 'x', x, true",
        "a = 'x', y, false",
        "a != 'x', y, true",
        "a LIKE 'x%', xyz, true",
        "a LIKE 'x_', xyz, false",
        "a LIKE '.*', xyz, false",
        "a LIKE '%', '', true",
        "a LIKE '%y%', xyz, true",
        "a LIKE '%x', xyz, false",
        "a LIKE '__z%', xyz, true",
        "a LIKE 'x%y%z%', xxyyzz, true",
        "a LIKE 'X%', xyz, false",
        "a ILIKE 'X%', xyz, true",
        "a > 2, 10, true",
        "a <= 2, 10, false"
    })
    void textsAreCompared(String filter, String text, boolean holds) {
        assertThat(SearchFilter.of(filter).holds(key -> Optional.of(text))).isEqualTo(holds);
        assertThat(SearchFilter.of(filter).holds(key -> Optional.empty())).isFalse();
    }

    /** A pattern for which a regular expression would go through all ways to place its parts. */
    @Test
    void patternsTakeNoMoreThanBothLengthsMultiplied() {
        String pattern = "%a".repeat(60) + "%b";
        assertThat(SearchFilter.of("x LIKE '" + pattern + "'").holds(key -> Optional.of("a".repeat(8_000))))
                .isFalse();
        assertThat(SearchFilter.of("x LIKE '" + pattern + "'").holds(key -> Optional.of("a".repeat(8_000) + "b")))
                .isTrue();
    }

    @Test
    void namesAndValuesAreParametersOfTheStatement() {
        var part = SQL.where(SearchFilter.of("metrics.`a' or 1=1` < 2 AND status IN ('x', 'y') AND params.p LIKE '%'"));

        assertThat(part.sql()).isEqualTo(" and (metric ?) < ? and r.status IN (?, ?) and (param ?) LIKE ?");
        assertThat(part.values()).containsExactly("a' or 1=1", 2.0, "x", "y", "p", "%");
        assertThatThrownBy(() -> SQL.where(SearchFilter.of("r.id = 'x'"))).isInstanceOf(MlflowException.class);
        assertThatThrownBy(() -> SQL.where(SearchFilter.of("password = 'x'")))
                .hasMessageContaining("[start_time, status]");
        assertThatThrownBy(() -> SQL.where(SearchFilter.of("status < 'x'"))).hasMessageContaining("compares numbers");
        assertThatThrownBy(() -> SQL.where(SearchFilter.of("start_time = 'x'"))).hasMessageContaining("is none");
    }

    @Test
    void ordersAreReadToo() {
        assertThat(Order.of("metrics.`a b` DESC"))
                .isEqualTo(new Order(new SearchFilter.Key(Entity.METRIC, "a b"), true));
        var part = SQL.order(List.of("metrics.x DESC", "attributes.start_time"), "r.id");
        assertThat(part.sql()).isEqualTo(" order by (metric ?) desc nulls last, r.started_at asc nulls last, r.id");
        assertThatThrownBy(() -> Order.of("start_time; drop")).isInstanceOf(MlflowException.class);
    }
}
