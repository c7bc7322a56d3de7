package io.baigong.medical.term;

import io.baigong.medical.text.Folding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A term cut into what may be terms of their own.
 *
 * @param whole the folded term
 * @param parts folded; the whole first, then what stands between separators, then what stands between conjunctions
 * @param separated how many parts separators make
 * @param hints codes that the writer put beside the words, such as 47.0 in 阑尾切除术(47.0)
 */
record Segments(String whole, List<String> parts, int separated, List<String> hints) {
    private static final int MOST_PARTS = 16;
    private static final int MOST_CHARACTERS = 400;
    private static final Pattern HINT = Pattern.compile("(?<![0-9.])\\d{2}\\.\\d{1,4}(?![0-9.])");
    private static final Pattern HINTS = Pattern.compile("[(（]+[\\s\\d.+,;、，；]*\\d{2}\\.\\d[\\s\\d.+,;、，；]*[)）]+");
    private static final Pattern SEPARATOR = Pattern.compile(
            "[+＋;；、,，。/\\\\＼?？\\n\\r\\t&|:：]+|(?<![0-9])[.．]|[.．](?![0-9])|\\s+|(?<=\\p{IsHan})\\d[.、)）]|--+");
    private static final Pattern CONJUNCTION = Pattern.compile("合并|以及|伴有|并发|伴|并|及|和|与|术后|后|待查|\\(|\\)|（|）");

    static Segments of(String term) {
        String text = term.length() > MOST_CHARACTERS ? term.substring(0, MOST_CHARACTERS) : term;
        var hints = new ArrayList<String>();
        Matcher hint = HINT.matcher(text);
        while (hint.find()) {
            hints.add(hint.group());
        }
        text = HINTS.matcher(text).replaceAll(" ");
        String whole = Folding.packed(text);
        var parts = new LinkedHashSet<String>();
        parts.add(whole);
        var pieces = new ArrayList<String>();
        for (String piece : SEPARATOR.split(text, -1)) {
            String folded = Folding.packed(piece);
            if (folded.length() > 1) {
                pieces.add(piece);
                parts.add(folded);
            }
        }
        int separated = Math.max(1, pieces.size());
        for (String piece : pieces) {
            for (String clause : CONJUNCTION.split(piece, -1)) {
                String folded = Folding.packed(clause);
                if (folded.length() > 1 && parts.size() < MOST_PARTS) {
                    parts.add(folded);
                }
            }
        }
        return new Segments(whole, parts.stream().limit(MOST_PARTS).toList(), separated, List.copyOf(hints));
    }
}
