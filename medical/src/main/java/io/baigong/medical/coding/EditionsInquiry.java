package io.baigong.medical.coding;

import io.baigong.medical.code.CodeEditions;
import io.baigong.spi.Inquiry;
import io.baigong.spi.References;
import java.util.List;

/** {@code editions}: which editions of code systems there are, the one that ships among them. */
final class EditionsInquiry implements Inquiry<EditionsInquiry.All, EditionsInquiry.Editions> {
    /** All are wanted. */
    record All() {}

    /** What there is; a system's editions together, that which came into force last at the end. */
    record Editions(List<EditionLine> editions) {}

    @Override
    public String name() {
        return "editions";
    }

    @Override
    public Class<All> questionType() {
        return All.class;
    }

    @Override
    public Class<Editions> answerType() {
        return Editions.class;
    }

    @Override
    public Editions answer(All question, References references) {
        return new Editions(CodeEditions.all(references).stream()
                .filter(edition -> !edition.system().equals(CodeEditions.WEIGHTS))
                .map(EditionLine::of)
                .toList());
    }
}
