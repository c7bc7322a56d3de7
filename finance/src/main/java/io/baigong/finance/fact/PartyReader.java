package io.baigong.finance.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parties in the opening of a contract, with the defined term of each. */
final class PartyReader {
    private static final Pattern BETWEEN =
            Pattern.compile("\\b(?:between|among|amongst|by and between)\\b\\s?:?\\s?", Pattern.CASE_INSENSITIVE);
    private static final Pattern END = Pattern.compile(
            "\\b(?:whereas|recitals?|witnesseth|now,? therefore|background|definitions|preliminary statement)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ALIAS = Pattern.compile(
            "\\(\\s?(?:each\\s)?(?:the\\s|an?\\s)?(?:[a-z][a-z ,]{0,60}?(?:referred\\sto|called|known)[a-z ,]{0,60}?\\s)?"
                    + "(?:as\\s)?(?:the\\s)?\"\\s?(?:the\\s)?([^\"()]{1,60}?)[,.]?\\s?\"(?:\\s(?:or|and)\\s(?:the\\s)?\"[^\"()]{1,60}\")?[^()]{0,80}?\\)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME_END = Pattern.compile(
            "\\s?\\(|,\\s?+(?!(?:inc|llc|l\\.l\\.c|ltd|limited|l\\.p|lp|corp|co\\b|plc|n\\.a|s\\.a|ag\\b|gmbh|b\\.v|n\\.v|llp|pte|pty|s\\.p\\.a|incorporated))"
                    + "|\\s(?:an?\\s(?:[\\w.]+\\s){0,4}?(?:corporation|company|limited|partnership|bank|trust|individual)"
                    + "|with\\s(?:its|offices|an?)|having|located|whose|organi[sz]ed|incorporated\\s(?:in|under)|of\\s[0-9])|;|\\n",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NEXT = Pattern.compile(
            "^[\\s,;.:)]*+(?:(?:and\\b|on the other hand|on the one hand|\\(?[0-9]{1,2}[.)])[\\s,;:]*+){0,3}+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CHINESE = Pattern.compile(
            "(甲方|乙方|丙方|丁方|买方|卖方|委托方|受托方|许可方|被许可方|出租方|承租方)\\s?(?:\\([^()]{1,20}+\\))?\\s?:\\s?((?:[^\\s,;:。()]|\\((?!以下|下称)\\p{IsHan}{1,10}+\\)(?=\\p{IsHan})){2,60}+)");
    private static final Pattern CHINESE_ALIAS =
            Pattern.compile("([\\p{IsHan}A-Za-z()]{4,60}?)\\s?\\((?:以下|下称)(?:简称|称)?(?:为)?\\s?\"([^\"]{1,20}+)\"\\)");
    private static final Set<String> NO_PARTY = Set.of(
            "agreement",
            "party",
            "parties",
            "effective date",
            "contract",
            "execution date",
            "date",
            "commencement date",
            "this agreement",
            "closing date",
            "act",
            "term",
            "license agreement",
            "signing date");

    /** The opening ends here at the latest, in units. */
    private static final int REACH = 5_000;

    private static final int LONGEST_NAME = 120;

    private PartyReader() {}

    static List<Reading<Fact.Party>> in(String text) {
        List<Reading<Fact.Party>> chinese = chinese(text.substring(0, Math.min(text.length(), REACH)));
        if (chinese.size() > 1) {
            return chinese;
        }
        Matcher between = BETWEEN.matcher(text).region(0, Math.min(text.length(), REACH));
        return between.find() ? english(text, between.end()) : chinese;
    }

    private static List<Reading<Fact.Party>> english(String text, int from) {
        int to = Math.min(text.length(), from + REACH);
        Matcher end = END.matcher(text).region(from, to);
        if (end.find()) {
            to = end.start();
        }
        var parties = new ArrayList<Reading<Fact.Party>>();
        int at = from;
        Matcher alias = ALIAS.matcher(text).region(from, to);
        while (alias.find()) {
            String term = alias.group(1).strip();
            String key = term.toLowerCase(Locale.ROOT);
            if (NO_PARTY.contains(key) || key.endsWith("agreement") || key.endsWith("date")) {
                if (parties.size() > 1) {
                    break;
                }
                continue;
            }
            add(parties, text, at, alias.start(), term);
            at = alias.end();
        }
        if (parties.isEmpty()) {
            int stop = Math.min(to, text.indexOf('\n', from) < 0 ? to : Math.max(from, text.indexOf('\n', from)));
            int and = text.substring(from, stop).toLowerCase(Locale.ROOT).lastIndexOf(" and ");
            if (and > 0) {
                add(parties, text, from, from + and, null);
                add(parties, text, from + and + 5, stop, null);
            }
        }
        return parties;
    }

    private static void add(List<Reading<Fact.Party>> parties, String text, int from, int to, @Nullable String alias) {
        Matcher next = NEXT.matcher(text).region(from, to);
        int start = next.find() ? next.end() : from;
        Matcher end = NAME_END.matcher(text).region(start, to);
        int stop = end.find() ? end.start() : to;
        while (stop > start && " ,".indexOf(text.charAt(stop - 1)) >= 0) {
            stop--;
        }
        String name = text.substring(start, stop);
        boolean named = name.length() > 1
                && name.length() <= LONGEST_NAME
                && (Character.isUpperCase(name.charAt(0)) || Character.isDigit(name.charAt(0)));
        if (named && parties.stream().noneMatch(p -> p.value().name().equalsIgnoreCase(name))) {
            parties.add(new Reading<>(new Fact.Party(name, alias), start, stop));
        }
    }

    private static List<Reading<Fact.Party>> chinese(String opening) {
        var parties = new ArrayList<Reading<Fact.Party>>();
        CHINESE.matcher(opening).results().forEach(m -> {
            if (parties.stream().noneMatch(p -> m.group(1).equals(p.value().alias()))) {
                parties.add(new Reading<>(new Fact.Party(m.group(2), m.group(1)), m.start(2), m.end(2)));
            }
        });
        if (parties.isEmpty()) {
            CHINESE_ALIAS.matcher(opening).results().forEach(m -> {
                if (!m.group(2).endsWith("协议") && !m.group(2).endsWith("合同")) {
                    parties.add(new Reading<>(new Fact.Party(m.group(1), m.group(2)), m.start(1), m.end(1)));
                }
            });
        }
        return parties;
    }
}
