package io.baigong.finance.fact;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Calendar days in a text. {@code 03/04/2020} is read as an American does, as March 4, unless that is no day. */
final class Dates {
    private static final String MONTH = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
            + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?";
    private static final String DAY = "([0-9]{1,2})\\s?(?:st|nd|rd|th)?";
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private static final Pattern MONTH_FIRST = pattern("\\b" + MONTH + "\\s?" + DAY + "\\s?,?\\s?([12][0-9]{3})\\b");
    private static final Pattern DAY_FIRST = pattern("\\b" + DAY + "\\s?(?:day\\s)?(?:of\\s)?(?:the\\smonth\\sof\\s)?"
            + MONTH + "\\s?,?\\s?(?:in\\sthe\\syear\\s)?([12][0-9]{3})\\b");
    private static final Pattern ISO = pattern("\\b([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\\b");
    private static final Pattern SLASHES = pattern("\\b([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([12][0-9]{3})\\b");
    private static final Pattern CHINESE =
            pattern("([12][0-9]{3}|[〇零一二三四五六七八九]{4})\\s?年\\s?([0-9]{1,2}|[一二三四五六七八九十]{1,2})\\s?月\\s?"
                    + "([0-9]{1,2}|[一二三四五六七八九十]{1,3})\\s?[日号]");

    private Dates() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /** All days in {@code [from, to)}, in order. */
    static List<Reading<LocalDate>> in(String text, int from, int to) {
        var days = new ArrayList<Reading<LocalDate>>();
        read(text, from, to, MONTH_FIRST, days, m -> day(number(m.group(3)), month(m.group(1)), number(m.group(2))));
        read(text, from, to, DAY_FIRST, days, m -> day(number(m.group(3)), month(m.group(2)), number(m.group(1))));
        read(text, from, to, ISO, days, m -> day(number(m.group(1)), number(m.group(2)), number(m.group(3))));
        read(text, from, to, CHINESE, days, m -> day(number(m.group(1)), number(m.group(2)), number(m.group(3))));
        read(text, from, to, SLASHES, days, m -> {
            int first = number(m.group(1));
            int second = number(m.group(2));
            return first <= 12 ? day(number(m.group(3)), first, second) : day(number(m.group(3)), second, first);
        });
        days.sort(Comparator.comparingInt(Reading::start));
        return days;
    }

    private interface Reader {
        Optional<LocalDate> read(MatchResult match);
    }

    private static void read(
            String text, int from, int to, Pattern pattern, List<Reading<LocalDate>> days, Reader reader) {
        pattern.matcher(text)
                .region(from, to)
                .results()
                .forEach(match ->
                        reader.read(match).ifPresent(day -> days.add(new Reading<>(day, match.start(), match.end()))));
    }

    private static Optional<LocalDate> day(int year, int month, int day) {
        try {
            return year < 1900 || year > 2200 ? Optional.empty() : Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int month(String name) {
        return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) / 3 + 1;
    }

    private static int number(String digits) {
        return Numerals.value(digits).orElse(BigDecimal.ZERO).intValue();
    }
}
