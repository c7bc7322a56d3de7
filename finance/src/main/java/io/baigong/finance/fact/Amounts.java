package io.baigong.finance.fact;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of money in a text. A bare dollar is taken as USD, a bare ¥ as CNY unless the passage speaks of yen. */
final class Amounts {
    private static final String SCALE = "(?:\\s?(thousand|million|billion|bn|mm|m|k|百万|千万|万|亿)(?![a-z]))?";
    private static final Pattern CODE_FIRST = Pattern.compile(
            "(US\\$|U\\.S\\.\\s?\\$|HK\\$|A\\$|AU\\$|C\\$|CA\\$|S\\$|NZ\\$|RMB\\s?¥?|CNY|人民币\\s?¥?|美元|欧元|英镑|港币|日元"
                    + "|\\bUSD\\s?\\$?|\\bGBP\\s?£?|\\bEUR\\s?€?|\\bJPY|\\bCHF|\\bHKD|\\bCAD|\\bAUD|\\bSGD|\\bINR|\\bRs\\.?|[$£€¥])"
                    + "\\s?:?\\s?(" + Numerals.DIGITS + "|" + Numerals.CHINESE + ")" + SCALE,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CODE_LAST = Pattern.compile(
            "(" + Numerals.DIGITS + "|" + Numerals.ENGLISH + "|" + Numerals.CHINESE + ")" + SCALE
                    + "\\s?(?:\\([0-9,.]{1,20}+\\)\\s?)?"
                    + "(US\\sdollars|U\\.S\\.\\sdollars|United\\sStates\\sdollars|Canadian\\sdollars|dollars|USD|pounds(?:\\ssterling)?"
                    + "|GBP|euros?\\b|EUR|yen|JPY|renminbi|RMB|yuan|CNY|元人民币|美元|欧元|英镑|港元|日元|元)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern YEN = Pattern.compile("\\byen\\b|\\bjapanese\\b|日元", Pattern.CASE_INSENSITIVE);

    private Amounts() {}

    /** All amounts in {@code [from, to)}, in order; of two that overlap, the first. */
    static List<Reading<Fact.Money>> in(String text, int from, int to) {
        boolean yen = YEN.matcher(text).region(from, to).find();
        var found = new ArrayList<Reading<Fact.Money>>();
        CODE_FIRST
                .matcher(text)
                .region(from, to)
                .results()
                .forEach(m -> money(yen, m.group(1), m.group(2), m.group(3))
                        .ifPresent(money -> found.add(new Reading<>(money, m.start(), m.end()))));
        CODE_LAST
                .matcher(text)
                .region(from, to)
                .results()
                .forEach(m -> money(yen, m.group(3), m.group(1), m.group(2))
                        .ifPresent(money -> found.add(new Reading<>(money, m.start(), m.end()))));
        found.sort(Comparator.comparingInt(Reading::start));
        var apart = new ArrayList<Reading<Fact.Money>>();
        int end = -1;
        for (Reading<Fact.Money> reading : found) {
            if (reading.start() >= end) {
                apart.add(reading);
                end = reading.end();
            }
        }
        return apart;
    }

    private static Optional<Fact.Money> money(boolean yen, String mark, String number, @Nullable String scale) {
        return Numerals.value(number)
                .filter(n -> n.signum() > 0)
                .map(n -> new Fact.Money(plain(n.multiply(scale(scale))), currency(mark, yen)));
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static BigDecimal scale(@Nullable String word) {
        return BigDecimal.valueOf(
                switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
                    case "thousand", "k" -> 1_000L;
                    case "万" -> 10_000L;
                    case "million", "mm", "m", "百万" -> 1_000_000L;
                    case "千万" -> 10_000_000L;
                    case "亿" -> 100_000_000L;
                    case "billion", "bn" -> 1_000_000_000L;
                    default -> 1L;
                });
    }

    private static String currency(String mark, boolean yen) {
        String upper = mark.toUpperCase(Locale.ROOT).strip();
        if (upper.equals("¥")) {
            return yen ? "JPY" : "CNY";
        }
        return switch (upper) {
            case "HK$", "HKD", "港币", "港元" -> "HKD";
            case "A$", "AU$", "AUD" -> "AUD";
            case "C$", "CA$", "CAD", "CANADIAN DOLLARS" -> "CAD";
            case "S$", "SGD" -> "SGD";
            case "NZ$" -> "NZD";
            case "CHF" -> "CHF";
            case "INR", "RS", "RS." -> "INR";
            case "YEN", "JPY", "日元" -> "JPY";
            default ->
                upper.startsWith("RMB")
                                || upper.startsWith("CNY")
                                || upper.contains("人民币")
                                || upper.equals("元")
                                || upper.equals("YUAN")
                                || upper.equals("RENMINBI")
                        ? "CNY"
                        : upper.contains("£")
                                        || upper.startsWith("GBP")
                                        || upper.startsWith("POUND")
                                        || upper.equals("英镑")
                                ? "GBP"
                                : upper.contains("€") || upper.startsWith("EUR") || upper.equals("欧元") ? "EUR" : "USD";
        };
    }
}
