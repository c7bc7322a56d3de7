package io.baigong.tuning.data;

import io.baigong.tuning.data.Edit.Replacement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Words and phrases that mean the same, by groups. Capitals make no difference. Thread-safe. */
public final class Synonyms {
    /** No words. */
    public static final Synonyms NONE = new Synonyms(List.of());

    private static final int MOST_GROUPS = 1_000_000;
    private static final int LONGEST_LINE = 1 << 16;

    private final Map<String, List<String>> groups = new HashMap<>();
    private int longest;

    /** Groups of terms; a term of several groups stands for those of all. */
    public Synonyms(List<List<String>> all) {
        for (List<String> group : all) {
            for (String term : group) {
                List<String> others = groups.computeIfAbsent(term.toLowerCase(Locale.ROOT), _ -> new ArrayList<>());
                group.stream()
                        .filter(other -> !other.equalsIgnoreCase(term) && !others.contains(other))
                        .forEach(others::add);
                longest = Math.max(longest, term.length());
            }
        }
    }

    /** Reads a file of a group a line, its terms with tabs between them, in UTF-8, gzip or not; a line that begins with # is a remark. */
    public static Synonyms read(Path file) throws IOException {
        var groups = new ArrayList<List<String>>();
        try (var lines = new Lines(file, LONGEST_LINE)) {
            while (lines.next()) {
                String line = lines.tooLong() ? "" : new String(lines.bytes(), StandardCharsets.UTF_8);
                if (line.isBlank() || line.startsWith("#")) {
                    if (lines.tooLong()) {
                        throw new Unusable(
                                file.getFileName() + ":" + lines.number() + " is longer than a group of terms");
                    }
                    continue;
                }
                var terms = new LinkedHashSet<String>();
                for (String term : line.split("\t", -1)) {
                    if (!term.isBlank()) {
                        terms.add(term.strip());
                    }
                }
                if (terms.size() < 2) {
                    throw new Unusable(file.getFileName() + ":" + lines.number()
                            + " has one term; put those that mean the same on a line, with tabs between them");
                }
                groups.add(List.copyOf(terms));
                if (groups.size() > MOST_GROUPS) {
                    throw new Unusable(file.getFileName() + " has more than " + MOST_GROUPS + " groups");
                }
            }
        }
        return new Synonyms(groups);
    }

    /** The longest terms that stand in the text, from its start, each for another with that share. */
    List<Replacement> in(String text, double share, RandomGenerator random) {
        var edits = new ArrayList<Replacement>();
        for (int start = 0; start < text.length(); ) {
            int end = isBoundary(text, start) ? endOfTerm(text, start) : start;
            if (end > start && random.nextDouble() < share) {
                String term = text.substring(start, end);
                List<String> others = Objects.requireNonNull(groups.get(term.toLowerCase(Locale.ROOT)));
                String other = others.get(random.nextInt(others.size()));
                boolean capital = Character.isUpperCase(term.charAt(0));
                edits.add(new Replacement(
                        start,
                        end,
                        capital ? other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1) : other));
            }
            start = Math.max(end, start + 1);
        }
        return edits;
    }

    private int endOfTerm(String text, int start) {
        for (int end = Math.min(text.length(), start + longest); end > start; end--) {
            if (isBoundary(text, end)
                    && groups.containsKey(text.substring(start, end).toLowerCase(Locale.ROOT))) {
                return end;
            }
        }
        return start;
    }

    /** Whether a word may begin or end there: not between two letters or digits, but for Han, which has no spaces. */
    private static boolean isBoundary(String text, int at) {
        return at == 0 || at == text.length() || !isOfWord(text.charAt(at - 1)) || !isOfWord(text.charAt(at));
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) && Character.UnicodeScript.of(c) != Character.UnicodeScript.HAN;
    }
}
