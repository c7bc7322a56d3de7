package io.baigong.medical.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A code of a classification.
 *
 * @param code as the classification writes it, such as {@code J45.909}; empty for a name without a code
 * @param synonyms other names, such as inclusion terms
 * @param weight what it weighs in payment, such as the relative weight of its group; null where the list says none
 */
public record Code(
        String code,
        String title,
        List<String> synonyms,
        @Nullable Double weight) {
    public Code {
        synonyms = List.copyOf(synonyms);
    }

    /** Without a weight. */
    public Code(String code, String title, List<String> synonyms) {
        this(code, title, synonyms, null);
    }
}
