package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the words of a note say in the words of ICD-10-CM: organs by their adjectives, synonyms, Spanish for English, abbreviations.
 * Immutable.
 *
 * <p>The lists were written for this suite. A word keeps its own reading beside those of the list.
 */
final class Readings {
    static final String WORDS = "/icd10cm/words.tsv";

    private final Map<String, List<Reading>> byFirst;
    private final Abbreviations abbreviations;

    /** Stems that are read as others where they stand beside each other. */
    private record Reading(List<String> written, List<String> read) {}

    private Readings(Map<String, List<Reading>> byFirst, Abbreviations abbreviations) {
        this.byFirst = byFirst;
        this.abbreviations = abbreviations;
    }

    /** Those that ship. */
    static Readings shipped() {
        return Shipped.READINGS;
    }

    private static final class Shipped {
        static final Readings READINGS = load();

        private static Readings load() {
            var byFirst = new HashMap<String, List<Reading>>();
            for (String[] cells : table(WORDS)) {
                List<String> written = stems(cells[0]);
                var read = new LinkedHashSet<String>();
                for (int i = 1; i < cells.length; i++) {
                    read.addAll(PhraseBook.roots(Sentence.of(cells[i])));
                }
                if (written.size() == 1) {
                    read.removeAll(written);
                }
                if (!read.isEmpty()) {
                    byFirst.computeIfAbsent(written.getFirst(), k -> new ArrayList<>())
                            .add(new Reading(written, List.copyOf(read)));
                }
            }
            byFirst.values()
                    .forEach(list -> list.sort(Comparator.comparingInt(
                            (Reading reading) -> -reading.written().size())));
            return new Readings(byFirst, Abbreviations.shipped());
        }
    }

    /** The rows of a list that ships, without its comments. */
    static List<String[]> table(String resource) {
        try (InputStream in = Readings.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new LinkageError(resource + " is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new LinkageError(resource + " can't be read", e);
        }
    }

    private static List<String> stems(String words) {
        return Sentence.of(words).stream()
                .flatMap(s -> s.words().stream())
                .map(Sentence.Word::root)
                .toList();
    }

    /**
     * A note's sentences with all that their words can be read as.
     *
     * @param language {@code es} or {@code en}
     */
    List<Line> lines(String text, List<Sentence> note, String language) {
        Abbreviations.Of own = abbreviations.of(text, note, language);
        return note.stream().map(sentence -> line(text, sentence, own)).toList();
    }

    private Line line(String text, Sentence sentence, Abbreviations.Of own) {
        List<Sentence.Word> words = sentence.words();
        var tokens = new ArrayList<Line.Token>(words.size() * 2);
        for (int at = 0; at < words.size(); at++) {
            Sentence.Word word = words.get(at);
            tokens.add(new Line.Token(word.root(), at, at));
            Set<String> seen = new HashSet<>();
            read(words, at, tokens, seen);
            for (String expansion : own.expansions(text, word)) {
                List<Sentence.Word> expanded = Sentence.of(expansion).stream()
                        .flatMap(s -> s.words().stream())
                        .toList();
                for (int i = 0; i < expanded.size(); i++) {
                    add(expanded.get(i).root(), at, at, tokens, seen);
                    for (Reading reading : readings(expanded, i)) {
                        for (String stem : reading.read) {
                            add(stem, at, at, tokens, seen);
                        }
                    }
                }
            }
        }
        return new Line(sentence, tokens);
    }

    private void read(List<Sentence.Word> words, int at, List<Line.Token> tokens, Set<String> seen) {
        for (Reading reading : readings(words, at)) {
            for (String stem : reading.read) {
                add(stem, at, at + reading.written.size() - 1, tokens, seen);
            }
        }
    }

    private static void add(String stem, int from, int to, List<Line.Token> tokens, Set<String> seen) {
        if (seen.add(stem)) {
            tokens.add(new Line.Token(stem, from, to));
        }
    }

    private List<Reading> readings(List<Sentence.Word> words, int at) {
        List<Reading> found = new ArrayList<>();
        for (Reading reading : byFirst.getOrDefault(words.get(at).root(), List.of())) {
            if (at + reading.written.size() <= words.size()) {
                boolean all = true;
                for (int i = 0; i < reading.written.size() && all; i++) {
                    all = words.get(at + i).root().equals(reading.written.get(i));
                }
                if (all) {
                    found.add(reading);
                }
            }
        }
        return found;
    }
}
