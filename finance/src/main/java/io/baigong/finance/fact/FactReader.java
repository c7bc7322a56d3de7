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
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads typed facts: first in the passages of the clauses that hold them, then, where that is reliable, in the whole text.
 * What can't be read with certainty is left out.
 */
public final class FactReader {
    private static final Pattern TITLE = Pattern.compile(
            "\\b(?:agreement|contract|licen[sc]e|memorandum|lease|amendment)\\b|协议|合同", Pattern.CASE_INSENSITIVE);
    /** A title is over where the contract begins to speak of itself. */
    private static final Pattern BODY = Pattern.compile("\\s+(?:This|THIS)\\s");

    private static final Pattern MADE = Pattern.compile(
            "\\b(?:made|entered\\sinto|dated|executed|signed|effective|date)\\b|签订|签署|日期", Pattern.CASE_INSENSITIVE);
    private static final Pattern SIGNED = Pattern.compile("签订|签署|订立");
    private static final Pattern EFFECTIVE = Pattern.compile(
            "\\beffective\\s(?:date|as\\sof|on|from)|\\bcommenc\\w{1,5}+\\son|\\bbegin\\w{0,4}+\\son|生效|起始",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EFFECTIVE_AFTER = Pattern.compile(
            "\\s?[(,]?\\s?(?:(?:the|hereinafter|as)\\s){0,3}+\"?effective\\sdate|日?起?(?:正式)?生效",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EXPIRES = Pattern.compile(
            "\\b(?:expir\\w{1,6}+|until|through|ending|ends?|terminat\\w{1,5}+|valid)\\b|至|到期|截止|届满",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TERM = Pattern.compile(
            "\\bterm\\b|\\bperiod\\sof\\b|\\b(?:continues?|remains?|valid|duration)\\b|期限|有效期|期间为",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INITIAL_TERM = Pattern.compile(
            "\\binitial\\s(?:term|period)\\b|\\bterm\\sof\\sthis\\s\\w{1,30}+|合同期限|协议期限|有效期", Pattern.CASE_INSENSITIVE);
    private static final Pattern AGREEMENT =
            Pattern.compile("\\b(?:agreement|contract|term)\\b|本协议|本合同", Pattern.CASE_INSENSITIVE);
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
    private static final Pattern NOTICE_AFTER = Pattern.compile(
            "'?s?\\s?(?:(?:advance|prior|previous|written|or\\smore|of)\\s){0,4}"
                    + "(?:notice|notif|before|prior|in\\sadvance|preceding)|[以之]?前|以?书?面?通知",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOTICE_BEFORE = Pattern.compile(
            "\\b(?:notice|notification)\\s[^.;]{0,25}$|(?:提前|届满前|到期前|期满前)(?:至少|不少于)?$", Pattern.CASE_INSENSITIVE);
    private static final Pattern BREACH = Pattern.compile(
            "\\b(?:breach\\w{0,4}+|cure|default|insolven\\w{1,3}+|bankrupt\\w{0,4}+)\\b|违约|违反|破产",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FOR_CONVENIENCE = Pattern.compile(
            "\\bterminat\\w{1,5}+\\b[^.;]{0,160}\\b(?:convenience|without\\scause|any\\sreason|no\\sreason|at\\sany\\stime)\\b"
                    + "|(?:随时|无需理由|任何理由|单方)[^。;]{0,40}(?:解除|终止)|提前[^。;]{0,30}通知[^。;]{0,30}(?:解除|终止)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LAW = Pattern.compile(
            "\\bgoverned\\b|\\bconstrued\\b|\\bgoverning\\slaw\\b|适用[^。;]{0,20}法|法律管辖", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIABILITY =
            Pattern.compile("\\bliab(?:le|ility|ilities)\\b|责任|赔偿", Pattern.CASE_INSENSITIVE);

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s++");

    /** How far the opening reaches, in units. */
    private static final int OPENING = 4_000;

    private static final int SENTENCE = 1_500;

    /** Units of a clause that are looked at, at most. */
    private static final int LONGEST_CLAUSE = 3_000;

    private static final int TITLE_LINES = 16;

    private static final int LONGEST_TITLE = 120;

    /** Clauses of a type that are looked at, at most. */
    private static final int MOST_CLAUSES = 8;

    /** Sentences that a search of the whole text looks at, at most. */
    private static final int MOST_SENTENCES = 40;

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

    /**
     * All facts that can be read, by kind; of each kind the surest alone, but all parties.
     *
     * @param clauses positions in the document's text; {@link IndexOutOfBoundsException} if one is not
     * @param language of the facts' titles and of the governing law's name
     */
    public static List<Fact> read(ContractDocument document, List<Clause> clauses, Language language) {
        clauses.forEach(clause -> Objects.checkFromToIndex(
                clause.start(), clause.end(), document.text().length()));
        var reader = new FactReader(document, clauses, language);
        reader.title();
        reader.parties();
        reader.dates();
        reader.term();
        reader.renewal();
        reader.terminationNotice();
        reader.governingLaw();
        reader.liabilityCap();
        reader.facts.sort(Comparator.comparing(Fact::kind));
        return List.copyOf(reader.facts);
    }

    /** A stretch of the plain text, {@code [from, to)}. */
    private record Stretch(int from, int to) {}

    private void title() {
        Optional<Stretch> marked =
                likely(ClauseType.DOCUMENT_NAME).map(this::stretch).findFirst();
        Stretch line = marked.orElseGet(this::titleLine);
        int from = line.from();
        int to = line.to();
        while (from < to && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        Matcher body = BODY.matcher(text).region(from, to);
        if (body.find()) {
            to = body.start();
        }
        if (from < to && TITLE.matcher(text).region(from, to).find()) {
            add(
                    Fact.Kind.TITLE,
                    new Reading<>(new Fact.Text(text.substring(from, to).strip()), from, to));
        }
    }

    private void parties() {
        for (Reading<Fact.Party> party : PartyReader.in(text)) {
            String name = WHITE_SPACE.matcher(quote(party)).replaceAll(" ");
            add(
                    Fact.Kind.PARTY,
                    new Reading<>(new Fact.Party(name, party.value().alias()), party.start(), party.end()));
        }
    }

    /** The first of the first lines that may be a title; empty if none may. */
    private Stretch titleLine() {
        String source = document.text();
        int begin = 0;
        for (int line = 0; line < TITLE_LINES && begin < source.length(); line++) {
            int feed = source.indexOf('\n', begin);
            int end = feed < 0 ? source.length() : feed;
            boolean title = end > begin
                    && end - begin < LONGEST_TITLE
                    && ".;:,。；：".indexOf(source.charAt(end - 1)) < 0
                    && TITLE.matcher(source).region(begin, end).find();
            if (title) {
                return new Stretch(plain.at(begin), plain.at(end - 1) + 1);
            }
            begin = end + 1;
        }
        return new Stretch(0, 0);
    }

    private void dates() {
        int opening = Math.min(text.length(), OPENING);
        List<Reading<LocalDate>> inOpening = Dates.in(text, 0, opening);
        List<Reading<LocalDate>> agreement = datesOf(ClauseType.AGREEMENT_DATE);
        if (agreement.isEmpty()) {
            agreement = inOpening.stream()
                    .filter(day -> near(MADE, day.start() - 60, day.start()) || near(SIGNED, day.end(), day.end() + 12))
                    .limit(1)
                    .toList();
        }
        agreement.stream().limit(1).forEach(day -> add(Fact.Kind.AGREEMENT_DATE, day(day)));
        List<Reading<LocalDate>> effective = datesOf(ClauseType.EFFECTIVE_DATE);
        if (effective.isEmpty()) {
            effective = inOpening.stream()
                    .filter(day -> near(EFFECTIVE, day.start() - 40, day.start())
                            || EFFECTIVE_AFTER
                                    .matcher(text)
                                    .region(day.end(), text.length())
                                    .lookingAt())
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
                .map(this::stretch)
                .flatMap(clause -> Dates.in(text, clause.from(), clause.to()).stream())
                .toList();
    }

    private void term() {
        for (Stretch sentence : stretches(sentencesOf(ClauseType.EXPIRATION_DATE), INITIAL_TERM)) {
            Matcher renewal = RENEW.matcher(text).region(sentence.from(), sentence.to());
            int to = renewal.find() ? renewal.start() : sentence.to();
            Optional<Reading<Fact.Span>> period = Periods.in(text, sentence.from(), to).stream()
                    .filter(p -> !p.value().unit().contains("DAY") && !isNotice(p, sentence.from(), sentence.to()))
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

    /** Whether the words around a period say that it is how long before something one must speak. */
    private boolean isNotice(Reading<Fact.Span> period, int from, int to) {
        return NOTICE_AFTER.matcher(text).region(period.end(), to).lookingAt()
                || near(NOTICE_BEFORE, Math.max(from, period.start() - 40), period.start());
    }

    private void renewal() {
        List<Stretch> sentences = stretches(
                sentencesOf(ClauseType.RENEWAL_TERM, ClauseType.NOTICE_PERIOD_TO_TERMINATE_RENEWAL), RENEWS_ITSELF);
        for (Stretch sentence : sentences) {
            Matcher renew = RENEW.matcher(text).region(sentence.from(), sentence.to());
            if (!renew.find()) {
                continue;
            }
            for (Reading<Fact.Span> period : Periods.in(text, sentence.from(), sentence.to())) {
                boolean ahead = isNotice(period, sentence.from(), sentence.to());
                if (ahead && near(NOTICE, sentence.from(), sentence.to())) {
                    add(Fact.Kind.RENEWAL_NOTICE, period);
                } else if (!ahead && period.start() > renew.start()) {
                    add(Fact.Kind.RENEWAL_TERM, period);
                }
            }
        }
    }

    private void terminationNotice() {
        List<Stretch> marked = sentencesOf(ClauseType.TERMINATION_FOR_CONVENIENCE);
        for (Stretch sentence : stretches(marked, FOR_CONVENIENCE)) {
            if (marked.contains(sentence) || !near(BREACH, sentence.from(), sentence.to())) {
                Periods.in(text, sentence.from(), sentence.to()).stream()
                        .filter(p -> isNotice(p, sentence.from(), sentence.to()))
                        .findFirst()
                        .ifPresent(p -> add(Fact.Kind.TERMINATION_NOTICE, p));
            }
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
                .sorted(Comparator.comparingDouble(Clause::confidence).reversed())
                .limit(MOST_CLAUSES);
    }

    private Stretch stretch(Clause clause) {
        int from = plain.at(clause.start());
        return new Stretch(from, Math.min(plain.at(clause.end()), from + LONGEST_CLAUSE));
    }

    /** The sentences in which likely clauses of these types lie, the surest first. */
    private List<Stretch> sentencesOf(ClauseType... types) {
        return Stream.of(types)
                .flatMap(this::likely)
                .map(this::stretch)
                .map(clause -> new Stretch(
                        plain.sentenceStart(clause.from(), SENTENCE / 3),
                        plain.sentenceEnd(Math.max(clause.from(), clause.to() - 1), SENTENCE)))
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
        if (kind != Fact.Kind.PARTY && facts.stream().anyMatch(f -> f.kind() == kind)) {
            return;
        }
        String quote = quote(reading);
        int start = plain.origin(reading.start());
        int end = start + quote.length();
        facts.add(new Fact(
                kind, language.of(kind.title()), reading.value(), start, end, quote, document.regions(start, end)));
    }

    private String quote(Reading<?> reading) {
        return document.text().substring(plain.origin(reading.start()), plain.originEnd(reading.end()));
    }
}
