package io.baigong.medical.coding;

import io.baigong.medical.code.Code;
import io.baigong.medical.code.CodeList;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Common diagnoses by their Chinese names and by the abbreviations that Chinese notes use, written for this suite. Found where they stand
 * in a note, the longest first.
 */
final class ChineseNames {
    private static final String FILE = "/icd10cm/names-zh.tsv";
    private static final int SHORTEST = 2;

    /** Latin letters and digits that stand by themselves. */
    private static final Pattern ABBREVIATION = Pattern.compile("(?<![A-Za-z0-9])[A-Z][A-Za-z0-9]+(?![A-Za-z0-9])");

    private final Map<String, String> byName = new HashMap<>();
    private final Map<Character, List<Name>> byFirst = new HashMap<>();
    private final List<Code> codes;

    private record Name(String words, String code) {}

    /** A name in a note, {@code [start, end)} in UTF-16 units. */
    record Found(String code, int start, int end) {}

    private ChineseNames(List<Code> codes) {
        this.codes = List.copyOf(codes);
        for (Code code : codes) {
            var words = new ArrayList<>(code.synonyms());
            words.add(code.title());
            for (String name : words) {
                byName.putIfAbsent(name, code.code());
                if (name.length() >= SHORTEST) {
                    byFirst.computeIfAbsent(name.charAt(0), k -> new ArrayList<>())
                            .add(new Name(name, code.code()));
                }
            }
        }
        byFirst.values()
                .forEach(names -> names.sort(Comparator.comparingInt((Name n) -> n.words.length())
                        .reversed()
                        .thenComparing(Name::words)));
    }

    static ChineseNames shipped() {
        return Shipped.NAMES;
    }

    private static final class Shipped {
        static final ChineseNames NAMES = load();

        private static ChineseNames load() {
            try (InputStream in = ChineseNames.class.getResourceAsStream(FILE)) {
                if (in == null) {
                    throw new LinkageError(FILE + " is not on the class path");
                }
                return new ChineseNames(CodeList.read(in.readAllBytes(), FILE));
            } catch (IOException e) {
                throw new LinkageError(FILE + " can't be read", e);
            }
        }
    }

    List<Code> codes() {
        return codes;
    }

    List<Found> in(String text) {
        var found = new ArrayList<Found>();
        int at = 0;
        while (at < text.length()) {
            int next = at + 1;
            for (Name name : byFirst.getOrDefault(text.charAt(at), List.of())) {
                if (text.startsWith(name.words, at)) {
                    next = at + name.words.length();
                    found.add(new Found(name.code, at, next));
                    break;
                }
            }
            at = next;
        }
        Map<String, List<String>> expansions =
                Abbreviations.shipped().ofChinese(text).expansions();
        if (!expansions.isEmpty()) {
            Matcher matcher = ABBREVIATION.matcher(text);
            while (matcher.find()) {
                for (String name : expansions.getOrDefault(matcher.group(), List.of())) {
                    code(name).ifPresent(code -> found.add(new Found(code, matcher.start(), matcher.end())));
                }
            }
            found.sort(Comparator.comparingInt(Found::start));
        }
        return found;
    }

    /** The code of a name. */
    Optional<String> code(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
