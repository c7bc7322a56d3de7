package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Assertion;
import io.baigong.medical.note.Context;
import io.baigong.medical.note.Sentence;
import io.baigong.medical.text.NgramIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the codes that a note may have among all codes of a table, and describes each by numbers. */
final class CodeCandidates {
    private static final int MOST_TITLES = 60;
    private static final int MOST_SECOND = 60;

    private final CodeMemory memory;

    CodeCandidates(CodeMemory memory) {
        this.memory = memory;
    }

    /**
     * A note in one language, or in two.
     *
     * @param spanish empty where there is none
     * @param english empty where there is none
     */
    record Note(String spanish, String english) {}

    /** What was found for one code. */
    private static final class Gathered {
        final List<PhraseBook.Match> quoted = new ArrayList<>();
        final List<PhraseBook.Match> partly = new ArrayList<>();
        final List<PhraseBook.Match> mined = new ArrayList<>();
        final List<PhraseBook.Match> titles = new ArrayList<>();
        int titleRank = 100;
    }

    List<CodeCandidate> of(Note note) {
        List<Sentence> spanish = Sentence.of(note.spanish());
        List<Sentence> english = Sentence.of(note.english());
        var gathered = new TreeMap<String, Gathered>();
        List<PhraseBook.Match> quoted = memory.spanish().matches(spanish);
        for (PhraseBook.Match match : quoted) {
            boolean whole = match.share() > 0.999f && match.slack() <= 3;
            for (String code : memory.spanish().usage(match.phrase()).codes().keySet()) {
                Gathered of = gathered.computeIfAbsent(code, k -> new Gathered());
                (whole ? of.quoted : of.partly).add(match);
            }
        }
        for (PhraseBook.Match match : memory.english().matches(english)) {
            if (match.slack() <= Lexicon.TIGHT) {
                for (String code : memory.english().usage(match.phrase()).codes().keySet()) {
                    gathered.computeIfAbsent(code, k -> new Gathered()).mined.add(match);
                }
            }
        }
        titles(english, gathered);
        var categories = new HashMap<String, Integer>();
        gathered.keySet().forEach(code -> categories.merge(category(code), 1, Integer::sum));
        int words = Math.max(spanish.stream().mapToInt(s -> s.words().size()).sum(),
                english.stream().mapToInt(s -> s.words().size()).sum());
        int languages = (spanish.isEmpty() ? 0 : 1) + (english.isEmpty() ? 0 : 2);
        var candidates = new ArrayList<CodeCandidate>();
        gathered.forEach((code, found) -> candidates.add(
                candidate(code, found, note, spanish, english, quoted, categories.get(category(code)), words, languages)));
        rivals(candidates);
        return candidates;
    }

