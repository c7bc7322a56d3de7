package io.baigong.medical.coding;

import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.CodeSearch;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Inquiry;
import io.baigong.spi.References;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code code-search}: codes of a whole classification by the beginning of a code or by words, in English or Chinese. */
final class CodeSearchInquiry implements Inquiry<CodeSearchInquiry.Wanted, CodeSearchInquiry.Codes> {
    private static final int MOST = 100;
    private static final int USUAL = 30;
    private static final int LONGEST = 200;

    /**
     * What is looked for.
     *
     * @param limit 1 to 100; 30 when none is given
     * @param system ICD-10-CM when null
     * @param edition its name; when null, the edition in force on the date, or the one that ships, or the last
     * @param date ISO 8601
     */
    record Wanted(
            @Nullable String words,
            @Nullable Integer limit,
            @Nullable String system,
            @Nullable String edition,
            @Nullable String date) {}

    /**
     * What was found.
     *
     * @param edition in which was looked; null if there is none such
     */
    record Codes(@Nullable EditionLine edition, List<CodeLine> codes) {}

    private static final int MOST_KEPT = 2;

    private final CodeEditions editions;
    private final Map<IcdTable, CodeSearch> kept = new LinkedHashMap<>();

    CodeSearchInquiry(CodeEditions editions) {
        this.editions = editions;
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
    public Codes answer(Wanted question, References references) {
        return ChosenEdition.of(editions, references, question.system(), question.edition(), question.date())
                .map(chosen -> find(question, chosen))
                .orElse(new Codes(null, List.of()));
    }

    private Codes find(Wanted question, ChosenEdition chosen) {
        IcdTable table = chosen.table();
        String words = Objects.requireNonNullElse(question.words(), "");
        int limit = Math.clamp(Objects.requireNonNullElse(question.limit(), USUAL), 1, MOST);
        List<CodeLine> found =
                search(chosen).find(words.substring(0, Math.min(LONGEST, words.length())), limit).stream()
                        .map(code -> CodeLine.of(table, code))
                        .toList();
        return new Codes(chosen.line(), found);
    }

    private CodeSearch search(ChosenEdition chosen) {
        synchronized (kept) {
            CodeSearch search = kept.remove(chosen.table());
            if (search == null) {
                search = new CodeSearch(
                        chosen.table(),
                        chosen.isDiagnoses() ? ChineseNames.shipped().codes() : List.of());
            }
            kept.put(chosen.table(), search);
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
            return search;
        }
    }
}
