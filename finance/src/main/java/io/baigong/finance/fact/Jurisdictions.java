package io.baigong.finance.fact;

import io.baigong.spi.LocalText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places whose law a contract may choose, by their names in English and Chinese. Countries are those of ISO 3166-1. */
public final class Jurisdictions {
    private static final String STATES =
            "Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,Florida,"
                    + "Georgia,Hawaii,Idaho,Illinois,Indiana,Iowa,Kansas,Kentucky,Louisiana,Maine,Maryland,Massachusetts,Michigan,"
                    + "Minnesota,Mississippi,Missouri,Montana,Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,New York,"
                    + "North Carolina,North Dakota,Ohio,Oklahoma,Oregon,Pennsylvania,Rhode Island,South Carolina,South Dakota,"
                    + "Tennessee,Texas,Utah,Vermont,Virginia,Washington,West Virginia,Wisconsin,Wyoming,District of Columbia,"
                    + "Puerto Rico";
    private static final String PROVINCES =
            "Ontario,Quebec,British Columbia,Alberta,Manitoba,Nova Scotia,New Brunswick,"
                    + "Saskatchewan,New South Wales,Victoria,Queensland,Western Australia,South Australia,Scotland,Northern Ireland";
    /** Other names, each with the English name that stands for it. */
    private static final String OTHER_NAMES = "England and Wales=England and Wales;England & Wales=England and Wales;"
            + "England=England and Wales;English=England and Wales;Wales=England and Wales;英格兰及威尔士=England and Wales;"
            + "英格兰和威尔士=England and Wales;英国=United Kingdom;Great Britain=United Kingdom;UK=United Kingdom;"
            + "PRC=China;P.R.C.=China;P.R. China=China;People's Republic of China=China;中华人民共和国=China;中国大陆=China;"
            + "Chinese=China;Hong Kong=Hong Kong;香港=Hong Kong;香港特别行政区=Hong Kong;Macau=Macao;澳门=Macao;台湾=Taiwan;"
            + "USA=United States;U.S.A.=United States;U.S.=United States;United States of America=United States;"
            + "Swiss=Switzerland;German=Germany;Federal Republic of Germany=Germany;French=France;Dutch=Netherlands;"
            + "Japanese=Japan;Belgian=Belgium;Swedish=Sweden;Israeli=Israel;Irish=Ireland;Korea=South Korea;"
            + "Republic of Korea=South Korea;Russian Federation=Russia;纽约州=New York;纽约=New York;特拉华州=Delaware;"
            + "加利福尼亚州=California;加州=California";

