package io.baigong.gateway.proxy;

import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a question that decide what it asks, for a vector hardly changes with them: numbers, negations, opposites, names,
 * what is quoted. Two questions with other such words, or with the same words in another order, are not the same question.
 *
 * <p>It is a list of what can be told cheaply, and errs to the side of telling questions apart.
 *
 * @param words all words, in lower case, in their order; a Chinese character is one
 * @param decisive those that must be the same, in their order
 */
record Wording(List<String> words, List<String> decisive) {
    private static final Pattern TOKEN =
            Pattern.compile("(?<quote>\"[^\"]+\"|“[^”]+”|‘[^’]+’|「[^」]+」|『[^』]+』|《[^》]+》|`[^`]+`)"
                    + "|(?<number>[+-]?\\p{Nd}[\\p{IsLatin}\\p{Nd}.,:/%-]*)"
                    + "|(?<latin>\\p{IsLatin}[\\p{IsLatin}\\p{M}\\p{Nd}'@._/\\\\-]*)"
                    + "|(?<ideograph>\\p{IsHan})"
                    + "|(?<sign>[%$€£¥<>=+°&#\\\\/@−±×÷≤≥≠≈^*~|])"
                    + "|(?<stop>[.!?。！？:：;；\\n])");

    private static final String NEGATIONS =
            "not no never none nobody nothing neither nor cannot without except unless instead rather only must ";

    private static final String NUMERALS =
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
                    + " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion"
                    + " half quarter double triple once twice first second third fourth fifth last next previous ";

    private static final String OPPOSITES =
            "before after above below over under more less most least fewer greater smaller larger higher lower minimum maximum"
                    + " min max increase decrease raise reduce buy sell start stop begin end open close opened closed enable"
                    + " disable enabled disabled add remove insert delete up down left right off out import export upload"
                    + " download encrypt decrypt encode decode install uninstall allow deny block unblock accept reject lend"
                    + " borrow win lose gain loss profit deficit asset liability income expense debit credit sender receiver"
                    + " buyer seller lessor lessee landlord tenant employer employee short early late earliest latest old"
                    + " new oldest newest true false valid invalid legal illegal male female man woman men women boy girl he she"
                    + " his her husband wife father mother son daughter north south east west inside outside internal external"
                    + " public private input output read write push pull today tomorrow yesterday who when where why whose best"
                    + " worst good bad positive negative acute chronic benign malignant";

    private static final Set<String> DECISIVE = Set.of((NEGATIONS + NUMERALS + OPPOSITES).split(" "));

    /** Numerals, negations and, of most opposites, the less common one: that it is there or not tells the two apart. */
    private static final String IDEOGRAPHS = "零〇一二三四五六七八九十百千万亿两半几不没无非未勿别莫否禁除免仅只"
            + "前后下左右高低小少增减升降涨跌买卖进出关借贷男女新旧真假首末先内外短早晚加收付反东西南北始终起止胜负盈亏"
            + "甲乙父母夫妻老更最坏快慢轻重阴阳急良恶今昨明谁哪";

    /** Characters of GB 2312, which every encoder for Chinese knows one from another. */
    private static final BitSet COMMON = common();

    private static BitSet common() {
        var encoder = Charset.forName("GB2312").newEncoder();
        var common = new BitSet();
        for (char each = 0x4E00; each < 0xA000; each++) {
            common.set(each, encoder.canEncode(each));
        }
        return common;
    }

    static Wording of(String text) {
        Matcher token = TOKEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replace('’', '\'')
                .strip());
        var words = new ArrayList<String>();
        var decisive = new ArrayList<String>();
        boolean begins = true;
        boolean chinese = Script.of(text).filter(Script.HAN::equals).isPresent();
        while (token.find()) {
            String word = token.group();
            if (token.group("stop") != null) {
                begins = true;
                continue;
            }
            if (token.group("latin") != null) {
                word = stripped(word);
                addLatin(word, begins, chinese, words, decisive);
            } else {
                words.add(word);
                if (token.group("ideograph") == null || isDecisive(word)) {
                    decisive.add(token.group("number") != null ? stripped(word).toLowerCase(Locale.ROOT) : word);
                }
            }
            begins = false;
        }
        return new Wording(List.copyOf(words), List.copyOf(decisive));
    }

    private static void addLatin(
            String word, boolean begins, boolean chinese, List<String> words, List<String> decisive) {
        String plain = word.toLowerCase(Locale.ROOT);
        if (plain.endsWith("n't")) {
            words.add(plain.substring(0, plain.length() - 3));
            words.add("not");
            decisive.add("not");
            return;
        }
        words.add(plain);
        boolean named = !plain.equals(word) && !plain.equals("i") && !begins;
        boolean strange =
                !plain.chars().allMatch(letter -> Character.isLetter(letter) || letter == '\'' || letter == '-');
        boolean shouted = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
        if (chinese || named || strange || shouted || DECISIVE.contains(plain)) {
            decisive.add(plain);
        }
    }

    /** Also of a character that is rare, for an encoder may take any such for any other. */
    private static boolean isDecisive(String ideograph) {
        return IDEOGRAPHS.contains(ideograph) || !COMMON.get(ideograph.codePointAt(0));
    }

    /** Without the marks that end a sentence. */
    private static String stripped(String word) {
        int end = word.length();
        while (end > 1 && ".,:'/-".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }

    /** Whether the two may ask the same, as far as words tell. */
    boolean mayAskSameAs(Wording other) {
        return words.equals(other.words)
                || (decisive.equals(other.decisive)
                        && !words.stream()
                                .sorted()
                                .toList()
                                .equals(other.words.stream().sorted().toList()));
    }
}
