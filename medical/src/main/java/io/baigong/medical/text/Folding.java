package io.baigong.medical.text;

import java.text.Normalizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Folds what writers vary without meaning: width, case, accents, Roman numerals, quotation marks.
 *
 * <p>NFKC brings full-width letters and the Roman numeral characters to ASCII (Unicode Standard Annex 15); accents go, since
 * notes in Spanish carry them or not as the writer likes.
 */
public final class Folding {
    private Folding() {}

    /** The folded text: letters, digits, Han, and single spaces where anything else stood. */
    public static String fold(String text) {
        String plain = Normalizer.normalize(roman(text), Normalizer.Form.NFKD);
        var folded = new StringBuilder(plain.length());
        boolean gap = false;
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            if (Character.getType(c) == Character.NON_SPACING_MARK) {
                continue;
            }
            if (Character.isLetterOrDigit(c)) {
                if (gap && !folded.isEmpty()) {
                    folded.append(' ');
                }
                gap = false;
                folded.appendCodePoint(Character.toLowerCase(c));
            } else {
                gap = true;
            }
        }
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** Spellings and abbreviations of Chinese records, each with the one form that they are read as. */
    private static final Map<Pattern, String> CHINESE = chinese(
            "粘膜", "黏膜",
            "内窥镜|窥镜", "内镜",
            "成型", "成形",
            "造瘘", "造口",
            "(?<![a-z])dj管|双猪尾管|双j(?!管)|(?<![a-z])dj(?![a-z管])", "双j管",
            "骨盆", "盆骨",
            "晶体", "晶状体",
            "晶状状体", "晶状体",
            "(?<![a-z])slnb(?![a-z])", "前哨淋巴结活检",
            "(?<![a-z])turbt(?![a-z])", "经尿道膀胱肿瘤切除",
            "(?<![a-z])eswl(?![a-z])", "体外冲击波碎石",
            "(?<![a-z])vats(?![a-z])", "胸腔镜",
            "震波碎石", "冲击波碎石",
            "冲击波冲击波", "冲击波",
            "心梗", "心肌梗死",
            "脑梗(?!塞|死)|脑梗塞", "脑梗死",
            "心衰", "心力衰竭",
            "呼衰", "呼吸衰竭",
            "肾衰(?!竭)", "肾衰竭",
            "慢支(?!气)", "慢性支气管炎",
            "高血压病", "高血压",
            "冠心病", "冠状动脉粥样硬化性心脏病",
            "甲亢", "甲状腺功能亢进",
            "甲减", "甲状腺功能减退",
            "综合症", "综合征",
            "机能", "功能",
            "返流", "反流",
            "炎症性", "炎性",
            "纤支镜", "支气管镜",
            "待排|待查|查因", "",
            "植入", "置入");

    /** As {@link #fold}, without any space: texts with the same letters and digits are the same. */
    public static String bare(String text) {
        return fold(text).replace(" ", "");
    }

    /** As {@link #bare}, and in one spelling where Chinese records have several. */
    public static String packed(String text) {
        String packed = bare(text);
        for (Map.Entry<Pattern, String> spelling : CHINESE.entrySet()) {
            packed = spelling.getKey().matcher(packed).replaceAll(spelling.getValue());
        }
        return packed;
    }

    private static Map<Pattern, String> chinese(String... pairs) {
        var spellings = new LinkedHashMap<Pattern, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            spellings.put(Pattern.compile(pairs[i]), pairs[i + 1]);
        }
        return Collections.unmodifiableMap(spellings);
    }

    /** Roman numerals I to XII as digits where they stand alone among letters of another script, as in 心功能IV级. */
    private static String roman(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.length() != text.length()) {
            return text;
        }
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= '\u2160' && c <= '\u216B') {
                out.append(c - '\u2160' + 1);
                i++;
            } else if (isNumeral(c)) {
                int end = i;
                while (end < text.length() && isNumeral(text.charAt(end))) {
                    end++;
                }
                boolean alone = (i == 0 || !isLatin(text.charAt(i - 1)))
                        && (end == text.length() || !isLatin(text.charAt(end)) || text.charAt(end) == '\u00b0');
                boolean beside = end < text.length()
                        && Character.UnicodeScript.of(text.charAt(end)) == Character.UnicodeScript.HAN;
                int value = alone && beside ? value(text, i, end) : 0;
                if (value > 0) {
                    out.append(value);
                } else {
                    out.append(text, i, end);
                }
                i = end;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static boolean isNumeral(char c) {
        return c == 'I' || c == 'V' || c == 'X';
    }

    private static boolean isLatin(char c) {
        return c < 0x250 && Character.isLetter(c);
    }

    /** 1 to 12, or 0 where the letters are no numeral. */
    private static int value(String text, int start, int end) {
        String numeral = text.substring(start, end);
        return switch (numeral) {
            case "I" -> 1;
            case "II" -> 2;
            case "III" -> 3;
            case "IV" -> 4;
            case "V" -> 5;
            case "VI" -> 6;
            case "VII" -> 7;
            case "VIII" -> 8;
            case "IX" -> 9;
            case "X" -> 10;
            case "XI" -> 11;
            case "XII" -> 12;
            default -> 0;
        };
    }
}
