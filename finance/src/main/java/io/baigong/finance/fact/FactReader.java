package io.baigong.finance.fact;

import io.baigong.finance.Language;
import io.baigong.finance.clause.Clause;
import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.document.ContractDocument;
import io.baigong.spi.LocalText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads typed facts: first in the passages of the clauses that hold them, then, where that is reliable, in the whole text.
 * What can't be read with certainty, such as {@code 03/04/2020}, is left out.
 */
public final class FactReader {
    private static final Pattern TITLE = Pattern.compile(
            "\\b(?:agreement|contract|licen[sc]e|memorandum|lease|amendment)\\b|协议|合同", Pattern.CASE_INSENSITIVE);
    private static final Pattern MADE = Pattern.compile(
            "\\b(?:made|entered\\sinto|dated|executed|signed|effective|date)\\b|签订|签署|日期", Pattern.CASE_INSENSITIVE);
    private static final Pattern EFFECTIVE = Pattern.compile(
            "\\beffective\\s(?:date|as\\sof|on|from)|\\bcommenc\\w{1,5}+\\son|\\bbegin\\w{0,4}+\\son|生效|起始",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EXPIRES = Pattern.compile(
            "\\b(?:expir\\w{1,6}+|until|through|ending|ends?|terminat\\w{1,5}+|valid)\\b|至|到期|截止|届满",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TERM = Pattern.compile(
            "\\bterm\\b|\\bperiod\\sof\\b|\\b(?:continues?|remains?|valid|duration)\\b|期限|有效期|期间为",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INITIAL_TERM = Pattern.compile(
            "\\binitial\\s(?:term|period)\\b|\\bterm\\sof\\sthis\\s\\w{1,30}+|合同期限|协议期限|有效期", Pattern.CASE_INSENSITIVE);
    private static final Pattern PERPETUAL = Pattern.compile(
            "\\b(?:perpetuity|perpetual(?:ly)?|indefinite(?:ly)?|indefinite\\sterm)\\b|永久|无固定期限",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RENEW = Pattern.compile(
            "\\b(?:renew\\w{0,6}+|extend\\w{0,3}+|extension|successive|additional)\\b|续期|续展|续签|延长|顺延",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RENEWS_ITSELF = Pattern.compile(
            "\\bautomatic(?:ally)?\\b[^.;]{0,60}\\b(?:renew|extend)|\\b(?:renew|extend)\\w{0,3}+\\s(?:itself\\s)?automatic|自动续|自动延|自动顺延",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOTICE =
            Pattern.compile("\\b(?:notice|notif\\w{1,8}+|notification)\\b|通知", Pattern.CASE_INSENSITIVE);
    private static final Pattern AHEAD =
            Pattern.compile("\\b(?:prior|before|notice|advance|preceding)\\b|前|提前", Pattern.CASE_INSENSITIVE);
    private static final Pattern FOR_CONVENIENCE = Pattern.compile(
            "\\bterminat\\w{1,5}+\\b[^.;]{0,160}\\b(?:convenience|without\\scause|any\\sreason|no\\sreason|at\\sany\\stime)\\b"
                    + "|(?:随时|无需理由|任何理由|单方)[^。;]{0,40}(?:解除|终止)|提前[^。;]{0,30}通知[^。;]{0,30}(?:解除|终止)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LAW = Pattern.compile(
            "\\bgoverned\\b|\\bconstrued\\b|\\bgoverning\\slaw\\b|适用[^。;]{0,20}法|法律管辖", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIABILITY =
            Pattern.compile("\\bliab(?:le|ility|ilities)\\b|责任|赔偿", Pattern.CASE_INSENSITIVE);

    /** How far the opening reaches, in units. */
    private static final int OPENING = 4_000;

    private static final int SENTENCE = 1_500;

    /** Sentences that a search of the whole text looks at, at most. */
    private static final int MOST_SENTENCES = 60;

    private final ContractDocument document;
    private final List<Clause> clauses;
    private final Language language;
    private final PlainText plain;
    private final String text;
    private final List<Fact> facts = new ArrayList<>();

    private FactReader(ContractDocument document, List<Clause> clauses, Language language) {
        this.document = document;
        this.clauses = clauses;
        this.language = language;
        this.plain = PlainText.of(document.text());
        this.text = plain.text();
    }

    /** All facts that can be read, by kind and then in document order; equal values of one kind once. */
    public static List<Fact> read(ContractDocument document, List<Clause> clauses, Language language) {
        var reader = new FactReader(document, clauses, language);
        reader.title();
        PartyReader.in(reader.text).forEach(party -> reader.add(Fact.Kind.PARTY, party));
        reader.dates();
        reader.term();
        reader.renewal();
        reader.terminationNotice();
        reader.governingLaw();
        reader.liabilityCap();
        return List.copyOf(reader.facts);
    }

    /** A stretch of the plain text, {@code [from, to)}. */
    private record Stretch(int from, int to) {}

    private void title() {
        Optional<Stretch> marked = likely(ClauseType.DOCUMENT_NAME)
                .map(clause -> new Stretch(plain.at(clause.start()), plain.at(clause.end())))
                .findFirst();
        int from = marked.map(Stretch::from).orElse(0);
        int to = marked.map(Stretch::to).orElseGet(this::titleLine);
        while (from < to && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        if (from < to && TITLE.matcher(text).region(from, to).find()) {
            add(
                    Fact.Kind.TITLE,
                    new Reading<>(new Fact.Text(text.substring(from, to).strip()), from, to));
        }
    }

    /** End of the first line if that may be a title; 0 if not. */
    private int titleLine() {
        String source = document.text();
        int begin = 0;
        while (begin < source.length() && Character.isWhitespace(source.charAt(begin))) {
            begin++;
        }
        int end = source.indexOf('\n', begin);
        return end > begin && end - begin < 160 ? plain.at(end) : 0;
    }

    private void dates() {
        int opening = Math.min(text.length(), OPENING);
        List<Reading<LocalDate>> inOpening = Dates.in(text, 0, opening);
        List<Reading<LocalDate>> agreement = datesOf(ClauseType.AGREEMENT_DATE);
        if (agreement.isEmpty()) {
            agreement = inOpening.stream()
                    .filter(day -> near(MADE, day.start() - 60, day.start()))
                    .limit(1)
                    .toList();
        }
        agreement.stream().limit(1).forEach(day -> add(Fact.Kind.AGREEMENT_DATE, day(day)));
        List<Reading<LocalDate>> effective = datesOf(ClauseType.EFFECTIVE_DATE);
        if (effective.isEmpty()) {
            effective = inOpening.stream()
                    .filter(day -> near(EFFECTIVE, day.start() - 40, day.start())
                            || near(EFFECTIVE, day.end(), day.end() + 30))
                    .limit(1)
                    .toList();
        }
        effective.stream().limit(1).forEach(day -> add(Fact.Kind.EFFECTIVE_DATE, day(day)));
        stretches(sentencesOf(ClauseType.EXPIRATION_DATE), INITIAL_TERM)
                .forEach(sentence -> Dates.in(text, sentence.from(), sentence.to()).stream()
                        .filter(day -> near(EXPIRES, Math.max(sentence.from(), day.start() - 60), day.start()))
                        .forEach(day -> add(Fact.Kind.EXPIRATION_DATE, day(day))));
    }

    private static Reading<Fact.Day> day(Reading<LocalDate> day) {
        return new Reading<>(new Fact.Day(day.value()), day.start(), day.end());
    }

    private List<Reading<LocalDate>> datesOf(ClauseType type) {
        return likely(type)
                .flatMap(clause -> Dates.in(text, plain.at(clause.start()), plain.at(clause.end())).stream())
                .toList();
    }

    private void term() {
        for (Stretch sentence : stretches(sentencesOf(ClauseType.EXPIRATION_DATE), INITIAL_TERM)) {
            Matcher renewal = RENEW.matcher(text).region(sentence.from(), sentence.to());
            int to = renewal.find() ? renewal.start() : sentence.to();
            Optional<Reading<Fact.Span>> period = Periods.in(text, sentence.from(), to).stream()
                    .filter(p -> !p.value().unit().contains("DAY") && !isNotice(p, to))
                    .filter(p -> near(TERM, Math.max(sentence.from(), p.start() - 120), Math.min(to, p.end() + 40)))
                    .findFirst();
            if (period.isPresent()) {
                add(Fact.Kind.TERM, period.get());
                return;
            }
        }
        for (Stretch sentence : stretches(sentencesOf(ClauseType.EXPIRATION_DATE), PERPETUAL)) {
            Matcher perpetual = PERPETUAL.matcher(text).region(sentence.from(), sentence.to());
            if (perpetual.find()
                    && near(TERM, sentence.from(), sentence.to())
                    && near(AGREEMENT, sentence.from(), sentence.to())) {
                add(Fact.Kind.TERM, new Reading<>(new Fact.Span(0, "YEAR", true), perpetual.start(), perpetual.end()));
                return;
            }
        }
    }

    private static final Pattern AGREEMENT =
            Pattern.compile("\\b(?:agreement|contract|term)\\b|本协议|本合同", Pattern.CASE_INSENSITIVE);

    private boolean isNotice(Reading<Fact.Span> period, int to) {
        return near(AHEAD, period.end(), Math.min(to, period.end() + 30));
    }

    private void renewal() {
        List<Stretch> sentences = stretches(
                sentencesOf(ClauseType.RENEWAL_TERM, ClauseType.NOTICE_PERIOD_TO_TERMINATE_RENEWAL), RENEWS_ITSELF);
        boolean term = false;
        boolean notice = false;
        for (Stretch sentence : sentences) {
            Matcher renew = RENEW.matcher(text).region(sentence.from(), sentence.to());
            if (!renew.find()) {
                continue;
            }
            for (Reading<Fact.Span> period : Periods.in(text, sentence.from(), sentence.to())) {
                boolean ahead = isNotice(period, sentence.to())
                        || near(Pattern.compile("提前"), Math.max(sentence.from(), period.start() - 6), period.start());
                if (ahead && !notice && near(NOTICE, sentence.from(), sentence.to())) {
                    add(Fact.Kind.RENEWAL_NOTICE, period);
                    notice = true;
                } else if (!ahead && !term && period.start() > renew.start()) {
                    add(Fact.Kind.RENEWAL_TERM, period);
                    term = true;
                }
            }
        }
    }

    private void terminationNotice() {
        for (Stretch sentence : stretches(sentencesOf(ClauseType.TERMINATION_FOR_CONVENIENCE), FOR_CONVENIENCE)) {
            Optional<Reading<Fact.Span>> period = Periods.in(text, sentence.from(), sentence.to()).stream()
                    .filter(p -> near(
                            NOTICE, Math.max(sentence.from(), p.start() - 60), Math.min(sentence.to(), p.end() + 60)))
                    .findFirst();
            period.ifPresent(p -> add(Fact.Kind.TERMINATION_NOTICE, p));
        }
    }

    private void governingLaw() {
        for (Stretch sentence : stretches(sentencesOf(ClauseType.GOVERNING_LAW), LAW)) {
            for (Reading<LocalText> law : Jurisdictions.chosen(text, sentence.from(), sentence.to())) {
                add(
                        Fact.Kind.GOVERNING_LAW,
                        new Reading<>(new Fact.Text(language.of(law.value())), law.start(), law.end()));
            }
        }
    }

    private void liabilityCap() {
        for (Stretch sentence : stretches(sentencesOf(ClauseType.CAP_ON_LIABILITY), LIABILITY)) {
            if (near(LIABILITY, sentence.from(), sentence.to())) {
                CapReader.in(text, sentence.from(), sentence.to()).forEach(cap -> add(Fact.Kind.LIABILITY_CAP, cap));
            }
        }
    }

    private Stream<Clause> likely(ClauseType type) {
        return clauses.stream()
                .filter(clause -> clause.type() == type && clause.likely())
                .sorted(Comparator.comparingDouble(Clause::confidence).reversed());
    }

    /** The sentences in which likely clauses of these types lie, the surest first. */
    private List<Stretch> sentencesOf(ClauseType... types) {
        return Stream.of(types)
                .flatMap(this::likely)
                .map(clause -> new Stretch(
                        plain.sentenceStart(plain.at(clause.start()), SENTENCE / 3),
                        plain.sentenceEnd(Math.max(plain.at(clause.start()), plain.at(clause.end() - 1)), SENTENCE)))
                .distinct()
                .toList();
    }

    /** The marked sentences, and after them those in the whole text that hold {@code cue}. */
    private List<Stretch> stretches(List<Stretch> marked, Pattern cue) {
        var all = new ArrayList<>(marked);
        Matcher matcher = cue.matcher(text);
        for (int at = 0, seen = 0; seen < MOST_SENTENCES && at < text.length() && matcher.find(at); seen++) {
            var sentence = new Stretch(
                    plain.sentenceStart(matcher.start(), SENTENCE / 3), plain.sentenceEnd(matcher.end() - 1, SENTENCE));
            if (!all.contains(sentence)) {
                all.add(sentence);
            }
            at = Math.max(matcher.end(), sentence.to());
        }
        return all;
    }

    private boolean near(Pattern pattern, int from, int to) {
        return pattern.matcher(text)
                .region(Math.max(0, from), Math.min(text.length(), Math.max(to, Math.max(0, from))))
                .find();
    }

    private void add(Fact.Kind kind, Reading<? extends Fact.Value> reading) {
        if (facts.stream().anyMatch(f -> f.kind() == kind && f.value().equals(reading.value()))) {
            return;
        }
        int start = plain.origin(reading.start());
        int end = plain.originEnd(reading.end());
        facts.add(new Fact(
                kind,
                language.of(kind.title()),
                reading.value(),
                start,
                end,
                document.text().substring(start, end),
                document.regions(start, end)));
    }
}
