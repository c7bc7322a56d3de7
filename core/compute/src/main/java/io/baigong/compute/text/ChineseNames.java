package io.baigong.compute.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a name in Chinese ends, of a text that has no spaces between words. Masks too much rather than too little. */
final class ChineseNames {
    private static final String HAN = "\\p{IsHan}";
    private static final String DOT = "[·•‧・]";

    /** The hundred most usual surnames (Ministry of Public Security, 2007), and usual ones of two characters. */
    private static final String SURNAMES = "(?:欧阳|上官|皇甫|令狐|诸葛|司徒|司马|申屠|夏侯|慕容|尉迟|长孙|公孙|宇文|端木|东方"
            + "|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
            + "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])";

    /** Words that begin like a surname. */
    private static final String WORDS = "高[血热烧度龄危脂糖压]|黄[疸染色斑体]|周[围身期前后内]|马[上尾]|何[时处种因]|于[是今昨]|曾[有患因经于在行孙]|余[无未下]|程度|任何"
            + "|石膏|方面|白[细血天色带蛋]|严[重格密]|金[属黄]|许多|张[口力]|胡言|苏醒|陈旧|唐氏|陆续|毛[细发]|孙[女子]";

    private static final String SURNAME = "(?!" + WORDS + ")" + SURNAMES;

    /** Of what is said of a person; a given name may have it too, unless at least two characters follow. */
    private static final String SAID = "[因于诉自今系被经患与及]";

    private static final String FIELD = "(?:姓名|性别|男性|女性|年龄|出生|生日|民族|汉族|婚姻|已婚|未婚|职业|籍贯|国籍|住址|地址|单位|电话|手机|联系|身份证|证件|住院|入院"
            + "|出院|转院|病案|病历|门诊|登记|就诊|科室|科别|病区|床号|床位|主诉|主因|现病|既往|诊断|患者|病人|家属|医师|医生|护士|签名|签字|日期|时间|先生|女士|现年)";

    private static final String CLOSED = "(?!" + HAN + ")";

    /** What comes behind a name. */
    private static final String NEXT = CLOSED + "|" + FIELD + "|" + SAID + "(?=" + HAN + "{2})";

    /** A given name may end in these too, so that they end a name of three characters at least. */
    private static final String SEX = "[男女](?=" + NEXT + ")";

    private static final Pattern DOUBTFUL = Pattern.compile("(?=(?:" + HAN + "{4,8}|" + HAN + "{2}(?:[男女]|" + SAID
            + "))\\z)((" + SURNAME + HAN + ")" + HAN + "?)(?=" + HAN + ")");

    /** A name of three characters, of whatever surname, and what is said of the person. */
    private static final Pattern SAID_OF =
            Pattern.compile("(?!" + WORDS + ")(" + HAN + "{3})(?:[男女]|" + SAID + ")" + HAN + "{0,4}");

    private ChineseNames() {}

    /**
     * A regular expression for a name behind its label: a transliterated one with its dots; one with a usual surname up to what comes
     * next; else up to eight characters to the end of their run or the next label; in longer runs, as few as something follows that
     * ends a name.
     */
    static String form() {
        String part = HAN + "{1,8}";
        String dotted = part + "(?:" + DOT + part + "){0,3}" + DOT + "(?:" + part + "?(?=" + NEXT + "|" + SEX + ")|"
                + part + ")";
        String usual = SURNAME + "(?:" + HAN + "{1,2}?(?=" + NEXT + ")|" + HAN + "{2}(?=" + SEX + "))";
        String whole = HAN + "{2,8}?(?=" + CLOSED + "|" + FIELD + "\\s{0,2}[:：])";
        String open = HAN + "{2}(?=" + NEXT + ")|" + HAN + "{3,8}?(?=" + NEXT + "|" + SEX + ")|" + HAN + "{8}";
        return dotted + "|" + usual + "|" + whole + "|" + open;
    }

    /**
     * What the name may be if it was taken with some of what follows: a usual surname with one character, or with two; or three
     * characters before what is said of the person.
     */
    static Stream<String> shorter(String name) {
        Matcher doubtful = DOUBTFUL.matcher(name);
        Matcher said = SAID_OF.matcher(name);
        return Stream.concat(
                doubtful.lookingAt() ? Stream.of(doubtful.group(1), doubtful.group(2)) : Stream.empty(),
                said.matches() ? Stream.of(said.group(1)) : Stream.empty());
    }
}
