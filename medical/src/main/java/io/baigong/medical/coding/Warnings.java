package io.baigong.medical.coding;

import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.CodingRules;
import io.baigong.medical.code.CodingRules.Kind;
import io.baigong.medical.code.CodingRules.Severity;
import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Assertion;
import io.baigong.spi.Edition;
import io.baigong.spi.LocalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Says in words which rules bear on proposed codes. */
final class Warnings {
    private static final Map<Kind, LocalText> MESSAGES = Map.of(
            Kind.EXCLUDES1, new LocalText("These codes are never given together.", "这两个编码不得同时使用。"),
            Kind.EXCLUDES2,
                    new LocalText(
                            "Not included in the first code; both are given if the patient has both.",
                            "前者不包括后者；患者同时存在时可并用。"),
            Kind.CODE_FIRST, new LocalText("The underlying condition is to be coded first.", "须先编基础疾病。"),
            Kind.USE_ADDITIONAL, new LocalText("A further code may be needed.", "可能需要附加编码。"),
            Kind.SEVENTH_CHARACTER, new LocalText("A 7th character is required.", "需要第 7 位字符。"),
            Kind.NOT_BILLABLE, new LocalText("A more specific code is required.", "需要更具体的编码。"),
            Kind.LATERALITY,
                    new LocalText(
                            "Side of the body: the note says more, or other, than the code.", "侧别：病历所述与编码不一致或更具体。"),
            Kind.NOT_IN_FORCE, new LocalText("There was no such code on the date of the record.", "该编码在病历日期无效。"));
    private static final Pattern LEFT = word("left|izquierd[oa]s?|左");
    private static final Pattern RIGHT = word("right|derech[oa]s?|右");

    /** Length of a code that has a 7th character, with its dot. */
    private static final int WITH_SEVENTH = 8;

    private Warnings() {}

    private static Pattern word(String words) {
        return Pattern.compile(
                "(?<![\\p{L}&&[^\\p{IsHan}]])(?:" + words + ")(?![\\p{L}&&[^\\p{IsHan}]])", Pattern.CASE_INSENSITIVE);
    }

    /**
     * All that bear on the codes of a note.
     *
     * @param learned the codes that the model can propose, whose notes count when no edition is known to be in force
     */
    static List<CodedNote.CodingWarning> of(
            Checking checking, IcdTable learned, List<CodedNote.ProposedCode> codes, boolean chinese) {
        IcdTable table = checking.rules(learned);
        var warnings = new ArrayList<>(
                ofCodes(table, codes.stream().map(CodedNote.ProposedCode::code).toList(), chinese));
        Edition edition = checking.edition();
        if (edition != null) {
            codes.stream()
                    .map(CodedNote.ProposedCode::code)
                    .filter(code -> table.find(code).isEmpty())
                    .forEach(code -> warnings.add(warning(
                            Severity.CONFLICT,
                            Kind.NOT_IN_FORCE,
                            List.of(code),
                            "%s, in force %s, has no code %s"
                                    .formatted(table.name(), CodeEditions.force(edition), code),
                            chinese)));
        }
        for (CodedNote.ProposedCode code : codes) {
            side(code, table, chinese, warnings);
            if (code.assertion() == Assertion.UNCERTAIN) {
                warnings.add(new CodedNote.CodingWarning(
                        Severity.CHECK,
                        Kind.UNCERTAIN,
                        code.code(),
                        chinese
                                ? "病历仅为疑似：住院可按确诊编码，门诊不可。"
                                : "The note only suspects it: coded as if it existed for inpatients, not for outpatients.",
                        "ICD-10-CM Official Guidelines for Coding and Reporting, sections II.H and IV.H"));
            }
        }
        warnings.sort(Comparator.comparing(CodedNote.CodingWarning::severity));
        return warnings;
    }

    /** What the tabular list alone says of these codes, without a look at the note. */
    static List<CodedNote.CodingWarning> ofCodes(IcdTable table, List<String> codes, boolean chinese) {
        return new CodingRules(table)
                .check(codes).stream()
                        .map(found -> warning(found.severity(), found.kind(), found.codes(), found.citation(), chinese))
                        .sorted(Comparator.comparing(CodedNote.CodingWarning::severity))
                        .toList();
    }

    private static void side(
            CodedNote.ProposedCode code, IcdTable table, boolean chinese, List<CodedNote.CodingWarning> warnings) {
        String title = code.title();
        boolean left = LEFT.matcher(code.quote()).find();
        boolean right = RIGHT.matcher(code.quote()).find();
        boolean ofLeft = LEFT.matcher(title).find();
        boolean ofRight = RIGHT.matcher(title).find();
        boolean other = (left && !right && ofRight && !ofLeft) || (right && !left && ofLeft && !ofRight);
        boolean unspecified = (left || right)
                && !ofLeft
                && !ofRight
                && title.toLowerCase(Locale.ROOT).contains("unspecified")
                && hasSides(table, code.code());
        if (other || unspecified) {
            warnings.add(warning(
                    other ? Severity.CONFLICT : Severity.CHECK,
                    Kind.LATERALITY,
                    List.of(code.code()),
                    "ICD-10-CM Official Guidelines for Coding and Reporting, section I.B.13; %s, %s %s"
                            .formatted(table.name(), code.code(), code.title()),
                    chinese));
        }
    }

    /** Whether a code that differs in its last character, or in that before the 7th, says left where this says unspecified. */
    private static boolean hasSides(IcdTable table, String code) {
        int at = code.length() == WITH_SEVENTH ? WITH_SEVENTH - 2 : code.length() - 1;
        String before = code.substring(0, at);
        String after = code.substring(at + 1);
        for (char side = '0'; side <= '9'; side++) {
            if (table.find(before + side + after)
                    .map(c -> LEFT.matcher(c.title()).find())
                    .orElse(false)) {
                return true;
            }
        }
        return false;
    }

    private static CodedNote.CodingWarning warning(
            Severity severity, Kind kind, List<String> codes, String citation, boolean chinese) {
        LocalText message = MESSAGES.getOrDefault(kind, new LocalText("", ""));
        return new CodedNote.CodingWarning(
                severity, kind, String.join(", ", codes), chinese ? message.zh() : message.en(), citation);
    }
}
