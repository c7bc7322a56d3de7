package io.baigong.finance.playbook;

import io.baigong.finance.Language;
import io.baigong.finance.clause.Clause;
import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.fact.Fact;
import io.baigong.finance.fact.Jurisdictions;
import io.baigong.spi.LocalText;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies a playbook to what was read of a contract. */
public final class Judge {
    /** A term may be counted to the day itself or to the day before; holidays may move it a little more. */
    private static final long DAYS_OF_GRACE = 3;

    private final List<Fact> facts;
    private final Language language;
    private final PassageFinder finder;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Judge(List<Fact> facts, Language language, PassageFinder finder) {
        this.facts = facts;
        this.language = language;
        this.finder = finder;
    }

    /** All that the playbook finds; {@link Finding#explanation} is left open. */
    public static Judgement judge(
            ContractDocument document, List<Clause> clauses, List<Fact> facts, Playbook playbook, Language language) {
        var judge = new Judge(facts, language, new PassageFinder(document, clauses, facts, playbook));
        playbook.rules().forEach(judge::apply);
        judge.findings.sort(Comparator.comparing(Finding::severity)
                .thenComparingInt(f ->
                        f.evidence().isEmpty() ? -1 : f.evidence().getFirst().start()));
        var numbered = new ArrayList<Finding>();
        for (Finding f : judge.findings) {
            numbered.add(new Finding(
                    "f" + (numbered.size() + 1),
                    f.rule(),
                    f.kind(),
                    f.severity(),
                    f.title(),
                    f.reason(),
                    f.detail(),
                    f.fallback(),
                    f.evidence(),
                    f.nearest(),
                    null));
        }
        return new Judgement(List.copyOf(numbered), List.copyOf(judge.notes));
    }

    private void apply(Rule rule) {
        switch (rule.condition()) {
            case Rule.Required(Rule.Passages passages) -> required(rule, passages);
            case Rule.Forbidden(Rule.Passages passages) -> forbidden(rule, passages);
            case Rule.Allowed allowed -> allowed(rule, allowed);
            case Rule.Limit limit -> limit(rule, limit);
            case Rule.Together(Rule.Passages first, Rule.Passages second) -> together(rule, first, second);
            case Rule.Differing(Fact.Kind fact) -> differing(rule, fact);
        }
    }

    private void required(Rule rule, Rule.Passages passages) {
        if (!finder.fitting(passages).isEmpty()) {
            return;
        }
        String query = Stream.of(rule.title(), rule.fallback() == null ? rule.reason() : rule.fallback())
                        .map(text -> text.en() + " " + text.zh())
                        .collect(Collectors.joining(" "))
                + " " + String.join(" ", passages.words());
        List<Finding.Passage> nearest = finder.nearest(passages, query);
        String detail = nearest.isEmpty()
                ? language.of("No such passage was found.", "未找到此类条款。")
                : language.of(
                                "No such passage was found; the nearest that was looked at scores %d%%.",
                                "未找到此类条款；最接近的段落得分为 %d%%。")
                        .formatted(Math.round(100 * nearest.getFirst().score()));
        find(rule, Finding.Kind.MISSING, detail, List.of(), nearest);
    }

    private void forbidden(Rule rule, Rule.Passages passages) {
        List<Finding.Passage> evidence = finder.fitting(passages);
        if (!evidence.isEmpty()) {
            String detail = evidence.size() == 1
                    ? language.of("The contract has such a passage.", "合同中有此类条款。")
                    : language.of("The contract has %d such passages.", "合同中有 %d 处此类条款。")
                            .formatted(evidence.size());
            find(rule, Finding.Kind.FORBIDDEN, detail, evidence, List.of());
        }
    }

    private void allowed(Rule rule, Rule.Allowed allowed) {
        for (Fact fact : of(allowed.fact())) {
            if (allowed.values().stream().noneMatch(value -> same(value, shown(fact)))) {
                String detail = language.of("%s is %s; allowed: %s.", "%s为%s；允许：%s。")
                        .formatted(fact.title(), shown(fact), String.join(", ", allowed.values()));
                find(rule, Finding.Kind.NOT_ALLOWED, detail, List.of(passage(fact)), List.of());
            }
        }
    }

