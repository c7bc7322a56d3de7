package io.baigong.medical.coding;

import io.baigong.medical.code.Chapter;
import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.IcdNote;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Inquiry;
import io.baigong.spi.LocalText;
import io.baigong.spi.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code code}: a code with its place in the hierarchy and all notes that bear on it; without a code, the chapters. */
final class CodeInquiry implements Inquiry<CodeInquiry.Wanted, CodeInquiry.Place> {
    /**
     * What is looked up.
     *
     * @param code with or without its dot, or the range of a chapter
     * @param system ICD-10-CM when null
     * @param edition its name; when null, the edition in force on the date, or the one that ships, or the last
     * @param date ISO 8601
     */
    record Wanted(
            @Nullable String code,
            @Nullable String system,
            @Nullable String edition,
            @Nullable String date) {}

    /**
     * A place in the classification.
     *
     * @param edition where was looked; null if there is none such
     * @param code the code; null for a chapter, for the top, and for what is no code
     * @param chapter null at the top, and for what is no code
     * @param above the codes that it stands under, the category first
     * @param below at the top of a classification without chapters, its categories
     * @param chapters all of them, at the top only
     */
    record Place(
            @Nullable EditionLine edition,
            @Nullable CodeLine code,
            @Nullable ChapterLine chapter,
            List<CodeLine> above,
            List<CodeLine> below,
            List<String> inclusionTerms,
            List<NoteLine> notes,
            List<ChapterLine> chapters) {}

    private final CodeEditions editions;

    CodeInquiry(CodeEditions editions) {
        this.editions = editions;
    }

    /** A chapter. */
    record ChapterLine(String range, LocalText title) {
        static ChapterLine of(Chapter chapter) {
            return new ChapterLine(chapter.range(), chapter.title());
        }
    }

    /** An instructional note, with the code or range that it stands at. */
    record NoteLine(String at, IcdNote.Kind kind, String text) {}

    @Override
    public String name() {
        return "code";
    }

    @Override
    public Class<Wanted> questionType() {
        return Wanted.class;
    }

    @Override
    public Class<Place> answerType() {
        return Place.class;
    }

    @Override
    public Place answer(Wanted question, References references) {
        return ChosenEdition.of(editions, references, question.system(), question.edition(), question.date())
                .map(chosen -> find(question, chosen))
                .orElse(new Place(null, null, null, List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    /** National editions of ICD-10 keep its chapters; another classification has none that is known. */
    private static List<Chapter> chapters(IcdTable table) {
        return table.categories().stream()
                        .allMatch(category -> Chapter.ALL.stream().anyMatch(one -> one.holds(category.code())))
                ? Chapter.ALL
                : List.of();
    }

    private static Place find(Wanted question, ChosenEdition chosen) {
        IcdTable table = chosen.table();
        List<Chapter> all = chapters(table);
        String wanted = Objects.requireNonNullElse(question.code(), "").strip();
        Optional<IcdTable.IcdCode> code = table.find(wanted);
        if (code.isPresent()) {
            return of(chosen, all, code.get());
        }
        Optional<Chapter> chapter =
                all.stream().filter(one -> one.range().equals(wanted)).findFirst();
        boolean top = wanted.isEmpty() && all.isEmpty();
        List<CodeLine> categories = table.categories().stream()
                .filter(category ->
                        top || chapter.map(one -> one.holds(category.code())).orElse(false))
                .map(category -> CodeLine.of(table, category))
                .toList();
        List<ChapterLine> chapters =
                wanted.isEmpty() ? all.stream().map(ChapterLine::of).toList() : List.of();
        return new Place(
                chosen.line(),
                null,
                chapter.map(ChapterLine::of).orElse(null),
                List.of(),
                categories,
                List.of(),
                List.of(),
                chapters);
    }

    private static Place of(ChosenEdition chosen, List<Chapter> all, IcdTable.IcdCode code) {
        IcdTable table = chosen.table();
        var above = new ArrayList<CodeLine>();
        for (Optional<IcdTable.IcdCode> at = table.above(code.code());
                at.isPresent();
                at = table.above(at.get().code())) {
            above.addFirst(CodeLine.of(table, at.get()));
        }
        return new Place(
                chosen.line(),
                CodeLine.of(table, code),
                all.stream()
                        .filter(chapter -> chapter.holds(code.code()))
                        .findFirst()
                        .map(ChapterLine::of)
                        .orElse(null),
                above,
                table.below(code.code()).stream()
                        .map(one -> CodeLine.of(table, one))
                        .toList(),
                code.inclusionTerms(),
                table.notes(code.code()).stream()
                        .map(note -> new NoteLine(note.at(), note.kind(), note.text()))
                        .toList(),
                List.of());
    }
}
