package io.baigong.tuning.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Edits of a text that leave its label as it was. */
public enum Edit {
    /** A word for another that means the same, from the list that is given. */
    SYNONYM {
        @Override
        List<Replacement> of(String text, double share, Synonyms synonyms, RandomGenerator random) {
            return synonyms.in(text, share, random);
        }
    },

    /** A word in capitals, or one without. */
    CASE {
        @Override
        List<Replacement> of(String text, double share, Synonyms synonyms, RandomGenerator random) {
            var edits = new ArrayList<Replacement>();
            for (int start = 0; start < text.length(); ) {
                int end = start;
                while (end < text.length() && Character.isLetter(text.charAt(end))) {
                    end++;
                }
                if (end > start && random.nextDouble() < share) {
                    String word = text.substring(start, end);
                    String upper = word.toUpperCase(Locale.ROOT);
                    edits.add(new Replacement(start, end, word.equals(upper) ? word.toLowerCase(Locale.ROOT) : upper));
                }
                start = Math.max(end, start + 1);
            }
            return edits;
        }
    },

    /** A punctuation mark for another way to write it: half and full width, straight and curly, short and long. */
    PUNCTUATION {
        @Override
        List<Replacement> of(String text, double share, Synonyms synonyms, RandomGenerator random) {
            return swapped(text, share, MARKS, random);
        }
    },

    /** A space twice, or a line's end in its place. */
    SPACING {
        @Override
        List<Replacement> of(String text, double share, Synonyms synonyms, RandomGenerator random) {
            return swapped(text, share, SPACES, random);
        }
    },

    /** Characters for those that a reader of scans takes them for. */
    OCR {
        @Override
        List<Replacement> of(String text, double share, Synonyms synonyms, RandomGenerator random) {
            return swapped(text, share, LOOKALIKES, random);
        }
    };

    private static final Map<String, List<String>> MARKS =
            table(", ，", "; ；", ": ：", "? ？", "! ！", "( （", ") ）", "\" “", "\" ”", "' ’", "- –", "– —");

    private static final Map<String, List<String>> SPACES = Map.of(" ", List.of("  ", "\n"));

    private static final Map<String, List<String>> LOOKALIKES = table(
            "0 O", "1 l", "l I", "5 S", "8 B", "2 Z", "m rn", "d cl", "w vv", "h b", "e c", "未 末", "己 已", "日 曰", "人 入",
            "土 士", "千 干", "大 太");

    /** A stretch {@code [start, end)}, in UTF-16 units, and what stands there afterwards. */
    record Replacement(int start, int end, String with) {}

    /**
     * What is edited, in the text's order; no two overlap.
     *
     * @param share of the places that it could be made at
     */
    abstract List<Replacement> of(String text, double share, Synonyms synonyms, RandomGenerator random);

    /** Pairs, each of which stands for the other. */
    private static Map<String, List<String>> table(String... pairs) {
        var table = new java.util.TreeMap<String, List<String>>();
        for (String pair : pairs) {
            String[] both = pair.split(" ", 2);
            table.computeIfAbsent(both[0], _ -> new ArrayList<>()).add(both[1]);
            table.computeIfAbsent(both[1], _ -> new ArrayList<>()).add(both[0]);
        }
        return table;
    }

    private static List<Replacement> swapped(
            String text, double share, Map<String, List<String>> table, RandomGenerator random) {
        var edits = new ArrayList<Replacement>();
        for (int at = 0; at < text.length(); ) {
            int length = 1;
            List<String> others = table.get(text.substring(at, Math.min(text.length(), at + 2)));
            if (others == null) {
                others = table.get(text.substring(at, at + 1));
            } else {
                length = Math.min(2, text.length() - at);
            }
            if (others != null && random.nextDouble() < share) {
                edits.add(new Replacement(at, at + length, others.get(random.nextInt(others.size()))));
                at += length;
            } else {
                at++;
            }
        }
        return edits;
    }
}
