package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Assertion;
import io.baigong.medical.note.Context;
import io.baigong.medical.note.Sentence;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes the candidate codes of one note by numbers. */
final class CodeFeatures {
    private static final int QUOTED = CodeCandidate.LEXICAL.indexOf("quoted_share");
    private static final int MINED = CodeCandidate.LEXICAL.indexOf("mined_share");
    private static final int ACROSS = CodeCandidate.LEXICAL.indexOf("across_share");
    private static final int TITLE = CodeCandidate.LEXICAL.indexOf("title_share");
    private static final int COGNATE = CodeCandidate.LEXICAL.indexOf("cognate_share");
    private static final int GENERAL = CodeCandidate.LEXICAL.indexOf("title_rank");

    private final CodeMemory memory;
    private final CodeCandidates.Read read;

    CodeFeatures(CodeMemory memory, CodeCandidates.Read read) {
        this.memory = memory;
        this.read = read;
    }

    /** How well a title is met: its share, its weight, and how close its words stand. Only the order counts. */
    static double strength(PhraseBook.Match match) {
        return match.share() * match.share() * Math.sqrt(match.weight())
                - 0.15 * Math.min(10, match.slack())
                + (match.share() > PhraseBook.WHOLE ? 1 : 0);
    }

    CodeCandidate of(String code, CodeCandidates.Gathered found, int inCategory) {
        float[] f = new float[CodeCandidate.LEXICAL.size()];
        Arrays.fill(f, Float.NaN);
        CodeCandidate.@Nullable Found quoted = read.spanish().isEmpty() ? null : quoted(code, found, f);
        CodeCandidate.@Nullable Found english = read.english().isEmpty() ? null : english(code, found, f);
        CodeCandidate.@Nullable Found cognate = read.spanish().isEmpty() ? null : cognate(found, f);
        String title = SeventhCharacter.title(memory.table(), code);
        int k = GENERAL;
        f[k++] = found.titleRank;
        f[k++] = found.titleTies;
        f[k++] = title.contains("nspecified") ? 1 : title.startsWith("Other") ? 0.5f : 0;
        f[k++] = (float) Math.log(memory.categoryGiven(code) + 5e-4);
        f[k++] = (float) Math.log(memory.given().getOrDefault(code, 0f) + 5e-4);
        f[k++] = code.length();
        f[k++] = memory.table().find(code).map(IcdTable.IcdCode::billable).orElse(false) ? 1 : 0;
        f[k++] = code.charAt(0) - 'A';
        f[k++] = read.words();
        k++;
        f[k++] = inCategory;
        f[k] = (read.spanish().isEmpty() ? 0 : 1) + (read.english().isEmpty() ? 0 : 2);
        return new CodeCandidate(code, f, quoted != null ? quoted : cognate != null ? cognate : english);
    }

    private float share(Lexicon lexicon, PhraseBook.Match match, String code) {
        Lexicon.Usage usage = lexicon.usage(match.phrase());
        return Lexicon.share(usage, usage.codes().get(code));
    }

    /** What phrases that coders quoted say for the code. */
    private CodeCandidate.@Nullable Found quoted(String code, CodeCandidates.Gathered found, float[] f) {
        float partly = 0;
        for (PhraseBook.Match match : found.partly) {
            partly =
                    Math.max(partly, match.share() * share(memory.spanish(), match, code) / (1 + 0.1f * match.slack()));
        }
        if (found.quoted.isEmpty()) {
            Arrays.fill(f, QUOTED, MINED, 0);
            f[QUOTED + 6] = Float.NaN;
            f[QUOTED + 7] = partly;
            f[QUOTED + 12] = Float.NaN;
            return found.partly.isEmpty() ? null : found("es", found.partly.getFirst());
        }
        Set<Integer> phrases = new HashSet<>();
        Map<Assertion, Integer> assertions = new EnumMap<>(Assertion.class);
        double none = 1;
        int quotes = 0;
        for (PhraseBook.Match match : found.quoted) {
            if (phrases.add(match.phrase())) {
                none *= 1 - share(memory.spanish(), match, code);
                quotes += memory.spanish()
                        .usage(match.phrase())
                        .codes()
                        .getOrDefault(code, new Lexicon.Link(0, 0))
                        .quotes();
            }
            assertions.merge(found("es", match).assertion(), 1, Integer::sum);
        }
        PhraseBook.Match best = found.quoted.stream()
                .max(Comparator.comparingDouble(m -> share(memory.spanish(), m, code) - 0.05f * m.slack()))
                .orElseThrow();
        Lexicon.Usage usage = memory.spanish().usage(best.phrase());
        float mentions = found.quoted.size();
        int k = QUOTED;
        f[k++] = share(memory.spanish(), best, code);
        f[k++] = (float) (1 - none);
        f[k++] = (float) Math.log1p(quotes);
        f[k++] = (float) Math.log1p(usage.notes());
        f[k++] = mentions;
        f[k++] = best.words();
        f[k++] = best.slack();
        f[k++] = partly;
        for (Assertion assertion :
                List.of(Assertion.NEGATED, Assertion.FAMILY, Assertion.UNCERTAIN, Assertion.HISTORY)) {
            f[k++] = assertions.getOrDefault(assertion, 0) / mentions;
        }
        f[k++] = (float) best.start() / read.note().spanish().length();
        f[k++] = insideLonger(best);
        f[k] = rival(usage, code);
        return found("es", best);
    }

