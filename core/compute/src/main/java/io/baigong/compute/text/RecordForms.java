package io.baigong.compute.text;

import io.baigong.compute.text.PersonalData.Kind;
import io.baigong.compute.text.PersonalData.Rule;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What identifies a person in a record, such as a hospital's, by form: names after a label or a title, numbers after a label, and dates
 * to the day. English, Spanish and Chinese. A name without a label is not found; after it stood with one it is, wherever it stands.
 */
final class RecordForms {
    private static final String MONTHS =
            "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?"
                    + "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
    private static final String MESES =
            "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)";
    private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
    private static final String MONTH = "(?:0?[1-9]|1[0-2])";
    private static final String WORD = "\\p{Lu}[\\p{L}\\p{M}'’-]{1,30}";
    private static final String HAN = "\\p{IsHan}";
    private static final String DOT = "[·•‧・]";

    /** What comes behind a name in Chinese, where no space does: the next field, or what is said of the person. */
    private static final String NEXT =
            "(?!" + HAN + ")|性别|男性|女性|年龄|出生|生日|民族|汉族|婚姻|已婚|未婚|职业|籍贯|国籍|住址|地址|单位|电话|手机|联系|身份证|证件|住院|入院"
                    + "|出院|转院|病案|病历|门诊|登记|就诊|科室|科别|病区|床号|床位|主诉|主因|现病|既往|诊断|患者|病人|家属|医师|医生|护士|签名|签字|日期|时间|先生|女士|现年"
                    + "|因|于|诉|自|今|系|被|经|患|与|及";

    /** A given name may end in these too, so that they end a name of three characters at least. */
    private static final String SEX = "|男|女";

    private RecordForms() {}

    static List<Rule> all() {
        return List.of(
                rule(
                        Kind.RECORD_NUMBER,
                        "(?:病案号|住院号|门诊号|病历号|就诊号|登记号|医保号|社保号|医保卡号|(?i:\\bMRN|\\bmedical record(?: number| no)?|\\bchart no"
                                + "|\\bpatient id|\\brecord (?:number|no)|\\bNHC|\\bn[úu]mero de historia(?: cl[íi]nica)?"
                                + "|\\bhistoria cl[íi]nica(?: n[º°o])?))[ .#:：]{0,4}([A-Za-z0-9-]{0,6}\\d[A-Za-z0-9/-]{2,20})"),
                rule(Kind.RECORD_NUMBER, "(?<![\\d-])(\\d{3}-\\d{2}-\\d{4})(?![\\d-])"),
                rule(
                        Kind.DATE,
                        "(?<!\\d)((?:19|20)\\d{2}(?:[-/.]" + MONTH + "[-/.]" + DAY + "|年" + MONTH + "月" + DAY
                                + "[日号]))(?!\\d)"),
                rule(
                        Kind.DATE,
                        "(?<![\\d/.-])(" + DAY + "([/.-])" + DAY + "\\2(?:(?:19|20)\\d{2}|\\d{2}))(?![\\d/.-])"),
                rule(
                        Kind.DATE,
                        "(?i)(?<![\\p{L}\\d])(" + DAY + "(?:st|nd|rd|th)?(?: of)? " + MONTHS
                                + "(?:,? (?:19|20)\\d{2})?|" + MONTHS + " " + DAY
                                + "(?:st|nd|rd|th)?(?:,? (?:19|20)\\d{2})?)(?![\\p{L}\\d])"),
                rule(
                        Kind.DATE,
                        "(?i)(?<![\\p{L}\\d])(" + DAY + " de " + MESES
                                + "(?: (?:de|del) (?:19|20)\\d{2})?)(?![\\p{L}\\d])"),
                rule(
                        Kind.NAME,
                        "(?:姓\\s{0,4}名|患者|病人|联系人|家属|经治医师|主治医师|主任医师|医师签名|签名)\\s{0,2}[:：]\\s{0,4}(" + chineseName()
                                + ")"),
                rule(
                        Kind.NAME,
                        "(?:(?i:\\bpatient(?: name)?|\\bname|\\battending(?: physician)?|\\bphysician|\\bsigned(?: by)?|\\bpaciente"
                                + "|\\bnombre(?: y apellidos)?|\\bapellidos|\\bm[ée]dico|\\bfirmado(?: por)?))\\s{0,2}[:：]\\s{0,4}("
                                + WORD
                                + "(?:,? " + WORD + "){0,4})(?!\\p{L}|\\s{0,2}[:：#])"),
                rule(
                        Kind.NAME,
                        "(?<!\\p{L})(?:(?:Mr|Mrs|Ms|Miss|Dr|Dra|Sr|Sra|Srta|Don|Doña|Dña)\\.?|D\\.) (" + WORD + "(?: "
                                + WORD + "){0,3})"));
    }

    /** A transliterated name with its dots; else two to four characters, as few as something follows that ends a name. */
    private static String chineseName() {
        String parts = HAN + "{1,8}(?:" + DOT + HAN + "{1,8}){0,3}" + DOT;
        String last = "(?:" + HAN + "{1,8}?(?=" + NEXT + SEX + ")|" + HAN + "{1,8})";
        return parts + last + "|" + HAN + "{2}(?=" + NEXT + ")|" + HAN + "{3}(?=" + NEXT + SEX + ")|" + HAN + "{4}";
    }

    private static Rule rule(Kind kind, String form) {
        return new Rule(kind, Pattern.compile(form), found -> true);
    }
}
