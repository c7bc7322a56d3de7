package io.baigong.medical.term;

import java.util.List;

/** What was written, and the standard names that a coder gave it. */
public record TermPair(String written, List<String> standards) {
    public TermPair {
        standards = List.copyOf(standards);
    }
}
