package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Inquiry;
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
     */
    record Listed(@Nullable List<String> codes, @Nullable String language) {}

    /**
     * What bears on them.
     *
     * @param warnings the gravest first
     * @param unknown what is no code of the classification
     */
    record Rules(List<CodedNote.CodingWarning> warnings, List<String> unknown) {}

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
    public Rules answer(Listed question) {
        IcdTable table = IcdTable.shipped();
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
                codes.stream().filter(code -> !known.contains(code)).toList());
    }
}
