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
                        "(?:姓\\s{0,4}名|患者|病人|联系人|家属|经治医师|主治医师|主任医师|医师签名|签名)\\s{0,2}[:：]\\s{0,4}(" + ChineseNames.form()
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

    private static Rule rule(Kind kind, String form) {
        return new Rule(kind, Pattern.compile(form), found -> true);
    }
}
