package io.baigong.finance.review;

import io.baigong.finance.Language;
import io.baigong.finance.clause.Clause;
import io.baigong.finance.clause.ClauseFinder;
import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.document.ContractReader;
import io.baigong.finance.document.UnreadableDocument;
import io.baigong.finance.fact.Fact;
import io.baigong.finance.fact.FactReader;
import io.baigong.finance.playbook.Finding;
import io.baigong.finance.playbook.InvalidPlaybook;
import io.baigong.finance.playbook.Judge;
import io.baigong.finance.playbook.Judgement;
import io.baigong.finance.playbook.Playbook;
import io.baigong.finance.playbook.PlaybookReader;
import io.baigong.finance.playbook.ShippedPlaybook;
import io.baigong.finance.review.ContractReview.ClauseHit;
import io.baigong.finance.review.ContractReview.OcrWord;
import io.baigong.finance.review.ContractReview.PlaybookUsed;
import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import io.baigong.spi.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a contract, finds its clauses and facts, and judges them by a playbook. */
final class ContractReviewer {
    /** Role of the model that scores tokens for clause types. */
    static final String TAGGER = "finance.clause-tagger";

    /** Role of the model that reads pages without a text layer. */
    static final String OCR = "platform.ocr";

    /** Role of the chat model that explains findings; a review works without one. */
    static final String COUNSEL = "finance.counsel";

    /** Id of the contract among an outcome's sources. */
    private static final String SOURCE = "contract";

    private final Models models;

    ContractReviewer(Models models) {
        this.models = models;
    }

    /** Reviews one contract. What can't be read or judged is {@link Outcome.Failed}, with what to do about it. */
    Outcome<ContractReview> review(ContractReviewInput input) {
        Optional<Language> language = Language.parse(input.language());
        if (language.isEmpty()) {
            return new Outcome.Failed<>(
                    ErrorCode.User.INVALID,
                    "there is no review in language '" + input.language() + "'",
                    "Ask for en or zh.");
        }
        try {
            Playbook playbook = playbook(input);
            ContractDocument document = ContractReader.read(input.document(), image -> models.read(OCR, image));
            return review(document, playbook, language.get());
        } catch (UnreadableDocument e) {
            return new Outcome.Failed<>(e.code(), e.detail(), e.remedy());
        } catch (InvalidPlaybook e) {
            return new Outcome.Failed<>(
                    ErrorCode.User.INVALID,
                    String.valueOf(e.getMessage()),
                    "Mend the playbook at the lines named. docs/playbooks.md describes the format, and"
                            + " playbooks/playbook.schema.json is its schema.");
        }
    }

    private static Playbook playbook(ContractReviewInput input) throws InvalidPlaybook {
        Attachment own = input.playbookFile();
        if (own == null) {
            return PlaybookReader.shipped(
                    Objects.requireNonNullElse(input.playbook(), ShippedPlaybook.SERVICES_BUYING));
        }
        return PlaybookReader.read(own.file());
    }

    private Outcome<ContractReview> review(ContractDocument document, Playbook playbook, Language language) {
        String text = document.text();
        List<Clause> passages = ClauseFinder.find(text, models, TAGGER);
        List<Clause> clauses = ClauseHits.joined(text, passages);
        List<Fact> facts = FactReader.read(document, passages, language);
        Judgement judgement = Judge.judge(document, ClauseHits.judged(clauses, passages), facts, playbook, language);
        List<ClauseHit> hits = ClauseHits.shown(document, clauses, language);
        var notes = new ArrayList<>(document.notes());
        notes.addAll(judgement.notes());
        if (ClauseHits.mostlyNotLatin(text)) {
            notes.add(language.of(
                    "Clauses are found by a model trained on English contracts. Most of this one is in another script:"
                            + " clauses and missing-clause findings are not reliable.",
                    "条款识别模型用英文合同训练；本合同多为其他文字，条款与“缺失条款”类发现不可靠。"));
        }
        List<Finding> findings = new Counsel(models, COUNSEL, document, language).explained(judgement.findings());
        var review = new ContractReview(
                document.name(),
                document.format().name(),
                text,
                document.changes().isEmpty() ? null : document.originalText(),
                document.pages(),
                hits,
                facts,
                findings,
                new PlaybookUsed(
                        playbook.name(),
                        playbook.version(),
                        language.of(playbook.title()),
                        playbook.rules().size()),
                document.changes(),
                ocrWords(document, hits, facts, findings),
                List.copyOf(notes));
        return new Outcome.Answered<>(
                review, List.of(new SourceText(SOURCE, text)), evidence(review, playbook), confidence(hits));
    }

    /** How sure the review is on the whole: the mean confidence of the clauses that it takes as present; 0 without any. */
    private static double confidence(List<ClauseHit> hits) {
        return hits.stream()
                .filter(ClauseHit::likely)
                .mapToDouble(ClauseHit::confidence)
                .average()
                .orElse(0);
    }

    private static List<OcrWord> ocrWords(
            ContractDocument document, List<ClauseHit> hits, List<Fact> facts, List<Finding> findings) {
        Stream<List<OcrWord>> ofClauses = hits.stream().map(hit -> document.ocrWords(hit.start(), hit.end()));
        Stream<List<OcrWord>> ofFacts = facts.stream().map(fact -> document.ocrWords(fact.start(), fact.end()));
        Stream<List<OcrWord>> ofFindings = findings.stream()
                .flatMap(finding -> Stream.concat(finding.evidence().stream(), finding.nearest().stream()))
                .map(passage -> document.ocrWords(passage.start(), passage.end()));
        return Stream.of(ofClauses, ofFacts, ofFindings)
                .flatMap(words -> words)
                .flatMap(List::stream)
                .distinct()
                .sorted(Comparator.comparingInt(OcrWord::start))
                .toList();
    }

    private static List<Evidence> evidence(ContractReview review, Playbook playbook) {
        var evidence = new ArrayList<Evidence>();
        for (ClauseHit hit : review.clauses()) {
            evidence.add(new Evidence.TextSpan(SOURCE, hit.start(), hit.end(), hit.quote()));
        }
        for (Fact fact : review.facts()) {
            evidence.add(new Evidence.TextSpan(SOURCE, fact.start(), fact.end(), fact.quote()));
        }
        for (Finding finding : review.findings()) {
            evidence.add(new Evidence.Rule(finding.rule(), playbook.name() + " " + playbook.version()));
            for (Finding.Passage passage : finding.evidence()) {
                evidence.add(new Evidence.TextSpan(SOURCE, passage.start(), passage.end(), passage.quote()));
            }
        }
        return evidence;
    }
}
