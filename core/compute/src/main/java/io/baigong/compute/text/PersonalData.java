package io.baigong.compute.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds personal data in a text: by form and, where the number has one, by its check digit. Immutable.
 *
 * <p>Full-width digits and letters, as Chinese input methods write them, count as their narrow ones.
 */
public final class PersonalData {
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_REPEATED = 200;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[ ,·•‧・]+");

    private final List<Rule> rules;
    private final List<Rule> records;
    private final Set<String> names;
    private final Set<String> beginnings = new HashSet<>();
    private final int[] lengths;

    /** What was found. */
    public enum Kind {
        EMAIL,
        /** International bank account number, ISO 13616. */
        IBAN,
        /** Citizen's identity number of China, GB 11643-1999. */
        IDENTITY_CARD,
        /** Payment card number, ISO/IEC 7812-1. */
        BANK_CARD,
        PHONE,
        NAME,
        /** Number by which a record is known, such as a hospital's. */
        RECORD_NUMBER,
        /** A day. */
        DATE
    }

    /** A part {@code [start, end)} of the text, in UTF-16 units. */
    public record Found(Kind kind, int start, int end) {}

    /**
     * A form.
     *
     * @param form what it finds is its first group where it has one, else all of it
     */
    record Rule(Kind kind, Pattern form, Predicate<String> check) {}

    /**
     * Finds these names too, beside what is found by form.
     *
     * <p>Throws {@link IllegalArgumentException} for a name of one letter, which would be found everywhere.
     */
    public PersonalData(Collection<String> names) {
        this(names, false);
    }

    /**
     * As above.
     *
     * @param records whether to find what identifies a person in a record too: names after a label or a title, record numbers, dates
     */
    public PersonalData(Collection<String> names, boolean records) {
        this.records = records ? RecordForms.all() : List.of();
        this.names =
                names.stream().map(String::strip).map(PersonalData::narrow).collect(Collectors.toUnmodifiableSet());
        if (this.names.size() > MOST_NAMES || this.names.stream().anyMatch(name -> name.length() < 2)) {
            throw new IllegalArgumentException(
                    "a list of names to be masked has at most " + MOST_NAMES + " names, each of two letters or more");
        }
        for (String name : this.names) {
            for (int length = 1; length < name.length(); length++) {
                beginnings.add(name.substring(0, length));
            }
        }
        this.lengths = this.names.stream()
                .mapToInt(String::length)
                .distinct()
                .map(length -> -length)
                .sorted()
                .map(length -> -length)
                .toArray();
        var all = new ArrayList<Rule>();
        all.add(rule(
                Kind.EMAIL,
                "[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])",
                found -> true));
        all.add(rule(
                Kind.IBAN,
                "(?<![A-Za-z0-9])[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])",
                PersonalData::isIban));
        all.add(rule(
                Kind.IDENTITY_CARD,
                "(?<!\\d)[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx](?![\\dA-Za-z])",
                PersonalData::isIdentityCard));
        all.add(rule(Kind.BANK_CARD, "(?<!\\d)[2-6](?:[ -]?\\d){12,18}(?!\\d)", PersonalData::isBankCard));
        all.add(rule(
                Kind.PHONE,
                "(?<![\\d.])(?:\\+?86[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}(?!\\d)"
                        + "|(?<!\\d)0\\d{2,3}[ -]\\d{7,8}(?!\\d)"
                        + "|\\+[1-9](?:[ .()-]{0,2}\\d){7,14}(?!\\d)"
                        + "|(?<!\\d)(?:\\(\\d{3}\\) ?|\\d{3}[-.])\\d{3}[-.]\\d{4}(?!\\d)",
                found -> true));
        this.rules = List.copyOf(all);
    }

    private static Rule rule(Kind kind, String form, Predicate<String> check) {
        return new Rule(kind, Pattern.compile(form), check);
    }

    /** What is in the text, in order; no two overlap. */
    public List<Found> in(String text) {
        String narrow = narrow(text);
        var taken = new BitSet();
        var found = new ArrayList<Found>();
        rules.forEach(rule -> rule(rule, narrow, taken, found));
        records.forEach(rule -> rule(rule, narrow, taken, found));
        names(narrow, taken, found);
        again(narrow, taken, found);
        found.sort(Comparator.comparingInt(Found::start));
        return found;
    }

    private static void rule(Rule rule, String text, BitSet taken, List<Found> found) {
        Matcher matcher = rule.form.matcher(text);
        while (matcher.find()) {
            int group = Math.min(matcher.groupCount(), 1);
            take(rule.kind, matcher.start(group), matcher.end(group), rule.check.test(matcher.group()), taken, found);
        }
    }

