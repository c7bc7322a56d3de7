package ${package};

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds time limits by their words, in English and Chinese. */
final class TimeLimitReader {
    private static final List<String> NUMBERS = List.of(
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
    private static final Pattern ENGLISH = Pattern.compile(
            "\\b(?:within|no later than|not later than)\\s+(\\d{1,4}|[a-z]{3,6})\\s+"
                    + "(?:calendar\\s+)?((?:business|working)\\s+day|day|week|month|year)s?\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CHINESE = Pattern.compile("(\\d{1,4})\\s*个?(工作日|日|天|周|月|年)(?:之|以)?内");

    private TimeLimitReader() {}

    static List<TimeLimits.TimeLimit> read(String text) {
        var limits = new ArrayList<TimeLimits.TimeLimit>();
        for (Pattern pattern : List.of(ENGLISH, CHINESE)) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                int count = number(matcher.group(1));
                if (count >= 0) {
                    limits.add(new TimeLimits.TimeLimit(
                            count, unit(matcher.group(2)), matcher.group(), matcher.start(), matcher.end()));
                }
            }
        }
        limits.sort(Comparator.comparingInt(TimeLimits.TimeLimit::start));
        return limits;
    }

    /** The number that is meant; -1 if the word is none. */
    private static int number(String word) {
        return Character.isDigit(word.charAt(0))
                ? Integer.parseInt(word)
                : NUMBERS.indexOf(word.toLowerCase(Locale.ROOT));
    }

    private static TimeLimits.Unit unit(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "day", "日", "天" -> TimeLimits.Unit.DAY;
            case "week", "周" -> TimeLimits.Unit.WEEK;
            case "month", "月" -> TimeLimits.Unit.MONTH;
            case "year", "年" -> TimeLimits.Unit.YEAR;
            default -> TimeLimits.Unit.BUSINESS_DAY;
        };
    }
}