    private static final Map<String, LocalText> BY_NAME = names();
    private static final Pattern NAME = Pattern.compile(
            "(?<![\\p{L}])(?:"
                    + BY_NAME.keySet().stream()
                            .filter(name -> name.charAt(0) < 0x2e80)
                            .sorted((a, b) -> b.length() - a.length())
                            .map(Pattern::quote)
                            .reduce((a, b) -> a + "|" + b)
                            .orElseThrow()
                    + ")(?![\\p{L}])|(?:"
                    + BY_NAME.keySet().stream()
                            .filter(name -> name.charAt(0) >= 0x2e80)
                            .sorted((a, b) -> b.length() - a.length())
                            .map(Pattern::quote)
                            .reduce((a, b) -> a + "|" + b)
                            .orElseThrow()
                    + ")",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LAW = Pattern.compile(
            "\\blaws?\\s(?:and\\s\\w{1,20}+\\s)?(?:applicable\\s|in\\sforce\\s|prevailing\\s)?(?:of|in|from)\\s"
                    + "|\\bgoverned\\s(?:exclusively\\s|solely\\s|in\\sall\\srespects\\s)?(?:by|under)\\s"
                    + "|\\b(?:under|accordance\\swith)\\s(?=(?:\\w{1,15}+\\s){1,2}laws?\\b)|适用|依照|根据|依据|受",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STOP = Pattern.compile(
            "without|excluding|exclud|disregard|irrespective|regardless|notwithstanding|conflict|choice|\\bcourts?\\b"
                    + "|jurisdiction|venue|arbitrat|applicable\\sto|except|other\\sthan|international\\ssale|仲裁|法院|冲突|管辖权",
            Pattern.CASE_INSENSITIVE);
    private static final String CHINESE_LAW = "法";

    /** Words after which a place must come to be the one that is chosen. */
    private static final int REACH = 160;

    /** Such words that are looked at in a sentence, at most. */
    private static final int MOST_CUES = 5;

    private Jurisdictions() {}

    private static Map<String, LocalText> names() {
        var names = new HashMap<String, LocalText>();
        for (String code : Locale.getISOCountries()) {
            var country = Locale.of("", code);
            String en = switch (code) {
                case "HK" -> "Hong Kong";
                case "MO" -> "Macao";
                default -> country.getDisplayCountry(Locale.ENGLISH);
            };
            String zh = switch (code) {
                case "HK" -> "香港";
                case "MO" -> "澳门";
                default -> country.getDisplayCountry(Locale.SIMPLIFIED_CHINESE);
            };
            var name = new LocalText(en, zh);
            names.put(key(en), name);
            names.put(key(zh), name);
        }
        // The American state is what contracts mean by the name that it shares with a country.
        for (String place : (STATES + "," + PROVINCES).split(",", -1)) {
            names.put(key(place), new LocalText(place, place));
        }
        for (String entry : OTHER_NAMES.split(";", -1)) {
            String[] pair = entry.split("=", -1);
            String en = pair[1];
            LocalText known = names.get(key(en));
            names.put(
                    key(pair[0]), known != null ? known : new LocalText(en, en.startsWith("England") ? "英格兰及威尔士" : en));
        }
        return Collections.unmodifiableMap(names);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The place that is called so, with or without words such as {@code the State of}. */
    public static Optional<LocalText> named(String name) {
        LocalText known = BY_NAME.get(key(name.strip()));
        if (known != null) {
            return Optional.of(known);
        }
        Matcher matcher = NAME.matcher(name);
        return matcher.find() ? Optional.ofNullable(BY_NAME.get(key(matcher.group()))) : Optional.empty();
    }

    /** The laws that the sentence {@code [from, to)} of a plain text chooses; a state goes before its country. */
    static List<Reading<LocalText>> chosen(String text, int from, int to) {
        Matcher law = LAW.matcher(text).region(from, to);
        for (int cue = 0; cue < MOST_CUES && law.find(); cue++) {
            int end = Math.min(to, law.end() + REACH);
            Matcher stop = STOP.matcher(text).region(law.end(), end);
            if (stop.find()) {
                end = stop.start();
            }
            List<Reading<LocalText>> places = places(text, law.end(), end);
            boolean chinese = text.charAt(law.start()) > 0x2e80;
            if (!places.isEmpty() && (!chinese || text.substring(law.end(), end).contains(CHINESE_LAW))) {
                return places;
            }
        }
        return List.of();
    }

    private static List<Reading<LocalText>> places(String text, int from, int to) {
        var places = new LinkedHashMap<String, Reading<LocalText>>();
        Matcher name = NAME.matcher(text).region(from, to);
        while (name.find()) {
            LocalText place = BY_NAME.get(key(name.group()));
            if (place != null) {
                places.putIfAbsent(place.en(), new Reading<>(place, name.start(), name.end()));
            }
        }
        if (places.size() > 1) {
            for (String whole : List.of("United States", "United Kingdom", "Canada", "Australia")) {
                if (places.size() > 1) {
                    places.remove(whole);
                }
            }
            if (places.containsKey("Hong Kong")) {
                places.remove("China");
            }
        }
        return new ArrayList<>(places.values());
    }
}
