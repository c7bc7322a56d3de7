package io.baigong.medical.term;

import java.util.List;

/**
 * Terms with their standard names.
 *
 * @param text the terms as given
 * @param terms each line that is not blank, in order
 * @param names a row for each name given to a term
 */
public record NormalisedTerms(String text, List<Term> terms, List<NameOfTerm> names) {
    public NormalisedTerms {
        terms = List.copyOf(terms);
        names = List.copyOf(names);
    }

    /**
     * One term.
     *
     * @param names the names given to it, the surest first
     * @param others names that come next, for a person to choose from
     */
    public record Term(String written, List<StandardTerm> names, List<StandardTerm> others) {
        public Term {
            names = List.copyOf(names);
            others = List.copyOf(others);
        }
    }

    /** A term and one of its names. */
    public record NameOfTerm(String written, String code, String name, double confidence) {}
}
