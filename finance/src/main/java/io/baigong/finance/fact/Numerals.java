package io.baigong.finance.fact;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as contracts write them: digits, English words, Chinese numerals (everyday and financial forms). */
final class Numerals {
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("thirteen", 13),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("sixteen", 16),
            Map.entry("seventeen", 17),
            Map.entry("eighteen", 18),
            Map.entry("nineteen", 19),
            Map.entry("twenty", 20),
            Map.entry("thirty", 30),
            Map.entry("forty", 40),
            Map.entry("fourty", 40),
            Map.entry("fifty", 50),
            Map.entry("sixty", 60),
            Map.entry("seventy", 70),
            Map.entry("eighty", 80),
            Map.entry("ninety", 90));

    private static final Map<String, Integer> ORDINALS = Map.ofEntries(
            Map.entry("first", 1),
            Map.entry("second", 2),
            Map.entry("third", 3),
            Map.entry("fourth", 4),
            Map.entry("fifth", 5),
            Map.entry("sixth", 6),
            Map.entry("seventh", 7),
            Map.entry("eighth", 8),
            Map.entry("ninth", 9),
            Map.entry("tenth", 10),
            Map.entry("eleventh", 11),
            Map.entry("twelfth", 12),
            Map.entry("fifteenth", 15),
            Map.entry("twentieth", 20),
            Map.entry("thirtieth", 30));

    /** A number in English words, such as {@code one hundred and eighty}. */
    static final String ENGLISH = "(?:" + word() + ")(?:[ -](?:and )?(?:" + word() + ")){0,11}+";

    /** A number in digits, such as {@code 1,200,000.50}. */
    static final String DIGITS = "(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}+|[0-9]{1,15}+)(?:\\.[0-9]{1,4}+)?+";

    /** A number in Chinese numerals. */
    static final String CHINESE = "[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億]{1,16}+";

    static final String ORDINAL = "(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
            + "|fifteenth|twentieth|thirtieth|[0-9]{1,2}(?:st|nd|rd|th))";

    private static final Pattern DIGITS_ONLY = Pattern.compile(DIGITS);

    private Numerals() {}

    private static String word() {
        return "\\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
                + "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety"
                + "|hundred|thousand|million|billion)\\b";
    }

    /** The number that {@code words} spell, in any of the three ways; empty if they spell none. */
    static Optional<BigDecimal> value(String words) {
        String text = words.strip().toLowerCase(Locale.ROOT);
        if (DIGITS_ONLY.matcher(text).matches()) {
            return Optional.of(new BigDecimal(text.replace(",", "")));
        }
        return text.isEmpty() ? Optional.empty() : text.charAt(0) < 128 ? english(text) : chinese(text);
    }

    /** The number of {@code second} or {@code 2nd}. */
    static Optional<Integer> ordinal(String word) {
        String text = word.toLowerCase(Locale.ROOT);
        Integer named = ORDINALS.get(text);
        return named != null
                ? Optional.of(named)
                : Character.isDigit(text.charAt(0))
                        ? Optional.of(Integer.parseInt(text.replaceAll("[a-z]", "")))
                        : Optional.empty();
    }

    private static Optional<BigDecimal> english(String text) {
        long total = 0;
        long group = 0;
        boolean any = false;
        for (String word : text.split("[ -]+", -1)) {
            Integer unit = WORDS.get(word);
            if (unit != null) {
                group += unit;
                any = true;
            } else if (word.equals("hundred")) {
                group = Math.max(1, group) * 100;
                any = true;
            } else if (word.equals("thousand") || word.equals("million") || word.equals("billion")) {
                long scale = word.equals("thousand") ? 1_000 : word.equals("million") ? 1_000_000 : 1_000_000_000;
                total += Math.max(1, group) * scale;
                group = 0;
                any = true;
            } else if (!word.equals("and")) {
                return Optional.empty();
            }
        }
        return any ? Optional.of(BigDecimal.valueOf(total + group)) : Optional.empty();
    }

    private static Optional<BigDecimal> chinese(String text) {
        if (text.chars().allMatch(c -> digit((char) c) >= 0) && text.length() > 1) {
            return Optional.of(new BigDecimal(text.chars()
                    .map(c -> '0' + digit((char) c))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()));
        }
        long total = 0;
        long section = 0;
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = digit(c);
            if (digit >= 0) {
                number = digit;
                continue;
            }
            long scale = scale(c);
            if (scale == 0) {
                return Optional.empty();
            }
            if (scale >= 10_000) {
                total = (total + section + number) * scale;
                section = 0;
            } else {
                section += Math.max(1, number) * scale;
            }
            number = 0;
        }
        return Optional.of(BigDecimal.valueOf(total + section + number));
    }

    private static int digit(char c) {
        int everyday = "零一二三四五六七八九".indexOf(c);
        int financial = "〇壹贰叁肆伍陆柒捌玖".indexOf(c);
        return c == '两' ? 2 : Math.max(everyday, financial);
    }

    private static long scale(char c) {
        return switch (c) {
            case '十', '拾' -> 10;
            case '百', '佰' -> 100;
            case '千', '仟' -> 1_000;
            case '万', '萬' -> 10_000;
            case '亿', '億' -> 100_000_000;
            default -> 0;
        };
    }
}