    private void titles(List<Sentence> english, Map<String, Gathered> gathered) {
        var best = new HashMap<String, PhraseBook.Match>();
        var all = new HashMap<String, List<PhraseBook.Match>>();
        for (PhraseBook.Match match : memory.titles().matches(english)) {
            String code = memory.titles().code(match.phrase());
            all.computeIfAbsent(code, k -> new ArrayList<>()).add(match);
            best.merge(code, match, (a, b) -> strength(b) > strength(a) ? b : a);
        }
        List<Map.Entry<String, PhraseBook.Match>> order = best.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, PhraseBook.Match>>comparingDouble(e -> -strength(e.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
        for (int i = 0; i < order.size(); i++) {
            String code = order.get(i).getKey();
            if (i < MOST_TITLES || gathered.containsKey(code)) {
                Gathered of = gathered.computeIfAbsent(code, k -> new Gathered());
                of.titleRank = i;
                of.titles.addAll(all.getOrDefault(code, List.of()));
            }
        }
    }

    private static double strength(PhraseBook.Match match) {
        return match.share() * match.share() * Math.sqrt(match.weight()) - 0.15 * Math.min(10, match.slack())
                + (match.share() > 0.999f ? 1 : 0);
    }

    private static String category(String code) {
        return code.length() > 3 ? code.substring(0, 3) : code;
    }

    private CodeCandidate candidate(
            String code,
            Gathered found,
            Note note,
            List<Sentence> spanish,
            List<Sentence> english,
            List<PhraseBook.Match> allQuoted,
            int inCategory,
            int words,
            int languages) {
        float[] f = new float[CodeCandidate.FEATURES.size()];
        Arrays.fill(f, Float.NaN);
        CodeCandidate.@Nullable Found evidence = null;
        int k = 0;
        if (!spanish.isEmpty()) {
            PhraseBook.@Nullable Match best = null;
            float most = -1;
            double none = 1;
            int quotes = 0;
            int negated = 0;
            int family = 0;
            int uncertain = 0;
            int history = 0;
            var seen = new HashMap<Integer, Boolean>();
            for (PhraseBook.Match match : found.quoted) {
                Lexicon.Usage usage = memory.spanish().usage(match.phrase());
                float share = Lexicon.share(usage, usage.codes().get(code));
                if (seen.put(match.phrase(), true) == null) {
                    none *= 1 - share;
                    quotes += usage.codes().getOrDefault(code, new Lexicon.Link(0, 0)).quotes();
                }
                switch (Context.of(note.spanish(), match.start(), match.end(), spanish.get(match.sentence()))) {
                    case NEGATED -> negated++;
                    case FAMILY -> family++;
                    case UNCERTAIN -> uncertain++;
                    case HISTORY -> history++;
                    case PRESENT -> {}
                }
                float strength = share - 0.05f * match.slack();
                if (best == null || strength > most) {
                    most = strength;
                    best = match;
                }
            }
            float partly = 0;
            for (PhraseBook.Match match : found.partly) {
                Lexicon.Usage usage = memory.spanish().usage(match.phrase());
                partly = Math.max(partly, match.share() * Lexicon.share(usage, usage.codes().get(code)) / (1 + 0.1f * match.slack()));
            }
            int mentions = found.quoted.size();
            if (best == null) {
                Arrays.fill(f, 0, 15, 0);
                f[6] = Float.NaN;
                f[7] = partly;
                f[12] = Float.NaN;
                if (!found.partly.isEmpty()) {
                    PhraseBook.Match match = found.partly.getFirst();
                    evidence = found("es", match, note.spanish(), spanish);
                }
            } else {
                Lexicon.Usage usage = memory.spanish().usage(best.phrase());
                f[0] = Lexicon.share(usage, usage.codes().get(code));
                f[1] = (float) (1 - none);
                f[2] = (float) Math.log1p(quotes);
                f[3] = (float) Math.log1p(usage.notes());
                f[4] = mentions;
                f[5] = best.words();
                f[6] = best.slack();
                f[7] = partly;
                f[8] = (float) negated / mentions;
                f[9] = (float) family / mentions;
                f[10] = (float) uncertain / mentions;
                f[11] = (float) history / mentions;
                f[12] = (float) best.start() / note.spanish().length();
                f[13] = insideLonger(best, allQuoted);
                f[14] = rival(usage, code);
                evidence = found("es", best, note.spanish(), spanish);
            }
        }
        k = 15;
        if (!english.isEmpty()) {
            float most = 0;
            double none = 1;
            PhraseBook.@Nullable Match best = null;
            var seen = new HashMap<Integer, Boolean>();
            for (PhraseBook.Match match : found.mined) {
                if (seen.put(match.phrase(), true) == null) {
                    Lexicon.Usage usage = memory.english().usage(match.phrase());
                    float share = Lexicon.share(usage, usage.codes().get(code));
                    none *= 1 - share;
                    if (share > most) {
                        most = share;
                        best = match;
                    }
                }
            }
            f[k++] = most;
            f[k++] = (float) (1 - none);
            f[k++] = seen.size();
            f[k++] = best == null ? 0 : (float) Math.log1p(memory.english().usage(best.phrase()).notes());
            f[k++] = best == null ? 0 : best.words();
            PhraseBook.@Nullable Match title = found.titles.stream()
                    .max(Comparator.comparingDouble(CodeCandidates::strength))
                    .orElse(null);
            f[k++] = title == null ? 0 : title.share();
            f[k++] = title == null ? 0 : title.weight();
            f[k++] = title == null ? 0 : title.words();
            f[k++] = title == null ? Float.NaN : title.slack();
            f[k++] = (float) found.titles.stream().mapToInt(PhraseBook.Match::sentence).distinct().count();
            f[k++] = title == null ? Float.NaN : memory.titles().isTitle(title.phrase()) ? 1 : 0;
            f[k++] = found.titleRank;
            f[k++] = title == null
                    ? Float.NaN
                    : Context.of(note.english(), title.start(), title.end(), english.get(title.sentence()))
                                    == Assertion.NEGATED
                            ? 1
                            : 0;
            if (evidence == null) {
                PhraseBook.@Nullable Match shown = title != null && title.share() > 0.999f || best == null ? title : best;
                evidence = shown == null ? null : found("en", shown, note.english(), english);
            }
        }
        k = 28;
        f[k++] = (float) Math.log(memory.given().getOrDefault(code, 0f) + 5e-4);
        f[k++] = code.length();
        f[k++] = memory.table().find(code).map(IcdTable.IcdCode::billable).orElse(false) ? 1 : 0;
        f[k++] = code.charAt(0) - 'A';
        f[k++] = words;
        k++;
        f[k++] = inCategory;
        f[k] = languages;
        return new CodeCandidate(code, f, evidence);
    }

    private static CodeCandidate.Found found(String of, PhraseBook.Match match, String text, List<Sentence> sentences) {
        return new CodeCandidate.Found(
                of,
                match.start(),
                match.end(),
                Context.of(text, match.start(), match.end(), sentences.get(match.sentence())));
    }

    private static float insideLonger(PhraseBook.Match own, List<PhraseBook.Match> all) {
        int longest = 0;
        for (PhraseBook.Match other : all) {
            if (other.share() > 0.999f
                    && other.slack() <= Lexicon.TIGHT
                    && other.start() <= own.start()
                    && own.end() <= other.end()
                    && other.words() > own.words()) {
                longest = Math.max(longest, other.words() - own.words());
            }
        }
        return longest;
    }

    /** The greatest share that the same phrase has for another code. */
    private static float rival(Lexicon.Usage usage, String code) {
        float most = 0;
        for (Map.Entry<String, Lexicon.Link> link : usage.codes().entrySet()) {
            if (!link.getKey().equals(code)) {
                most = Math.max(most, Lexicon.share(usage, link.getValue()));
            }
        }
        return most;
    }

    private static void rivals(List<CodeCandidate> candidates) {
        int from = CodeCandidate.FEATURES.indexOf("quoted_any");
        int into = CodeCandidate.FEATURES.indexOf("category_quoted");
        for (CodeCandidate candidate : candidates) {
            float most = 0;
            for (CodeCandidate other : candidates) {
                if (other != candidate && category(other.code()).equals(category(candidate.code()))) {
                    most = Math.max(most, other.features()[from]);
                }
            }
            candidate.features()[into] = most;
        }
    }

    /** The likeliest candidates of a first look, each described beside the others. */
    List<CodeCandidate> beside(List<CodeCandidate> candidates, float[] first) {
        int[] order = NgramIndex.best(first, MOST_SECOND);
        float sum = 0;
        for (int i : order) {
            sum += first[i];
        }
        var second = new ArrayList<CodeCandidate>();
        for (int r = 0; r < order.length; r++) {
            CodeCandidate own = candidates.get(order[r]);
            float category = 0;
            float sameWords = 0;
            float parent = 0;
            for (int i : order) {
                CodeCandidate other = candidates.get(i);
                if (other == own) {
                    continue;
                }
                if (category(other.code()).equals(category(own.code()))) {
                    category = Math.max(category, first[i]);
                }
                if (overlaps(own.evidence(), other.evidence())) {
                    sameWords = Math.max(sameWords, first[i]);
                }
                if (other.code().startsWith(own.code()) || own.code().startsWith(other.code())) {
                    parent = Math.max(parent, first[i]);
                }
            }
            float[] f = own.features().clone();
            int k = CodeCandidate.FIRST;
            f[k++] = first[order[r]];
            f[k++] = r;
            f[k++] = sum;
            f[k++] = category;
            f[k++] = sameWords;
            f[k++] = parent;
            f[k] = first[order[0]];
            second.add(new CodeCandidate(own.code(), f, own.evidence()));
        }
        return second;
    }

    private static boolean overlaps(CodeCandidate.@Nullable Found a, CodeCandidate.@Nullable Found b) {
        return a != null && b != null && a.note().equals(b.note()) && a.start() < b.end() && b.start() < a.end();
    }
}
