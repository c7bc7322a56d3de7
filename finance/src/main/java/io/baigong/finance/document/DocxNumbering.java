package io.baigong.finance.document;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFNum;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTNumLvl;
import org.w3c.dom.Element;

/** Counts a DOCX's automatic numbering, which stands in no run: ECMA-376 part 1, section 17.9. */
final class DocxNumbering {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,6}");
    private static final int LEVELS = 9;
    private static final int UNSET = Integer.MIN_VALUE;
    private static final int LONGEST_STYLE_CHAIN = 20;

    private final XWPFDocument document;
    private final Map<BigInteger, int[]> counters = new HashMap<>();
    private final Set<BigInteger> started = new HashSet<>();

    DocxNumbering(XWPFDocument document) {
        this.document = document;
    }

    /** A list and a level in it. */
    private record Place(@Nullable String list, @Nullable String level) {}

    /** Number of the next paragraph with these {@code w:pPr}, such as {@code 2.1}; empty if it has none. */
    String next(Element properties) {
        Place place = place(properties);
        if (document.getNumbering() == null
                || !DIGITS.matcher(String.valueOf(place.list)).matches()) {
            return "";
        }
        BigInteger listId = new BigInteger(String.valueOf(place.list));
        int level = place.level != null && DIGITS.matcher(place.level).matches() ? Integer.parseInt(place.level) : 0;
        XWPFNum list = document.getNumbering().getNum(listId);
        BigInteger abstractId = list == null ? null : document.getNumbering().getAbstractNumID(listId);
        XWPFAbstractNum format =
                abstractId == null ? null : document.getNumbering().getAbstractNum(abstractId);
        if (list == null || abstractId == null || format == null || level >= LEVELS) {
            return "";
        }
        int[] counts = counters.computeIfAbsent(abstractId, id -> {
            int[] unset = new int[LEVELS];
            Arrays.fill(unset, UNSET);
            return unset;
        });
        if (started.add(listId)) {
            for (CTNumLvl override : list.getCTNum().getLvlOverrideList()) {
                int at = override.getIlvl().intValue();
                if (override.isSetStartOverride() && at >= 0 && at < LEVELS) {
                    counts[at] = override.getStartOverride().getVal().intValue() - 1;
                }
            }
        }
        counts[level] = counts[level] == UNSET ? start(format, level) : counts[level] + 1;
        Arrays.fill(counts, level + 1, LEVELS, UNSET);
        return label(format, level, counts);
    }

    /** From the paragraph itself, else from its style or the styles that this is based on. */
    private Place place(Element properties) {
        Place place = direct(properties, new Place(null, null));
        String id = Wml.value(properties, "pStyle");
        for (int i = 0; i < LONGEST_STYLE_CHAIN && id != null && place.list == null; i++) {
            XWPFStyle style = style(id);
            if (style == null) {
                break;
            }
            if (style.getCTStyle().isSetPPr()) {
                place = direct((Element) style.getCTStyle().getPPr().getDomNode(), place);
            }
            id = style.getBasisStyleID();
        }
        return place;
    }

    private static Place direct(Element properties, Place known) {
        Element number = Wml.child(properties, "numPr");
        return new Place(
                known.list == null ? Wml.value(number, "numId") : known.list,
                known.level == null ? Wml.value(number, "ilvl") : known.level);
    }

    private @Nullable XWPFStyle style(String id) {
        return document.getStyles() == null ? null : document.getStyles().getStyle(id);
    }

    private static @Nullable CTLvl level(XWPFAbstractNum format, int level) {
        for (CTLvl candidate : format.getCTAbstractNum().getLvlList()) {
            if (candidate.getIlvl().intValue() == level) {
                return candidate;
            }
        }
        return null;
    }

    private static int start(XWPFAbstractNum format, int level) {
        CTLvl found = level(format, level);
        return found != null && found.isSetStart() ? found.getStart().getVal().intValue() : 1;
    }

    private static String label(XWPFAbstractNum format, int level, int[] counts) {
        CTLvl own = level(format, level);
        if (own == null || !own.isSetLvlText() || own.getLvlText().getVal() == null) {
            return "";
        }
        if (style(own).equals("bullet")) {
            return "•";
        }
        String pattern = own.getLvlText().getVal();
        var label = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char unit = pattern.charAt(i);
            int digit = i + 1 < pattern.length() ? pattern.charAt(i + 1) - '1' : -1;
            if (unit == '%' && digit >= 0 && digit < LEVELS) {
                CTLvl counted = level(format, digit);
                int count = counts[digit] == UNSET ? start(format, digit) : counts[digit];
                label.append(number(count, counted == null ? "decimal" : style(counted)));
                i++;
            } else {
                label.append(unit);
            }
        }
        return CleanText.of(label.toString()).strip();
    }

    private static String style(CTLvl level) {
        return level.isSetNumFmt() && level.getNumFmt().getVal() != null
                ? level.getNumFmt().getVal().toString()
                : "decimal";
    }

    static String number(int count, String style) {
        if (count < 1 || count > 9999) {
            return style.equals("none") ? "" : String.valueOf(count);
        }
        return switch (style) {
            case "none" -> "";
            case "lowerLetter" -> letters(count).toLowerCase(Locale.ROOT);
            case "upperLetter" -> letters(count);
            case "lowerRoman" -> roman(count).toLowerCase(Locale.ROOT);
            case "upperRoman" -> roman(count);
            case "decimalZero" -> count < 10 ? "0" + count : String.valueOf(count);
            case "chineseCounting", "chineseCountingThousand", "ideographTraditional", "taiwaneseCountingThousand" ->
                chinese(count);
            default -> String.valueOf(count);
        };
    }

    /** A to Z, then AA, BB. */
    private static String letters(int count) {
        return String.valueOf((char) ('A' + (count - 1) % 26)).repeat((count - 1) / 26 + 1);
    }

    private static String roman(int count) {
        int[] values = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
        String[] signs = {"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};
        var roman = new StringBuilder();
        int rest = count;
        for (int i = 0; i < values.length; i++) {
            while (rest >= values[i]) {
                roman.append(signs[i]);
                rest -= values[i];
            }
        }
        return roman.toString();
    }

    private static String chinese(int count) {
        String digits = "零一二三四五六七八九";
        String[] units = {"", "十", "百", "千"};
        var chinese = new StringBuilder();
        boolean zero = false;
        for (int place = 3, power = 1000; place >= 0; place--, power /= 10) {
            int digit = count / power % 10;
            if (digit == 0) {
                zero = !chinese.isEmpty();
                continue;
            }
            if (zero) {
                chinese.append('零');
                zero = false;
            }
            boolean plainTen = place == 1 && digit == 1 && chinese.isEmpty();
            chinese.append(plainTen ? "" : digits.substring(digit, digit + 1)).append(units[place]);
        }
        return chinese.toString();
    }
}
