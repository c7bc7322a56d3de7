package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitReaderTest {
    @ParameterizedTest
    @CsvSource({
        "Pay within 30 days., within 30 days, 30, DAY",
        "Reply no later than two weeks on., no later than two weeks, 2, WEEK",
        "Not later than 5 working days after, Not later than 5 working days, 5, BUSINESS_DAY",
        "within 1 calendar month, within 1 calendar month, 1, MONTH",
        "应在10个工作日内付款, 10个工作日内, 10, BUSINESS_DAY",
        "于3年之内, 3年之内, 3, YEAR"
    })
    void readsALimit(String text, String quote, int count, TimeLimits.Unit unit) {
        int start = text.indexOf(quote);

        assertThat(TimeLimitReader.read(text))
                .containsExactly(new TimeLimits.TimeLimit(count, unit, quote, start, start + quote.length()));
    }

    @Test
    void readsAllInTheOrderOfTheText() {
        assertThat(TimeLimitReader.read("3日内；within four weeks"))
                .extracting(TimeLimits.TimeLimit::unit)
                .containsExactly(TimeLimits.Unit.DAY, TimeLimits.Unit.WEEK);
    }

    @ParameterizedTest
    @CsvSource({"thirty days ago", "within reach", "within some days", "2024年1月1日"})
    void findsNoneWhereThereIsNone(String text) {
        assertThat(TimeLimitReader.read(text)).isEmpty();
    }
}
