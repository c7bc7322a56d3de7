package io.baigong.finance.playbook;

import io.baigong.finance.clause.Clause;
import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.fact.Fact;
import io.baigong.finance.fact.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the passages of one contract that a rule speaks of, and those that come nearest to one that is missing. */
final class PassageFinder {
    private static final int MOST_PASSAGES = 5;
    private static final int MOST_NEAREST = 3;
    private static final int SENTENCE = 1_500;

    /** A sentence that shares less with the query is not near. */
    private static final double LEAST_SHARE = 0.1;

    private static final Pattern WORD = Pattern.compile("[\\p{L}&&[^\\p{IsHan}]]{3,}+|\\p{IsHan}{2}");
    private static final Pattern MODAL = Pattern.compile(
            "\\b(?:shall|may|must|will|agrees|hereby|covenants|can)\\b|应当?|可以?|有权|不得|同意", Pattern.CASE_INSENSITIVE);
    private static final Pattern BOTH = Pattern.compile(
            "\\b(?:either|neither|each|both|any|no)\\s(?:of\\sthe\\s)?part(?:y|ies)\\b|\\bthe\\sparties\\b|双方|任何?一方|各方",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> STOP_WORDS = Set.of(
            "the",
            "and",
            "shall",
            "this",
            "that",
            "any",
            "for",
            "with",
            "agreement",
            "party",
            "its",
            "not",
            "may",
            "such",
            "other",
            "under",
            "from",
            "which",
            "are",
            "has",
            "all",
            "each",
            "either",
            "will",
            "than");

    private final ContractDocument document;
    private final List<Clause> clauses;
    private final PlainText plain;
    private final String text;
    private final boolean mostlyHan;
    private final Pattern us;
    private final Pattern them;
    private final List<int[]> sentences = new ArrayList<>();
    private final Map<String, Pattern> phrases = new HashMap<>();

    /** The words of each sentence, once a query has asked for them. */
    private @Nullable List<Set<String>> sentenceWords;

    PassageFinder(ContractDocument document, List<Clause> clauses, List<Fact> facts, Playbook playbook) {
        this.document = document;
        this.clauses = clauses;
        this.plain = PlainText.of(document.text());
        this.text = plain.text();
        this.mostlyHan = 2 * text.codePoints().filter(PassageFinder::isHan).count()
                > text.codePoints().filter(Character::isLetter).count();
        this.us = side(playbook.us(), facts);
        this.them = side(playbook.them(), facts);
        for (int at = 0; at < text.length(); ) {
            int end = Math.max(at + 1, plain.sentenceEnd(at, SENTENCE));
            sentences.add(new int[] {at, end});
            at = end;
        }
    }

    /** The side's terms, and the names of the parties that the contract calls so. */
    private static Pattern side(List<String> terms, List<Fact> facts) {
        var names = new LinkedHashSet<>(terms);
        for (Fact fact : facts) {
            if (fact.value() instanceof Fact.Party party
                    && party.alias() != null
                    && terms.stream().anyMatch(party.alias()::equalsIgnoreCase)) {
                names.add(party.name());
            }
        }
        return names.isEmpty() ? Pattern.compile("(?!)") : phrase(String.join("\u0000", names));
    }

    private static Pattern phrase(String terms) {
        String any = Stream.of(terms.split("\u0000"))
                .map(term -> (term.charAt(0) < 0x2e80 ? "\\b" : "") + Pattern.quote(term))
                .reduce((a, b) -> a + "|" + b)
                .orElseThrow();
        return Pattern.compile(any, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The passages that fit, in document order; at most {@value #MOST_PASSAGES}. */
    List<Finding.Passage> fitting(Rule.Passages wanted) {
        Stream<Finding.Passage> passages = wanted.clause() == null
                ? sentences.stream()
                        .filter(s -> fits(wanted, s[0], s[1]))
                        .map(s -> passage(plain.origin(s[0]), plain.originEnd(s[1]), 1))
                        .filter(p -> !p.quote().isBlank())
                : clauses.stream()
                        .filter(c -> c.type() == wanted.clause() && c.likely())
                        .filter(c -> fits(wanted, sentenceStart(c), sentenceEnd(c)))
                        .map(c -> passage(c.start(), c.end(), c.confidence()));
        return passages.limit(MOST_PASSAGES).toList();
    }

    private int sentenceStart(Clause clause) {
        return plain.sentenceStart(plain.at(clause.start()), SENTENCE / 3);
    }

    private int sentenceEnd(Clause clause) {
        int last = Math.max(plain.at(clause.start()), plain.at(clause.end() - 1));
        return plain.sentenceEnd(last, SENTENCE);
    }

    private boolean fits(Rule.Passages wanted, int from, int to) {
        String sentence = text.substring(from, to);
        return (wanted.words().isEmpty() || wanted.words().stream().anyMatch(words -> holds(sentence, words)))
                && wanted.without().stream().noneMatch(words -> holds(sentence, words))
                && (wanted.by() == null || actsOrUnknown(sentence, wanted.by()));
    }

    private boolean holds(String sentence, String words) {
        return Stream.of(words.split("&"))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .allMatch(word -> phrases.computeIfAbsent(word, PassageFinder::phrase)
                        .matcher(sentence)
                        .find());
    }

    /** Whether the side is the last one named before a modal verb, or none is named there. */
    private boolean actsOrUnknown(String sentence, Rule.Side side) {
        boolean anyActor = false;
        Matcher modal = MODAL.matcher(sentence);
        int from = 0;
        while (modal.find()) {
            String before = sentence.substring(Math.max(from, modal.start() - 160), modal.start());
            from = modal.end();
            int our = last(us, before);
            int their = last(them, before);
            int both = last(BOTH, before);
            int nearest = Math.max(both, Math.max(our, their));
            if (nearest >= 0) {
                anyActor = true;
                if (nearest == both || nearest == (side == Rule.Side.US ? our : their)) {
                    return true;
                }
            }
        }
        return !anyActor;
    }

    /** Where the last match begins; -1 if there is none. A possessive names no actor. */
    private static int last(Pattern pattern, String text) {
        int last = -1;
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (!text.startsWith("'s", matcher.end())) {
                last = matcher.start();
            }
        }
        return last;
    }

    /** What comes nearest: passages of the type below its threshold, then sentences that share words with the rule. */
    List<Finding.Passage> nearest(Rule.Passages wanted, String query) {
        var found = new ArrayList<Finding.Passage>();
        clauses.stream()
                .filter(clause -> clause.type() == wanted.clause())
                .sorted(Comparator.comparingDouble(Clause::confidence).reversed())
                .limit(MOST_NEAREST)
                .forEach(clause -> found.add(passage(clause.start(), clause.end(), clause.confidence())));
        for (Finding.Passage passage : lexical(query)) {
            boolean apart = found.stream().noneMatch(p -> p.start() < passage.end() && passage.start() < p.end());
            if (found.size() < MOST_NEAREST && apart) {
                found.add(passage);
            }
        }
        return found;
    }

    /** Sentences by the share of the query's words that they hold, rare words counting more (inverse document frequency). */
    private List<Finding.Passage> lexical(String query) {
        Set<String> wanted = words(query);
        // The query is in both languages; words of the one that the contract isn't in would only dilute the score.
        wanted.removeIf(word -> isHan(word.codePointAt(0)) != mostlyHan);
        List<Set<String>> held = sentenceWords();
        Map<String, Double> weights = new HashMap<>();
        double total = 0;
        for (String word : wanted) {
            long count = held.stream().filter(words -> words.contains(word)).count();
            double weight = Math.log((1.0 + held.size()) / (1.0 + count)) + 0.1;
            weights.put(word, weight);
            total += weight;
        }
        var scored = new ArrayList<Finding.Passage>();
        for (int i = 0; i < held.size() && total > 0; i++) {
            double score = 0;
            for (String word : wanted) {
                score += held.get(i).contains(word) ? weights.getOrDefault(word, 0.0) : 0;
            }
            int[] sentence = sentences.get(i);
            if (score / total > LEAST_SHARE && sentence[1] - sentence[0] > 20) {
                scored.add(passage(plain.origin(sentence[0]), plain.originEnd(sentence[1]), score / total));
            }
        }
        scored.sort(Comparator.comparingDouble(Finding.Passage::score).reversed());
        return scored.subList(0, Math.min(scored.size(), MOST_NEAREST));
    }

    private List<Set<String>> sentenceWords() {
        List<Set<String>> words = sentenceWords;
        if (words == null) {
            words = sentences.stream()
                    .map(s -> words(text.substring(s[0], s[1])))
                    .toList();
            sentenceWords = words;
        }
        return words;
    }

    private static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            String word = matcher.group();
            if (!STOP_WORDS.contains(word)) {
                words.add(word.length() > 6 ? word.substring(0, 6) : word);
            }
        }
        return words;
    }

    Finding.Passage passage(int start, int end, double score) {
        String source = document.text();
        int from = start;
        while (from < end && Character.isWhitespace(source.charAt(from))) {
            from++;
        }
        return new Finding.Passage(
                from, end, source.substring(from, end), Math.clamp(score, 0, 1), document.regions(from, end));
    }
}
