package io.baigong.finance.fact;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The caps that a sentence sets on liability, in order: amounts of money, and a multiple of fees. */
final class CapReader {
    private static final Pattern CAP = Pattern.compile(
            "\\b(?:exceed(?:s|ing)?|in\\sexcess\\sof|(?:limited|capped)\\s(?:solely\\s)?(?:to|at)|greater\\sthan|more\\sthan|maximum"
                    + "|limit(?:ed)?\\sof)\\b|不(?:得)?超过|上限|为限",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FEES = Pattern.compile(
            "\\b(?:fees?|amounts?|sums?|payments?|price|charges|compensation|consideration|value|royalties)\\b"
                    + "[^.;]{0,80}?\\b(?:paid|payable|received|due|invoiced|owed|owing|of\\sthe\\s(?:work\\sorder|agreement|contract))\\b"
                    + "|\\b(?:times|twice|double|percent|%\\)?)\\s[^.;]{0,60}?\\b(?:fees|charges|price|royalties|payments)\\b"
                    + "|合同(?:总金额|总价款|总价|总额|金额|价款|费用|额)|(?:服务费|许可费|费用)(?:总额|总金额|金额)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TIMES = Pattern.compile(
            "(" + Numerals.ENGLISH
                    + "|[0-9]{1,3}(?:\\.[0-9]{1,2})?)\\s?(?:\\([0-9.]{1,5}\\s?x?\\)\\s?)?(?:times|x\\b|×|倍)|("
                    + Numerals.CHINESE + ")倍"
                    + "|\\b(twice|double)\\b|([0-9]{1,4}(?:\\.[0-9]{1,2})?)\\s?(?:%|percent)|百分之(" + Numerals.CHINESE
                    + ")",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR = Pattern.compile(
            "\\b(?:previous|preceding|prior|last)\\s(?:contract\\s|calendar\\s)?(?:year|12)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MONEY_IS_INSURANCE =
            Pattern.compile("insurance|per\\soccurrence", Pattern.CASE_INSENSITIVE);

    private CapReader() {}

    static List<Reading<Fact.Value>> in(String text, int from, int to) {
        Matcher cap = CAP.matcher(text).region(from, to);
        if (!cap.find() || MONEY_IS_INSURANCE.matcher(text).region(from, to).find()) {
            return List.of();
        }
        boolean before = text.startsWith("为限", cap.start());
        int start = before ? from : cap.start();
        var caps = new ArrayList<Reading<Fact.Value>>();
        Amounts.in(text, start, to)
                .forEach(amount -> caps.add(new Reading<>(amount.value(), amount.start(), amount.end())));
        multiple(text, start, to).ifPresent(caps::add);
        caps.sort(Comparator.comparingInt(Reading::start));
        return caps;
    }

    private static Optional<Reading<Fact.Value>> multiple(String text, int from, int to) {
        Matcher fees = FEES.matcher(text).region(from, to);
        if (!fees.find()) {
            return Optional.empty();
        }
        int months = Periods.in(text, from, to).stream()
                .mapToInt(period -> months(period.value()))
                .filter(n -> n > 0)
                .findFirst()
                .orElseGet(() -> YEAR.matcher(text).region(from, to).find() ? 12 : 0);
        BigDecimal factor = BigDecimal.ONE;
        int start = fees.start();
        int end = fees.end();
        Matcher times = TIMES.matcher(text).region(from, to);
        if (times.find()) {
            factor = factor(times);
            start = Math.min(start, times.start());
            end = Math.max(end, times.end());
        }
        end = Periods.in(text, from, to).stream()
                .filter(period -> months(period.value()) > 0)
                .mapToInt(Reading::end)
                .findFirst()
                .orElse(end);
        return factor.signum() > 0
                ? Optional.of(new Reading<>(
                        new Fact.Multiple(factor, basis(fees.group()), months), start, Math.max(end, fees.end())))
                : Optional.empty();
    }

    /** What the fees are called: the last of the words that stand for money. */
    private static String basis(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.charAt(0) > 0x2e80
                ? words
                : Stream.of("fees", "charges", "price", "royalties", "payments", "compensation", "consideration")
                        .filter(lower::contains)
                        .findFirst()
                        .orElse(lower.contains("fee") ? "fees" : "amounts paid");
    }

    private static BigDecimal factor(Matcher times) {
        if (times.group(3) != null) {
            return BigDecimal.TWO;
        }
        String percent = times.group(4) != null ? times.group(4) : times.group(5);
        return percent != null
                ? Numerals.value(percent)
                        .orElse(BigDecimal.ZERO)
                        .movePointLeft(2)
                        .stripTrailingZeros()
                : Numerals.value(times.group(1) != null ? times.group(1) : times.group(2))
                        .orElse(BigDecimal.ZERO);
    }

    private static int months(Fact.Span span) {
        return switch (span.unit()) {
            case "MONTH" -> span.count();
            case "YEAR" -> 12 * span.count();
            default -> 0;
        };
    }
}
