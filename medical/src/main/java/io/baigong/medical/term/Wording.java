package io.baigong.medical.term;

import java.util.List;
import java.util.regex.Pattern;

/** What a term and a name have in their words: sides, approaches, numerals, codes set beside. */
final class Wording {
    private static final List<Pattern> APPROACHES = List.of(
            Pattern.compile("腹腔镜"),
            Pattern.compile("胸腔镜|vats"),
            Pattern.compile("关节镜"),
            Pattern.compile("内镜|内窥镜|喉镜|鼻镜|胃镜|肠镜"),
            Pattern.compile("膀胱镜|输尿管镜|尿道镜"),
            Pattern.compile("宫腔镜"),
            Pattern.compile("支气管镜|纤支镜"),
            Pattern.compile("经皮"),
            Pattern.compile("经尿道|turp"),
            Pattern.compile("经阴道|阴式"),
            Pattern.compile("开放|开胸|开腹|切开"),
            Pattern.compile("机器人"));

    private Wording() {}

    /** Most leading digits that a hint and a code share; -1 without a hint. */
    static float hint(List<String> hints, List<String> codes) {
        if (hints.isEmpty()) {
            return -1;
        }
        int most = 0;
        for (String hint : hints) {
            for (String code : codes) {
                int same = 0;
                while (same < Math.min(hint.length(), code.length()) && hint.charAt(same) == code.charAt(same)) {
                    same++;
                }
                most = Math.max(most, same);
            }
        }
        return most;
    }

    /** 3 a + b, where a says whether the term, and b whether the name, is of both sides (2), one side (1) or says nothing (0). */
    static int sides(String term, String title) {
        return 3 * side(term) + side(title);
    }

    private static int side(String text) {
        boolean both = text.contains("双侧") || text.contains("双") || text.contains("两侧") || text.contains("左右");
        boolean one = text.contains("单侧") || text.contains("左") || text.contains("右");
        return both ? 2 : one ? 1 : 0;
    }

    /** How many approaches, such as by laparoscope, the name has and the term lacks, and the other way round. */
    static int[] approaches(String term, String title) {
        int added = 0;
        int missing = 0;
        for (Pattern approach : APPROACHES) {
            boolean inTerm = approach.matcher(term).find();
            boolean inTitle = approach.matcher(title).find();
            added += inTitle && !inTerm ? 1 : 0;
            missing += inTerm && !inTitle ? 1 : 0;
        }
        return new int[] {added, missing};
    }

    /** How many numerals the name has and the term lacks. */
    static int numbersAdded(String term, String title) {
        int added = 0;
        for (int i = 0; i < title.length(); i++) {
            char c = title.charAt(i);
            boolean number = Character.isDigit(c) || "一二三四五六七八九十多".indexOf(c) >= 0;
            added += number && term.indexOf(c) < 0 ? 1 : 0;
        }
        return added;
    }

    /** Length of the longest substring of both. */
    static int commonSubstring(String a, String b) {
        int[] run = new int[b.length() + 1];
        int most = 0;
        for (int i = 0; i < a.length(); i++) {
            for (int j = b.length(); j > 0; j--) {
                run[j] = a.charAt(i) == b.charAt(j - 1) ? run[j - 1] + 1 : 0;
                most = Math.max(most, run[j]);
            }
        }
        return most;
    }
}
