package io.baigong.medical.coding;

import io.baigong.medical.code.CodeSearch;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Inquiry;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code code-search}: codes of the whole classification by the beginning of a code or by words, in English or Chinese. */
final class CodeSearchInquiry implements Inquiry<CodeSearchInquiry.Wanted, CodeSearchInquiry.Codes> {
    private static final int MOST = 100;
    private static final int USUAL = 30;
    private static final int LONGEST = 200;

    /**
     * What is looked for.
     *
     * @param limit 1 to 100; 30 when none is given
     */
    record Wanted(@Nullable String words, @Nullable Integer limit) {}

    /**
     * What was found.
     *
     * @param version of the classification
     */
    record Codes(String version, List<CodeLine> codes) {}

    private static final class Shipped {
        static final CodeSearch SEARCH =
                new CodeSearch(IcdTable.shipped(), ChineseNames.shipped().codes());
    }

    @Override
    public String name() {
        return "code-search";
    }

    @Override
    public Class<Wanted> questionType() {
        return Wanted.class;
    }

    @Override
    public Class<Codes> answerType() {
        return Codes.class;
    }

    @Override
    public Codes answer(Wanted question) {
        IcdTable table = IcdTable.shipped();
        String words = Objects.requireNonNullElse(question.words(), "");
        int limit = Math.clamp(Objects.requireNonNullElse(question.limit(), USUAL), 1, MOST);
        List<CodeLine> found =
                Shipped.SEARCH.find(words.substring(0, Math.min(LONGEST, words.length())), limit).stream()
                        .map(code -> CodeLine.of(table, code))
                        .toList();
        return new Codes(table.version(), found);
    }
}
