package io.baigong.medical.coding;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds words that someone claims to quote from a note, however its lines break, also as they stand in a {@link #fenced} one. */
final class NoteQuotes {
    /** Words between the quotation marks of English, Spanish or Chinese. */
    private static final Pattern QUOTATION = Pattern.compile("[\"“”„«「『]([^\"“”„«»「」『』]{1,1000})[\"“”»」』]");

    private final String text;

    /** The note, fenced, with each stretch of white space as one space. */
    private final String squeezed;

    /** For each unit of {@code squeezed}, where it stands in the note. */
    private final int[] origins;

    NoteQuotes(String text) {
        this.text = text;
        var squeezing = new StringBuilder(text.length());
        this.origins = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            if (!space || (!squeezing.isEmpty() && squeezing.charAt(squeezing.length() - 1) != ' ')) {
                origins[squeezing.length()] = i;
                squeezing.append(space ? ' ' : text.charAt(i));
            }
        }
        this.squeezed = fenced(squeezing.toString());
    }

    /** The same text, unit by unit, which can't end a fence of angle brackets. */
    static String fenced(String text) {
        return text.replace('<', '‹').replace('>', '›');
    }

    /** Where the note first has these words; empty if it has not. */
    Optional<CodedNote.Words> find(String quote) {
        String wanted = fenced(quote.strip().replaceAll("\\s+", " "));
        int at = wanted.isEmpty() ? -1 : squeezed.indexOf(wanted);
        if (at < 0) {
            return Optional.empty();
        }
        int start = origins[at];
        int end = origins[at + wanted.length() - 1] + 1;
        return Optional.of(new CodedNote.Words(text.substring(start, end), start, end));
    }

    /** A text whose quotations that are not in the note have lost their words. */
    String withoutInventions(String words) {
        return QUOTATION
                .matcher(words)
                .replaceAll(match -> Matcher.quoteReplacement(
                        find(match.group(1).replaceFirst("[.,;，。；]\\s*$", "")).isPresent() ? match.group() : "[…]"));
    }
}
