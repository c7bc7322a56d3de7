package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Assertion;
import io.baigong.medical.note.Context;
import io.baigong.medical.note.Language;
import io.baigong.medical.note.Section;
import io.baigong.medical.note.Sentence;
import io.baigong.spi.Evidence;
import io.baigong.spi.Outcome;
import io.baigong.spi.SourceText;
import io.baigong.spi.TaskContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Codes one note: proposes codes with their words, sets aside what the note denies, and checks the rules. */
final class NoteCoder {
    /** The role of a chat model that ranks and explains. */
    static final String ADVISER = "medical.coding-adviser";

    private static final String SOURCE = "note";

    /** How likely a Chinese name that stands in a note is to be coded. A guess that is said to be one: nothing is learned here. */
    private static final double BY_NAME = 0.6;

    /** A sign, or a factor that is no illness, is seldom the principal diagnosis (guidelines, section II.A). */
    private static final Set<Character> SELDOM_PRINCIPAL = Set.of('R', 'Z', 'V', 'W', 'X', 'Y');

    /** Categories that code what relatives have (guidelines, section I.C.21.c.4). */
    private static final Set<String> FAMILY_HISTORY = Set.of("Z80", "Z81", "Z82", "Z83", "Z84");

    private static final int MOST_OTHERS = 20;

    private NoteCoder() {}

    /**
     * A note to code.
     *
     * @param chinese whether a reader is told things in Chinese
     * @param notes what a reader should know of how it was read
     * @param checking what its codes are checked against
     */
    record Note(String text, Language language, boolean chinese, List<String> notes, Checking checking) {}

    private static String category(String code) {
        return code.substring(0, Math.min(3, code.length()));
    }

    /** Codes a Chinese note by the names that stand in it; no model is asked. */
    static Outcome<CodedNote> byNames(Note note, IcdTable table, TaskContext context) {
        return coded(note, named(note.text, table), List.of(), table, context);
    }

    /** Codes a Spanish or English note by what the coder ranks. */
    static Outcome<CodedNote> byRank(Note note, Coder coder, TaskContext context) {
        IcdTable table = coder.memory().table();
        var proposed = new ArrayList<CodedNote.ProposedCode>();
        var others = new ArrayList<CodedNote.ProposedCode>();
        ranked(note.text, note.language, coder, table, proposed, others);
        return coded(note, proposed, others, table, context);
    }

    private static Outcome<CodedNote> coded(
            Note given,
            List<CodedNote.ProposedCode> all,
            List<CodedNote.ProposedCode> others,
            IcdTable table,
            TaskContext context) {
        var codes = new ArrayList<CodedNote.ProposedCode>();
        var aside = new ArrayList<CodedNote.ProposedCode>();
        for (CodedNote.ProposedCode code : all) {
            boolean none = code.assertion() == Assertion.NEGATED
                    || (code.assertion() == Assertion.FAMILY && !FAMILY_HISTORY.contains(category(code.code())));
            (none ? aside : codes).add(code);
        }
        if (all.isEmpty()) {
            return new Outcome.Abstained<>(
                    Stream.concat(Stream.of("no code is sure enough for this note"), given.notes.stream())
                            .collect(Collectors.joining(". ")));
        }
        List<CodedNote.CodingWarning> warnings = Warnings.of(given.checking, table, codes, given.chinese);
        var evidence = new ArrayList<Evidence>();
        all.forEach(c -> evidence.add(new Evidence.TextSpan(SOURCE, c.start(), c.end(), c.quote())));
        warnings.forEach(w -> evidence.add(new Evidence.Rule(w.kind() + " " + w.codes(), w.citation())));
        List<CodedNote.Advice> advice = new Adviser(context.models(), ADVISER)
                .advise(given, Stream.concat(all.stream(), others.stream()).toList());
        advice.forEach(each ->
                each.quotes().forEach(q -> evidence.add(new Evidence.TextSpan(SOURCE, q.start(), q.end(), q.quote()))));
        var note = new CodedNote(
                given.text,
                given.language,
                codes,
                aside,
                warnings,
                principal(codes),
                context.clock().instant().toString(),
                context.models().used().stream()
                        .filter(m -> !m.version().isEmpty())
                        .map(m -> m.name() + " " + m.version())
                        .distinct()
                        .toList(),
                given.notes,
                given.checking.date() == null ? null : given.checking.date().toString(),
                given.checking.line(table),
                given.checking.stake(codes),
                advice);
        double confidence = all.stream()
                .mapToDouble(CodedNote.ProposedCode::confidence)
                .average()
                .orElse(0);
        return new Outcome.Answered<>(note, List.of(new SourceText(SOURCE, given.text)), evidence, confidence);
    }

