package io.baigong.finance.fact;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Periods of time in a text, such as {@code one hundred eighty (180) days}. */
final class Periods {
    /** Longer counts are not periods of a contract, but numbers of something else. */
    private static final int MOST = 3_660;

    private static final Pattern ENGLISH = Pattern.compile(
            "(?:(" + Numerals.ENGLISH + "|\\b[0-9]{1,4}+)\\s?(?:\\(\\s?([0-9]{1,4}+|" + Numerals.ENGLISH + ")\\s?\\))?"
                    + "|\\(([0-9]{1,4}+)\\)|\\ban?\\b(?:\\s(?:additional|further|successive))?)"
                    + "(?:\\s?-\\s?|\\s)?(?:(?:full|consecutive|calendar|contract|additional|successive)\\s)?"
                    + "(business\\s|working\\s)?(day|week|month|quarter|year)s?\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CHINESE = Pattern.compile("([0-9]{1,4}+|" + Numerals.CHINESE
            + ")\\s?(?:\\([^()]{1,8}+\\))?\\s?(?:个\\s?)?(工作日|自然日|日历日|日|天|周|星期|个?月|年)");

    private static final Pattern ANNIVERSARY = Pattern.compile(
            "\\b(" + Numerals.ORDINAL + ")\\s(?:\\([0-9]{1,2}(?:st|nd|rd|th)\\)\\s)?(?:year\\s)?anniversary",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ROLLING =
            Pattern.compile("\\b(year)[ -]to[ -]year|\\b(month)[ -]to[ -]month", Pattern.CASE_INSENSITIVE);

    private Periods() {}

    /** All periods in {@code [from, to)}, in order. */
    static List<Reading<Fact.Span>> in(String text, int from, int to) {
        var periods = new ArrayList<Reading<Fact.Span>>();
        ENGLISH.matcher(text).region(from, to).results().forEach(m -> {
            String count = m.group(3) != null ? m.group(3) : m.group(1) == null ? "one" : m.group(1);
            String unit = m.group(5).toUpperCase(Locale.ROOT);
            Numerals.value(count)
                    .or(() -> Optional.ofNullable(m.group(2)).flatMap(Numerals::value))
                    .map(BigDecimal::intValue)
                    .ifPresent(n -> add(
                            periods,
                            unit.equals("QUARTER") ? 3 * n : n,
                            m.group(4) != null && unit.equals("DAY")
                                    ? "BUSINESS_DAY"
                                    : unit.equals("QUARTER") ? "MONTH" : unit,
                            m.start(),
                            m.end()));
        });
        CHINESE.matcher(text).region(from, to).results().forEach(m -> {
            String unit = m.group(2);
            boolean calendar = unit.equals("月")
                    && text.charAt(m.start(2) - 1) != '个'
                    && m.group().indexOf('个') < 0;
            boolean date = (unit.equals("年") && m.end() < to && Character.isDigit(text.charAt(m.end())))
                    || (unit.equals("日") && m.start() > from && text.charAt(m.start() - 1) == '月');
            if (!calendar && !date) {
                Numerals.value(m.group(1))
                        .map(BigDecimal::intValue)
                        .ifPresent(n -> add(periods, n, chineseUnit(unit), m.start(), m.end()));
            }
        });
        ANNIVERSARY
                .matcher(text)
                .region(from, to)
                .results()
                .forEach(m -> Numerals.ordinal(m.group(1)).ifPresent(n -> add(periods, n, "YEAR", m.start(), m.end())));
        ROLLING.matcher(text)
                .region(from, to)
                .results()
                .forEach(m -> add(periods, 1, m.group(1) != null ? "YEAR" : "MONTH", m.start(), m.end()));
        periods.sort(Comparator.comparingInt(Reading::start));
        return periods;
    }

    private static void add(List<Reading<Fact.Span>> periods, int count, String unit, int start, int end) {
        boolean sensible = count > 0 && count <= (unit.equals("YEAR") ? 999 : MOST);
        if (sensible) {
            periods.add(new Reading<>(new Fact.Span(count, unit, false), start, end));
        }
    }

    private static String chineseUnit(String unit) {
        return switch (unit) {
            case "工作日" -> "BUSINESS_DAY";
            case "周", "星期" -> "WEEK";
            case "月", "个月" -> "MONTH";
            case "年" -> "YEAR";
            default -> "DAY";
        };
    }
}
