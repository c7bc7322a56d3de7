package io.baigong.medical.term;

import java.util.List;

/**
 * A standard name proposed for a term.
 *
 * @param codes codes that the list gives the name; empty for one that the list lacks
 * @param confidence in [0, 1]
 */
public record StandardTerm(List<String> codes, String name, double confidence) {
    public StandardTerm {
        codes = List.copyOf(codes);
    }
}
