package io.baigong.finance.review;

import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.playbook.Finding.Passage;
import java.util.Optional;

/** Finds words in a contract, however its lines break. */
final class QuoteFinder {
    private final ContractDocument document;

    /** The contract with each stretch of white space as one space. */
    private final String squeezed;

    /** For each unit of {@code squeezed}, where it stands in the contract. */
    private final int[] origins;

    QuoteFinder(ContractDocument document) {
        this.document = document;
        String text = document.text();
        var squeezing = new StringBuilder(text.length());
        this.origins = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            if (!space || (!squeezing.isEmpty() && squeezing.charAt(squeezing.length() - 1) != ' ')) {
                origins[squeezing.length()] = i;
                squeezing.append(space ? ' ' : text.charAt(i));
            }
        }
        this.squeezed = squeezing.toString();
    }

    /** Where the contract first has these words; empty if it has not. */
    Optional<Passage> find(String quote) {
        String wanted = quote.strip().replaceAll("\\s+", " ");
        int at = wanted.isEmpty() ? -1 : squeezed.indexOf(wanted);
        if (at < 0) {
            return Optional.empty();
        }
        int start = origins[at];
        int end = origins[at + wanted.length() - 1] + 1;
        return Optional.of(
                new Passage(start, end, document.text().substring(start, end), 1, document.regions(start, end)));
    }
}