    /** What mined phrases and titles in the English text say for the code. */
    private CodeCandidate.@Nullable Found english(String code, CodeCandidates.Gathered found, float[] f) {
        Set<Integer> phrases = new HashSet<>();
        double none = 1;
        for (PhraseBook.Match match : found.mined) {
            if (phrases.add(match.phrase())) {
                none *= 1 - share(memory.english(), match, code);
            }
        }
        PhraseBook.@Nullable Match mined = found.mined.stream()
                .max(Comparator.comparingDouble(m -> share(memory.english(), m, code)))
                .orElse(null);
        int k = MINED;
        f[k++] = mined == null ? 0 : share(memory.english(), mined, code);
        f[k++] = (float) (1 - none);
        f[k++] = phrases.size();
        f[k++] = mined == null
                ? 0
                : (float) Math.log1p(memory.english().usage(mined.phrase()).notes());
        f[k] = mined == null ? 0 : mined.words();
        PhraseBook.@Nullable Match across = across(code, found, f);
        PhraseBook.@Nullable Match title = strongest(found.englishTitles);
        k = TITLE;
        f[k++] = title == null ? 0 : title.share();
        f[k++] = title == null ? 0 : title.weight();
        f[k++] = title == null ? 0 : title.words();
        f[k++] = title == null ? Float.NaN : title.slack();
        f[k++] = (float) found.englishTitles.stream()
                .mapToInt(PhraseBook.Match::sentence)
                .distinct()
                .count();
        f[k++] = title == null ? Float.NaN : memory.titles().isTitle(title.phrase()) ? 1 : 0;
        f[k++] = title == null ? Float.NaN : memory.titles().stems(title.phrase()) - title.words();
        f[k] = title == null ? Float.NaN : found("en", title).assertion() == Assertion.NEGATED ? 1 : 0;
        boolean whole = title != null && title.share() > PhraseBook.WHOLE;
        PhraseBook.@Nullable Match shown = across != null ? across : whole || mined == null ? title : mined;
        return shown == null ? null : found("en", shown);
    }

    /** What quoted Spanish phrases say for the code that stand in the English text. */
    private PhraseBook.@Nullable Match across(String code, CodeCandidates.Gathered found, float[] f) {
        Set<Integer> phrases = new HashSet<>();
        double none = 1;
        for (PhraseBook.Match match : found.across) {
            if (phrases.add(match.phrase())) {
                none *= 1 - share(memory.spanish(), match, code);
            }
        }
        PhraseBook.@Nullable Match best = found.across.stream()
                .max(Comparator.comparingDouble(m -> share(memory.spanish(), m, code) - 0.05f * m.slack()))
                .orElse(null);
        float partly = 0;
        for (PhraseBook.Match match : found.acrossPartly) {
            partly =
                    Math.max(partly, match.share() * share(memory.spanish(), match, code) / (1 + 0.1f * match.slack()));
        }
        int k = ACROSS;
        f[k++] = best == null ? 0 : share(memory.spanish(), best, code);
        f[k++] = (float) (1 - none);
        f[k++] = best == null ? 0 : best.words();
        f[k++] = best == null ? Float.NaN : best.slack();
        f[k++] = partly;
        f[k] = best == null ? Float.NaN : found("en", best).assertion() == Assertion.NEGATED ? 1 : 0;
        return best;
    }

    /** What titles in the Spanish text say for the code. */
    private CodeCandidate.@Nullable Found cognate(CodeCandidates.Gathered found, float[] f) {
        PhraseBook.@Nullable Match title = strongest(found.spanishTitles);
        f[COGNATE] = title == null ? 0 : title.share();
        f[COGNATE + 1] = title == null ? 0 : title.weight();
        f[COGNATE + 2] = title == null ? Float.NaN : title.slack();
        if (title == null) {
            return null;
        }
        CodeCandidate.Found shown = found("es", title);
        f[COGNATE + 3] = memory.titles().stems(title.phrase()) - title.words();
        f[COGNATE + 4] = memory.titles().isTitle(title.phrase()) ? 1 : 0;
        f[COGNATE + 5] = shown.assertion() == Assertion.NEGATED ? 1 : 0;
        return shown;
    }

    private static PhraseBook.@Nullable Match strongest(List<PhraseBook.Match> titles) {
        return titles.stream()
                .max(Comparator.comparingDouble(CodeFeatures::strength))
                .orElse(null);
    }

    private CodeCandidate.Found found(String of, PhraseBook.Match match) {
        boolean spanish = of.equals("es");
        Sentence sentence = (spanish ? read.spanish() : read.english()).get(match.sentence());
        String text = spanish ? read.note().spanish() : read.note().english();
        return new CodeCandidate.Found(
                of, match.start(), match.end(), Context.of(text, match.start(), match.end(), sentence));
    }

    /** How many more words the longest quoted phrase has that the phrase lies in. */
    private float insideLonger(PhraseBook.Match own) {
        int longest = 0;
        for (PhraseBook.Match other : read.quoted()) {
            if (other.share() > PhraseBook.WHOLE
                    && other.slack() <= Lexicon.TIGHT
                    && other.start() <= own.start()
                    && own.end() <= other.end()) {
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
}
