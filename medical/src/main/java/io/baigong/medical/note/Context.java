package io.baigong.medical.note;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a sentence says of a finding: trigger words before or after it, up to a word that ends their scope. After ConText
 * (Harkema et al. 2009, doi 10.1016/j.jbi.2009.05.002), with triggers in English, Spanish and Chinese.
 */
public final class Context {
    /** How far a trigger reaches, in UTF-16 units. */
    private static final int SCOPE = 120;

    /** Words that begin a finished denial. */
    private static final String DENIALS =
            "\\bno (?:signs?|evidence|history|known|significant|other)?\\b|\\bnot\\b|\\bwithout\\b|\\bden(?:y|ies|ied|ying)\\b"
                    + "|\\bnegative for\\b|\\babsence of\\b|\\bfree of\\b|\\bruled out\\b|\\bnever\\b"
                    + "|\\bsin\\b|\\bniega\\b|\\bnieg[ao]n?\\b|\\bausencia de\\b|\\bdescart(?:an?|ó|aron|ad[oa]s?)\\b|\\bno\\b|\\bnegativ[oa]s? para\\b"
                    + "|\\bexento de\\b|无(?!法)|未见|未及|未发现|未闻及|未触及|否认|没有|已(?:经)?排除(?!不)|排除了|不伴|并无";

    private static final Pattern DENIAL = pattern(DENIALS);

    private static final Map<Assertion, Pattern> BEFORE = new EnumMap<>(Map.of(
            Assertion.NEGATED,
            pattern(DENIALS + "|\\bdescart[a-zó]+\\b|排除(?!不)|\\bnor\\b|\\bni\\b|\\btampoco\\b"),
            Assertion.FAMILY,
            pattern(
                    "\\bfamily history\\b|\\b(?:his|her|the patient's|patient's|maternal|paternal) (?:mother|father|brother|sister|aunt|uncle"
                            + "|grandmother|grandfather|cousin|son|daughter|parents?|family)\\b|\\bmother (?:had|has|with|died)\\b"
                            + "|\\bfather (?:had|has|with|died)\\b|\\bfamilial history\\b|\\bantecedentes familiares\\b|\\bhistoria familiar\\b"
                            + "|\\b(?:su|la|el) (?:madre|padre|hermano|hermana|abuelo|abuela|tío|tía|primo|prima|hijo|hija)\\b|\\bmadre\\b(?= con)"
                            + "|\\bpadre\\b(?= con)|家族史|父亲|母亲|其父|其母|祖父|祖母|兄弟|姐妹|家族中"),
            Assertion.HISTORY,
            pattern(
                    "\\bhistory of\\b(?! (?:the )?present illness)|\\bpast medical history\\b|\\bpreviously\\b|\\bprior\\b|\\bprevious\\b|\\bstatus post\\b|\\bs/p\\b"
                            + "|\\bin (?:the )?past\\b|\\bantecedentes?\\b(?! familiares)|\\bhistoria de\\b|\\bhistoria previa\\b|\\bprevi[oa]s?\\b"
                            + "|\\bhabía (?:padecido|presentado|sufrido)\\b|既往|病史|曾患|曾有|曾因|陈旧"),
            Assertion.UNCERTAIN,
            pattern(
                    "\\bpossible\\b|\\bprobable\\b|\\bprobably\\b|\\bsuspected\\b|\\bsuspicion of\\b|\\bsuspicious for\\b|\\brule out\\b|\\br/o\\b"
                            + "|\\bquestionable\\b|\\bmay be\\b|\\bmight be\\b|\\bcannot exclude\\b|\\bsuggestive of\\b|\\bconsistent with\\b"
                            + "|\\bsospecha\\b|\\bposibles?\\b|\\bprobables?\\b|\\bsugestiv[oa]s?\\b|\\bsugiere\\b|\\bcompatibles? con\\b|\\ba descartar\\b"
                            + "|\\bpodría\\b|疑似|可疑|考虑|可能|疑(?!问)|不除外|不排除|待排|(?:不能|无法|未能)(?:明确|确定|确诊)")));
    private static final Map<Assertion, Pattern> AFTER = new EnumMap<>(Map.of(
            Assertion.NEGATED,
            pattern("^[^,;，；]{0,25}?(?:\\b(?:was|were|is|are|has been) (?:ruled out|excluded|absent|negative)\\b"
                    + "|\\b(?:fue|fueron|queda) descartad[oa]s?\\b|\\bnegativ[oa]s?\\b|\\bausentes?\\b|阴性|已排除|不明显)"),
            Assertion.UNCERTAIN,
            pattern("^[^,;，；]{0,15}?(?:\\?|？|\\blikely\\b|\\bsuspected\\b|待排|待查|可能性?大?|不除外|不能排除)")));
    private static final Pattern ENDS =
            pattern("\\bbut\\b|\\bhowever\\b|\\balthough\\b|\\bexcept\\b|\\bwhich\\b|\\bpresents?\\b|\\bpresented\\b"
                    + "|\\bpero\\b|\\baunque\\b|\\bsalvo\\b|\\bexcepto\\b|\\bsino\\b|\\bpresenta(?:ba|ndo)?\\b|\\bdestaca\\b|但|然而|除外(?!不)|[。；;\\n]"
                    + "|\\.\\s");

