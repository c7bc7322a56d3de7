package io.baigong.medical.code;

import java.util.List;

/**
 * A code of a classification.
 *
 * @param code as the classification writes it, such as {@code J45.909}; empty for a name without a code
 * @param synonyms other names, such as inclusion terms
 */
public record Code(String code, String title, List<String> synonyms) {
    public Code {
        synonyms = List.copyOf(synonyms);
    }
}
