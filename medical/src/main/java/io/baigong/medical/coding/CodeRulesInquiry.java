package io.baigong.medical.coding;

import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Inquiry;
import io.baigong.spi.References;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code code-rules}: which rules of the tabular list bear on a list of codes, as it stands after a person has changed it. */
final class CodeRulesInquiry implements Inquiry<CodeRulesInquiry.Listed, CodeRulesInquiry.Rules> {
    private static final int MOST_CODES = 200;

    /**
     * Codes of one record.
     *
     * @param codes the first 200 count
     * @param language {@code en} or {@code zh}: language of the messages; English by default
     * @param system ICD-10-CM when null
     * @param edition its name; when null, the edition in force on the date, or the one that ships, or the last
     * @param date ISO 8601
     */
    record Listed(
            @Nullable List<String> codes,
            @Nullable String language,
            @Nullable String system,
            @Nullable String edition,
            @Nullable String date) {}

    /**
     * What bears on them.
     *
     * @param warnings the gravest first
     * @param unknown what is no code of the classification
     * @param edition whose rules they are; null if there is none such
     */
    record Rules(
            List<CodedNote.CodingWarning> warnings,
            List<String> unknown,
            @Nullable EditionLine edition) {}

    private final CodeEditions editions;

    CodeRulesInquiry(CodeEditions editions) {
        this.editions = editions;
    }

    @Override
    public String name() {
        return "code-rules";
    }

    @Override
    public Class<Listed> questionType() {
        return Listed.class;
    }

    @Override
    public Class<Rules> answerType() {
        return Rules.class;
    }

    @Override
    public Rules answer(Listed question, References references) {
        return ChosenEdition.of(editions, references, question.system(), question.edition(), question.date())
                .map(chosen -> check(question, chosen))
                .orElse(new Rules(List.of(), List.of(), null));
    }

    private static Rules check(Listed question, ChosenEdition chosen) {
        IcdTable table = chosen.table();
        List<String> codes = Objects.requireNonNullElse(question.codes(), List.<String>of()).stream()
                .filter(Objects::nonNull)
                .map(String::strip)
                .distinct()
                .limit(MOST_CODES)
                .toList();
        List<String> known =
                codes.stream().filter(code -> table.find(code).isPresent()).toList();
        return new Rules(
                Warnings.ofCodes(table, known, "zh".equals(question.language())),
                codes.stream().filter(code -> !known.contains(code)).toList(),
                chosen.line());
    }
}