    private static final Pattern NEVER = pattern("(?!)");

    /** What can't be ruled out is not denied, though it is said with the words of a denial. */
    private static final Pattern UNDECIDED_BEFORE = pattern(
            "(?:\\b(?:not|cannot|can't|couldn't)\\b(?: \\w+){0,2} (?:rule|ruled|exclude|excluded)\\b(?: out)?"
                    + "|\\bno\\b(?: \\w+){0,3} (?:descartar\\w*|descartad[oa]|descarta|excluir\\w*)\\b|(?:不能|无法|未能|不)(?:完全)?(?:排除|除外))");

    private static final Pattern UNDECIDED_AFTER = pattern(
            "^[^,;，；]{0,25}?(?:\\b(?:cannot|can't|could not|can not|not)(?: \\w+){0,2} (?:ruled out|excluded)\\b"
                    + "|\\bno\\b(?: \\w+){0,3} (?:descartar\\w*|descartad[oa]|excluir\\w*)\\b|(?:不能|无法|未能|不)(?:完全)?(?:排除|除外))");

    private Context() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(
                regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    /**
     * What the text says of the finding at {@code [start, end)}.
     *
     * <p>What can't be ruled out is uncertain, unless it is denied after that. Otherwise negation goes before family, family before uncertainty, and that before
     * history, since the first decides whether there is anything to code.
     */
    public static Assertion of(String text, int start, int end, Sentence sentence) {
        int from = Math.max(sentence.start(), start - SCOPE);
        String before = text.substring(from, Math.max(from, start));
        Matcher ended = ENDS.matcher(before);
        int cut = 0;
        while (ended.find()) {
            cut = ended.end();
        }
        String scope = before.substring(cut);
        int until = Math.min(text.length(), Math.max(sentence.end(), end) + 2);
        String after = text.substring(Math.min(end, until), Math.min(until, end + SCOPE));
        if (isUndecided(scope) || UNDECIDED_AFTER.matcher(after).find()) {
            return Assertion.UNCERTAIN;
        }
        for (Assertion assertion :
                new Assertion[] {Assertion.NEGATED, Assertion.FAMILY, Assertion.UNCERTAIN, Assertion.HISTORY}) {
            String ahead = assertion == Assertion.FAMILY ? before : scope;
            boolean said = BEFORE.getOrDefault(assertion, NEVER).matcher(ahead).find()
                    || AFTER.getOrDefault(assertion, NEVER).matcher(after).find();
            if (said) {
                return assertion;
            }
        }
        return Assertion.PRESENT;
    }

    /** Whether what goes before the finding says that it can't be ruled out, and begins no finished denial after that. */
    private static boolean isUndecided(String scope) {
        Matcher undecided = UNDECIDED_BEFORE.matcher(scope);
        int end = -1;
        while (undecided.find()) {
            end = undecided.end();
        }
        return end >= 0 && !DENIAL.matcher(scope).region(end, scope.length()).find();
    }
}
