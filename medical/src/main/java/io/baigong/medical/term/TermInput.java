package io.baigong.medical.term;

import io.baigong.spi.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Terms to normalise.
 *
 * @param terms what was written, one term a line
 * @param codeList the list of standard names, {@code code<TAB>name[<TAB>synonym…]} in UTF-8; the trained model's own list when
 *     there is none
 * @param system a list that was imported, such as {@code icd-9-cm-3}; {@code codeList} goes before it
 * @param edition its name; the last when null
 */
public record TermInput(
        @Nullable String terms,
        @Nullable Attachment codeList,
        @Nullable String system,
        @Nullable String edition) {
    /** By an attached list, or the model's own. */
    public TermInput(@Nullable String terms, @Nullable Attachment codeList) {
        this(terms, codeList, null, null);
    }
}