    private void limit(Rule rule, Rule.Limit limit) {
        for (Fact fact : of(limit.fact())) {
            boolean compared = false;
            for (Fact.Value bound : limit.bounds()) {
                OptionalInt sign = Bounds.compare(fact.value(), bound);
                compared |= sign.isPresent();
                if (sign.isPresent() && (limit.atMost() ? sign.getAsInt() > 0 : sign.getAsInt() < 0)) {
                    String detail = (limit.atMost()
                                    ? language.of("%s is %s; at most %s is accepted.", "%s为%s；最多接受%s。")
                                    : language.of("%s is %s; at least %s is asked for.", "%s为%s；至少要求%s。"))
                            .formatted(fact.title(), shown(fact), bound.shown());
                    find(rule, Finding.Kind.LIMIT, detail, List.of(passage(fact)), List.of());
                }
            }
            if (!compared) {
                notes.add(language.of(
                                "Rule %s was not applied: %s of the contract can't be compared with %s.",
                                "规则 %s 未适用：合同中的%s无法与%s比较。")
                        .formatted(
                                rule.id(),
                                shown(fact),
                                limit.bounds().stream().map(Fact.Value::shown).collect(Collectors.joining(", "))));
            }
        }
    }

    private void together(Rule rule, Rule.Passages first, Rule.Passages second) {
        List<Finding.Passage> one = finder.fitting(first);
        List<Finding.Passage> other = finder.fitting(second);
        if (!one.isEmpty() && !other.isEmpty()) {
            String detail = language.of("The contract has both; read them together.", "合同同时含有这两项条款，请一并阅读。");
            find(
                    rule,
                    Finding.Kind.CONFLICT,
                    detail,
                    Stream.concat(one.stream(), other.stream()).distinct().toList(),
                    List.of());
        }
    }

    private void differing(Rule rule, Fact.Kind kind) {
        List<Fact> values = of(kind);
        if (values.stream().map(this::shown).distinct().count() > 1) {
            String detail = language.of("The contract gives different values: %s.", "合同给出了不同的值：%s。")
                    .formatted(values.stream().map(this::shown).distinct().collect(Collectors.joining(", ")));
            find(
                    rule,
                    Finding.Kind.CONFLICT,
                    detail,
                    values.stream().map(this::passage).toList(),
                    List.of());
        } else if (kind == Fact.Kind.EXPIRATION_DATE && !values.isEmpty()) {
            termAgainst(rule, values.getFirst());
        }
    }

    private void termAgainst(Rule rule, Fact expiration) {
        List<Fact> starts =
                of(Fact.Kind.EFFECTIVE_DATE).isEmpty() ? of(Fact.Kind.AGREEMENT_DATE) : of(Fact.Kind.EFFECTIVE_DATE);
        List<Fact> terms = of(Fact.Kind.TERM);
        if (starts.isEmpty() || terms.isEmpty()) {
            return;
        }
        if (expiration.value() instanceof Fact.Day(LocalDate stated)
                && starts.getFirst().value() instanceof Fact.Day(LocalDate start)
                && terms.getFirst().value() instanceof Fact.Span term
                && !term.perpetual()) {
            LocalDate reached = plus(start, term);
            if (Math.abs(ChronoUnit.DAYS.between(stated, reached)) > DAYS_OF_GRACE) {
                String detail = language.of(
                                "It is said to end on %s, but %s from %s runs to %s.", "合同称于%s到期，但自%3$s起%2$s应至%4$s。")
                        .formatted(stated, term.shown(), start, reached);
                find(
                        rule,
                        Finding.Kind.CONFLICT,
                        detail,
                        List.of(passage(expiration), passage(terms.getFirst()), passage(starts.getFirst())),
                        List.of());
            }
        }
    }

    private static LocalDate plus(LocalDate start, Fact.Span term) {
        return switch (term.unit()) {
            case "YEAR" -> start.plusYears(term.count());
            case "MONTH" -> start.plusMonths(term.count());
            case "WEEK" -> start.plusWeeks(term.count());
            default -> start.plusDays(term.count());
        };
    }

    private List<Fact> of(Fact.Kind kind) {
        return facts.stream().filter(fact -> fact.kind() == kind).toList();
    }

    private String shown(Fact fact) {
        return fact.value().shown();
    }

    /** Equal names, whatever their case, and places by any of their names. */
    private static boolean same(String allowed, String value) {
        return allowed.strip().toLowerCase(Locale.ROOT).equals(value.strip().toLowerCase(Locale.ROOT))
                || Jurisdictions.named(allowed)
                        .map(LocalText::en)
                        .equals(Jurisdictions.named(value).map(LocalText::en).or(() -> java.util.Optional.of("")));
    }

    private Finding.Passage passage(Fact fact) {
        return new Finding.Passage(fact.start(), fact.end(), fact.quote(), 1, fact.regions());
    }

    private void find(
            Rule rule,
            Finding.Kind kind,
            String detail,
            List<Finding.Passage> evidence,
            List<Finding.Passage> nearest) {
        findings.add(new Finding(
                "",
                rule.id(),
                kind,
                rule.severity(),
                language.of(rule.title()),
                language.of(rule.reason()),
                detail,
                rule.fallback() == null ? null : language.of(rule.fallback()),
                List.copyOf(evidence),
                List.copyOf(nearest),
                null));
    }
}
