package io.baigong.finance.playbook;

import io.baigong.finance.fact.Fact;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Limits as a playbook writes them, and how values of a contract compare with them. */
final class Bounds {
    private static final Pattern PERIOD = Pattern.compile("([0-9]{1,5}) (business day|day|week|month|year)s?");
    private static final Pattern MONEY = Pattern.compile("([A-Z]{3}) ([0-9]{1,15}(?:\\.[0-9]{1,2})?)");
    private static final Pattern FEES = Pattern.compile("([0-9]{1,4}) months of fees");

    private Bounds() {}

    /** Reads {@code 90 days}, {@code USD 1000000} or {@code 12 months of fees}. */
    static Optional<Fact.Value> parse(String text) {
        Matcher fees = FEES.matcher(text);
        if (fees.matches()) {
            return Optional.of(new Fact.Multiple(BigDecimal.ONE, "fees", Integer.parseInt(fees.group(1))));
        }
        Matcher period = PERIOD.matcher(text);
        if (period.matches()) {
            return Optional.of(new Fact.Span(
                    Integer.parseInt(period.group(1)),
                    period.group(2).toUpperCase(Locale.ROOT).replace(' ', '_'),
                    false));
        }
        Matcher money = MONEY.matcher(text);
        return money.matches()
                ? Optional.of(new Fact.Money(new BigDecimal(money.group(2)), money.group(1)))
                : Optional.empty();
    }

    /** Sign of {@code value - bound}; empty where the two can't be compared, as two currencies can't. */
    static OptionalInt compare(Fact.Value value, Fact.Value bound) {
        if (value instanceof Fact.Span a && bound instanceof Fact.Span b) {
            return OptionalInt.of(
                    a.perpetual()
                            ? 1
                            : months(a) > 0 && months(b) > 0 ? months(a) - months(b) : days(a).compareTo(days(b)));
        }
        if (value instanceof Fact.Money a && bound instanceof Fact.Money b) {
            return a.currency().equals(b.currency())
                    ? OptionalInt.of(a.amount().compareTo(b.amount()))
                    : OptionalInt.empty();
        }
        if (value instanceof Fact.Multiple a && bound instanceof Fact.Multiple b) {
            return a.months() == 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(a.factor()
                            .multiply(BigDecimal.valueOf(a.months()))
                            .compareTo(BigDecimal.valueOf(b.months())));
        }
        return OptionalInt.empty();
    }

    /** Whole months; 0 for a period that is not made of them. */
    private static int months(Fact.Span span) {
        return switch (span.unit()) {
            case "MONTH" -> span.count();
            case "YEAR" -> 12 * span.count();
            default -> 0;
        };
    }

    /** Days, with months of 30, so that 3 months equal 90 days. */
    private static BigDecimal days(Fact.Span span) {
        BigDecimal count = BigDecimal.valueOf(span.count());
        return switch (span.unit()) {
            case "BUSINESS_DAY" -> count.multiply(new BigDecimal("1.4"));
            case "WEEK" -> count.multiply(BigDecimal.valueOf(7));
            case "MONTH" -> count.multiply(BigDecimal.valueOf(30));
            case "YEAR" -> count.multiply(BigDecimal.valueOf(365));
            default -> count;
        };
    }
}