    private static @Nullable String principal(List<CodedNote.ProposedCode> codes) {
        return codes.stream()
                .max(Comparator.comparingDouble(NoteCoder::principalStrength))
                .map(CodedNote.ProposedCode::code)
                .orElse(null);
    }

    /** Of listed diagnoses the first, as providers list them; without a list, the surest. */
    private static double principalStrength(CodedNote.ProposedCode code) {
        boolean listed = code.section() == Section.DIAGNOSIS;
        double strength = listed ? 2 : code.confidence();
        if (SELDOM_PRINCIPAL.contains(code.code().charAt(0))) {
            strength -= 1;
        }
        if (code.assertion() != Assertion.PRESENT) {
            strength -= 0.5;
        }
        return strength - (listed ? 1e-6 : 1e-7) * code.start() + 1e-7 * code.confidence();
    }

    /** Sorts what the coder ranks into what it proposes and the likeliest of the others, which only a chat model is shown. */
    private static void ranked(
            String text,
            Language language,
            Coder coder,
            IcdTable table,
            List<CodedNote.ProposedCode> proposed,
            List<CodedNote.ProposedCode> others) {
        boolean spanish = language == Language.SPANISH;
        NavigableMap<Integer, Section> sections = Section.of(text);
        var listed = new ListedDiagnoses(text, sections);
        for (Ranked each : coder.rank(new CodeCandidates.Note(spanish ? text : "", spanish ? "" : text))) {
            CodeCandidate.Found found = each.candidate().evidence();
            if (found != null
                    && !Section.isHeading(text, found.start())
                    && (each.proposed() || others.size() < MOST_OTHERS)) {
                found = listed.quoted(found);
                (each.proposed() ? proposed : others)
                        .add(proposed(
                                text,
                                each.candidate().code(),
                                table,
                                each.probability(),
                                found.start(),
                                found.end(),
                                sections.floorEntry(found.start()).getValue(),
                                found.assertion()));
            }
        }
    }

    /** What stands under the heading of family history is said of relatives. */
    private static CodedNote.ProposedCode proposed(
            String text,
            String code,
            IcdTable table,
            double confidence,
            int start,
            int end,
            Section section,
            Assertion assertion) {
        boolean relatives = section == Section.FAMILY_HISTORY && assertion != Assertion.NEGATED;
        return new CodedNote.ProposedCode(
                code,
                SeventhCharacter.title(table, code),
                confidence,
                text.substring(start, end),
                start,
                end,
                section,
                relatives ? Assertion.FAMILY : assertion);
    }

    private static List<CodedNote.ProposedCode> named(String text, IcdTable table) {
        Map<String, CodedNote.ProposedCode> codes = new LinkedHashMap<>();
        NavigableMap<Integer, Section> sections = Section.of(text);
        List<Sentence> sentences = Sentence.of(text);
        int at = 0;
        for (ChineseNames.Found found : ChineseNames.shipped().in(text)) {
            while (at < sentences.size() && sentences.get(at).end() <= found.start()) {
                at++;
            }
            boolean within = at < sentences.size() && sentences.get(at).start() <= found.start();
            Sentence sentence = within ? sentences.get(at) : new Sentence(found.start(), found.end(), List.of());
            CodedNote.ProposedCode code = proposed(
                    text,
                    found.code(),
                    table,
                    BY_NAME,
                    found.start(),
                    found.end(),
                    sections.floorEntry(found.start()).getValue(),
                    Context.of(text, found.start(), found.end(), sentence));
            codes.merge(found.code(), code, (a, b) -> rank(b) < rank(a) ? b : a);
        }
        return List.copyOf(codes.values());
    }

    /** What is said to be there goes before what is said otherwise, and a diagnosis before what else is said of it. */
    private static int rank(CodedNote.ProposedCode code) {
        int assertion = switch (code.assertion()) {
            case PRESENT -> 0;
            case HISTORY -> 1;
            case UNCERTAIN -> 2;
            case NEGATED -> 3;
            case FAMILY -> 4;
        };
        return 2 * assertion + (code.section() == Section.DIAGNOSIS ? 0 : 1);
    }
}
