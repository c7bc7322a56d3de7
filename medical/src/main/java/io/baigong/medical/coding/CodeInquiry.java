package io.baigong.medical.coding;

import io.baigong.medical.code.Chapter;
import io.baigong.medical.code.IcdNote;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Inquiry;
import io.baigong.spi.LocalText;
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
     */
    record Wanted(@Nullable String code) {}

    /**
     * A place in the classification.
     *
     * @param code the code; null for a chapter, for the top, and for what is no code
     * @param chapter null at the top, and for what is no code
     * @param above the codes that it stands under, the category first
     * @param chapters all of them, at the top only
     */
    record Place(
            String version,
            @Nullable CodeLine code,
            @Nullable ChapterLine chapter,
            List<CodeLine> above,
            List<CodeLine> below,
            List<String> inclusionTerms,
            List<NoteLine> notes,
            List<ChapterLine> chapters) {}

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
    public Place answer(Wanted question) {
        IcdTable table = IcdTable.shipped();
        String wanted = Objects.requireNonNullElse(question.code(), "").strip();
        Optional<IcdTable.IcdCode> code = table.find(wanted);
        if (code.isPresent()) {
            return of(table, code.get());
        }
        Optional<Chapter> chapter =
                Chapter.ALL.stream().filter(one -> one.range().equals(wanted)).findFirst();
        List<CodeLine> categories = chapter.stream()
                .flatMap(one -> table.categories().stream().filter(category -> one.holds(category.code())))
                .map(category -> CodeLine.of(table, category))
                .toList();
        List<ChapterLine> chapters =
                wanted.isEmpty() ? Chapter.ALL.stream().map(ChapterLine::of).toList() : List.of();
        return new Place(
                table.version(),
                null,
                chapter.map(ChapterLine::of).orElse(null),
                List.of(),
                categories,
                List.of(),
                List.of(),
                chapters);
    }

    private static Place of(IcdTable table, IcdTable.IcdCode code) {
        var above = new ArrayList<CodeLine>();
        for (Optional<IcdTable.IcdCode> at = table.above(code.code());
                at.isPresent();
                at = table.above(at.get().code())) {
            above.addFirst(CodeLine.of(table, at.get()));
        }
        return new Place(
                table.version(),
                CodeLine.of(table, code),
                Chapter.ALL.stream()
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