    private static void take(Kind kind, int start, int end, boolean wanted, BitSet taken, List<Found> found) {
        int next = taken.nextSetBit(start);
        if (wanted && (next < 0 || next >= end)) {
            taken.set(start, end);
            found.add(new Found(kind, start, end));
        }
    }

    /** A name that stood with a label is one where it stands without: whole, by one of its words, or without what may not be of it. */
    private void again(String text, BitSet taken, List<Found> found) {
        if (records.isEmpty()) {
            return;
        }
        var known =
                new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Function.identity()));
        for (Found one : found) {
            if (one.kind == Kind.NAME) {
                String name = text.substring(one.start, one.end);
                known.add(name);
                Arrays.stream(BETWEEN_WORDS.split(name))
                        .filter(word -> word.length() > 2)
                        .forEach(known::add);
                ChineseNames.shorter(name).forEach(known::add);
            }
        }
        // So that a text of nothing but names is read in time.
        for (String name : known.stream().limit(MOST_REPEATED).toList()) {
            for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
                take(Kind.NAME, at, at + name.length(), isWhole(text, at, at + name.length()), taken, found);
            }
        }
    }

    /** Finds names, the longest first at each place, in time that does not grow with how many there are. */
    private void names(String text, BitSet taken, List<Found> found) {
        for (int start = 0; start < text.length(); start++) {
            for (int length : lengths) {
                int end = start + length;
                if (end <= text.length() && names.contains(text.substring(start, end)) && isWhole(text, start, end)) {
                    int next = taken.nextSetBit(start);
                    if (next < 0 || next >= end) {
                        taken.set(start, end);
                        found.add(new Found(Kind.NAME, start, end));
                    }
                    break;
                }
            }
        }
    }

    /** Whether a name in an alphabet stands between letters of none; one in Chinese characters may stand anywhere. */
    private static boolean isWhole(String text, int start, int end) {
        return !goesOn(text, start - 1, start) && !goesOn(text, end, end - 1);
    }

    private static boolean goesOn(String text, int outside, int inside) {
        return outside >= 0
                && outside < text.length()
                && Character.isLetter(text.charAt(outside))
                && Character.isLetter(text.charAt(inside))
                && !Character.isIdeographic(text.charAt(inside));
    }

    /**
     * How many characters at the end of a text may be the beginning of personal data, of which the rest is still to come.
     */
    public int openEnd(String text) {
        String narrow = narrow(text);
        int at = narrow.length();
        while (at > 0 && narrow.length() - at < 80 && continues(narrow, at - 1)) {
            at--;
        }
        int open = narrow.length() - at;
        int longest = lengths.length == 0 ? 0 : Math.min(lengths[0] - 1, narrow.length());
        for (int length = longest; length > open; length--) {
            if (beginnings.contains(narrow.substring(narrow.length() - length))) {
                open = length;
            }
        }
        return open;
    }

    /** Whether a character may stand within a number or an address; a space only between digits. */
    private static boolean continues(String text, int at) {
        char c = text.charAt(at);
        if (c == ' ' || c == '(' || c == ')') {
            return c == '(' || (at > 0 && Character.isDigit(text.charAt(at - 1)));
        }
        return c < 128 && (Character.isLetterOrDigit(c) || "._%+-@".indexOf(c) >= 0);
    }

    /** Full-width forms, U+FF01 to U+FF5E, as ASCII; every other character as it is, so that places stay. */
    public static String narrow(String text) {
        char[] narrow = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '！' && c <= '～') {
                narrow = narrow == null ? text.toCharArray() : narrow;
                narrow[i] = (char) (c - '！' + '!');
            }
        }
        return narrow == null ? text : new String(narrow);
    }

    /** Check character by ISO 7064, MOD 11-2 (GB 11643-1999, appendix A). */
    private static boolean isIdentityCard(String number) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        int check = (12 - sum % 11) % 11;
        return Character.toUpperCase(number.charAt(17)) == (check == 10 ? 'X' : (char) ('0' + check));
    }

    /** Check digit by the Luhn formula (ISO/IEC 7812-1, appendix B). */
    private static boolean isBankCard(String number) {
        int sum = 0;
        boolean twice = false;
        for (int i = number.length() - 1; i >= 0; i--) {
            if (Character.isDigit(number.charAt(i))) {
                int digit = number.charAt(i) - '0';
                int weighed = twice ? 2 * digit : digit;
                sum += weighed > 9 ? weighed - 9 : weighed;
                twice = !twice;
            }
        }
        return sum % 10 == 0;
    }

    /** Check digits by ISO 7064, MOD 97-10 (ISO 13616-1, section 6.1). */
    private static boolean isIban(String spaced) {
        String number = spaced.replace(" ", "");
        if (number.length() < 15 || number.length() > 34) {
            return false;
        }
        var digits = new StringBuilder();
        (number.substring(4) + number.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }
}
