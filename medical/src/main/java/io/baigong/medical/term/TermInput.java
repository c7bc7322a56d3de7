package io.baigong.medical.term;

import io.baigong.spi.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Terms to normalise.
 *
 * @param terms what was written, one term a line
 * @param codeList the list of standard names, {@code code<TAB>name[<TAB>synonym…]} in UTF-8; the trained model's own list when
 *     there is none
 */
public record TermInput(@Nullable String terms, @Nullable Attachment codeList) {}
