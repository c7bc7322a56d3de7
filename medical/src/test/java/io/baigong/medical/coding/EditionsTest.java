package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.CodingRules;
import io.baigong.medical.code.IcdFiles;
import io.baigong.medical.code.ListFile;
import io.baigong.medical.code.SmallFiles;
import io.baigong.medical.coding.CodedNote.CodingWarning;
import io.baigong.medical.term.NormalisedTerms;
import io.baigong.medical.term.TermInput;
import io.baigong.medical.term.TermNormalisationTask;
import io.baigong.spi.Edition;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Outcome;
import io.baigong.spi.References;
import io.baigong.testkit.FakeContext;
import io.baigong.testkit.FakeModels;
import io.baigong.testkit.FakeReferences;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Editions of code systems side by side. The editions of 2022 are made up, so that they differ where a test looks. */
class EditionsTest {
    private static final IcdCodingTask TASK = new IcdCodingTask();

    private final FakeReferences imported = new FakeReferences();
    private final CodeEditions editions = new CodeEditions();

    @TempDir
    Path folder;

    @BeforeEach
    void importAll() throws IOException {
        imported.add(
                        new IcdFiles(),
                        CodeEditions.ICD_10_CM,
                        null,
                        null,
                        null,
                        SmallFiles.order(folder, "I10 1 Hypertension of 2022", "B853 1 Phthiriasis", "B85 0 Lice"),
                        SmallFiles.tabular(
                                folder, "2022", "I10", "B85<excludes1><note>of 2022 (I10)</note></excludes1>"))
                .add(
                        new IcdFiles(),
                        CodeEditions.ICD_10_CM,
                        "2022-04",
                        LocalDate.of(2022, 4, 1),
                        LocalDate.of(2022, 9, 30),
                        SmallFiles.order(folder, "I10 1 Hypertension since April"),
                        SmallFiles.tabular(folder, "2022 April 1", "I10"))
                .add(
                        new ListFile(),
                        "icd-9-cm-3",
                        "国临3.0",
                        null,
                        null,
                        SmallFiles.list(folder, "编码|名称|同义词", "47|阑尾手术", "47.0|阑尾切除术", "47.0901|阑尾切除术,其他|阑尾摘除术"))
                .add(
                        new ListFile(),
                        CodeEditions.WEIGHTS,
                        "2022",
                        LocalDate.of(2021, 10, 1),
                        null,
                        SmallFiles.list(folder, "code|title|weight", "I10|Hypertension|0.5", "A37|Pertussis|1.25"));
    }

    private Outcome<CodedNote> run(String note, @Nullable String date) {
        return TASK.run(
                new CodingInput(note, null, "en", date),
                FakeContext.of(FakeModels.none()).with(imported));
    }

    private CodedNote coded(String note, @Nullable String date) {
        Outcome<CodedNote> outcome = run(note, date);
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered<CodedNote>) outcome).value();
    }

    @ParameterizedTest
    @CsvSource({
        "2020-09-30, none",
        "2020-10-01, 2021",
        "2021-09-30, 2021",
        "2021-10-01, 2022",
        "2022-03-31, 2022",
        "2022-04-01, 2022-04",
        "2022-10-01, none"
    })
    void theEditionInForceIsThatOfTheDay(LocalDate day, String edition) {
        assertThat(CodeEditions.inForce(imported, CodeEditions.ICD_10_CM, day)
                        .map(Edition::name)
                        .orElse("none"))
                .isEqualTo(edition);
    }

    @Test
    void aCodeThatIsNotInForceOnTheDateIsWarnedOfAndKept() {
        CodedNote note = coded("The patient has whooping cough and essential (primary) hypertension.", "2021-12-24");
        assertThat(note.codes()).extracting(CodedNote.ProposedCode::code).contains("A37", "I10");
        assertThat(note.edition())
                .isEqualTo(new EditionLine("icd-10-cm", "2022", "ICD-10-CM 2022", "2021-10-01", "2022-09-30"));
        assertThat(note.date()).isEqualTo("2021-12-24");
        assertThat(note.warnings())
                .filteredOn(w -> w.kind() == CodingRules.Kind.NOT_IN_FORCE)
                .noneSatisfy(w -> assertThat(w.codes()).isEqualTo("I10"))
                .anySatisfy(w -> {
                    assertThat(w.codes()).isEqualTo("A37");
                    assertThat(w.severity()).isEqualTo(CodingRules.Severity.CONFLICT);
                    assertThat(w.citation())
                            .isEqualTo("ICD-10-CM 2022, in force 2021-10-01 to 2022-09-30, has no code A37");
                });
        assertThat(coded("The patient has whooping cough.", "2021-09-30").warnings())
                .extracting(CodingWarning::kind)
                .doesNotContain(CodingRules.Kind.NOT_IN_FORCE);
    }

    @Test
    void rulesAreThoseOfTheEdition() {
        var question = new CodeRulesInquiry.Listed(List.of("B85.3", "I10", "A37.90"), "en", null, null, "2022-01-01");
        var rules = new CodeRulesInquiry(editions).answer(question, imported);
        assertThat(rules.warnings())
                .singleElement()
                .satisfies(w -> assertThat(w.citation()).isEqualTo("ICD-10-CM 2022, B85, Excludes1: of 2022 (I10)"));
        assertThat(rules.unknown()).containsExactly("A37.90");
        var shipped = new CodeRulesInquiry(editions)
                .answer(new CodeRulesInquiry.Listed(List.of("A37.90"), "en", null, null, null), imported);
        assertThat(shipped.unknown()).isEmpty();
    }

    @Test
    void whereNoEditionIsInForceAReaderIsTold() {
        CodedNote note = coded("The patient has whooping cough.", "2031-01-01");
        assertThat(note.notes()).singleElement().asString().contains("2031-01-01", "was not checked");
        assertThat(note.edition()).isNotNull();
        assertThat(note.warnings()).extracting(CodingWarning::kind).doesNotContain(CodingRules.Kind.NOT_IN_FORCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"24.12.2021", "2021-02-30", "yesterday"})
    void aDateThatIsNoneFailsWithARemedy(String date) {
        assertThat(run("The patient has whooping cough.", date)).isInstanceOfSatisfying(Outcome.Failed.class, f -> {
            assertThat(f.code()).isEqualTo(ErrorCode.User.INVALID);
            assertThat(f.remedy()).contains("2021-09-30");
        });
    }

    @Test
    void whatARecordIsWorthIsTheSumOfItsCodesWeights() {
        // 0.5 for I10, and 1.25 for A37
        assertThat(coded("The patient has whooping cough and essential (primary) hypertension.", "2021-12-24")
                        .stake())
                .isEqualTo(1.75);
        assertThat(coded("The patient has whooping cough.", "2021-01-01").stake())
                .isNull();
    }

    @Test
    void codesAreSearchedInTheChosenEdition() {
        var search = new CodeSearchInquiry(editions);
        var found = search.answer(new CodeSearchInquiry.Wanted("摘除", 10, "icd-9-cm-3", null, null), imported);
        assertThat(found.codes()).extracting(CodeLine::code).containsExactly("47.0901");
        assertThat(found.edition()).isEqualTo(new EditionLine("icd-9-cm-3", "国临3.0", "ICD-9-CM-3 国临3.0", null, null));
        assertThat(search.answer(new CodeSearchInquiry.Wanted("april", 10, null, "2022-04", null), imported)
                        .codes())
                .extracting(CodeLine::code)
                .containsExactly("I10");
        assertThat(search.answer(new CodeSearchInquiry.Wanted("I10", 10, null, "1999", null), imported))
                .isEqualTo(new CodeSearchInquiry.Codes(null, List.of()));
    }

    @Test
    void aListWithoutChaptersBeginsWithItsCategories() {
        var inquiry = new CodeInquiry(editions);
        var top = inquiry.answer(new CodeInquiry.Wanted("", "icd-9-cm-3", null, null), imported);
        assertThat(top.chapters()).isEmpty();
        assertThat(top.below()).extracting(CodeLine::code).containsExactly("47");
        var place = inquiry.answer(new CodeInquiry.Wanted("47.0901", "icd-9-cm-3", null, null), imported);
        assertThat(place.above()).extracting(CodeLine::code).containsExactly("47", "47.0");
        assertThat(place.inclusionTerms()).containsExactly("阑尾摘除术");
    }

    @Test
    void editionsAreListedWithoutTheWeights() {
        assertThat(new EditionsInquiry()
                        .answer(new EditionsInquiry.All(), imported)
                        .editions())
                .extracting(EditionLine::title)
                .containsExactly("ICD-10-CM 2021", "ICD-10-CM 2022", "ICD-10-CM 2022-04", "ICD-9-CM-3 国临3.0");
    }

    @Test
    void termsAreNormalisedByAnImportedList() {
        var task = new TermNormalisationTask();
        var context = FakeContext.of(FakeModels.none()).with(imported);
        Outcome<NormalisedTerms> outcome = task.run(new TermInput("阑尾切除术", null, "icd-9-cm-3", null), context);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(((NormalisedTerms) answered.value())
                                        .names()
                                        .getFirst()
                                        .code())
                                .isEqualTo("47.0"));
        assertThat(task.run(new TermInput("阑尾切除术", null, "icd-10-xx", null), context))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, f -> assertThat(f.remedy()).contains("icd-9-cm-3 国临3.0"));
    }

    /** What is imported, as it is listed; what is opened is looked at first. */
    private interface Opening {
        void check(Edition edition) throws IOException;
    }

    private References listed(Supplier<List<Edition>> listing, Opening opening) {
        return new References() {
            @Override
            public List<Edition> editions() {
                return listing.get();
            }

            @Override
            public InputStream open(Edition edition) throws IOException {
                opening.check(edition);
                return imported.open(edition);
            }
        };
    }

    /** By a task that has opened nothing yet. */
    private static Outcome<CodedNote> run(References references) {
        return new IcdCodingTask()
                .run(
                        new CodingInput("The patient has whooping cough.", null, "en", "2021-12-24"),
                        FakeContext.of(FakeModels.none()).with(references));
    }

    @Test
    void anEditionThatIsGoneIsAFaultWithARemedy() {
        Outcome<CodedNote> outcome = run(listed(imported::editions, edition -> {
            throw new IOException("it was removed");
        }));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, f -> {
            assertThat(f.code()).isEqualTo(ErrorCode.Internal.FAULT);
            assertThat(f.remedy()).contains("import it again");
        });
    }

    @Test
    void anEditionThatIsReplacedBetweenTheLookAndTheOpeningIsLookedUpOnceMore() {
        var looks = new AtomicInteger();
        Outcome<CodedNote> outcome = run(listed(
                () -> looks.getAndIncrement() > 0
                        ? imported.editions()
                        : imported.editions().stream()
                                .map(e -> new Edition(e.system(), e.name(), e.from(), e.until(), 7, "before"))
                                .toList(),
                edition -> {
                    if (edition.sha256().equals("before")) {
                        throw new IOException("it is not what was imported");
                    }
                }));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(((CodedNote) answered.value()).edition())
                                .isEqualTo(new EditionLine(
                                        "icd-10-cm", "2022", "ICD-10-CM 2022", "2021-10-01", "2022-09-30")));
    }

    @Test
    void weightsThatCantBeReadLeaveWhatIsAtStakeUnknown() {
        Outcome<CodedNote> outcome = run(listed(imported::editions, edition -> {
            if (edition.system().equals(CodeEditions.WEIGHTS)) {
                throw new IOException("it is broken");
            }
        }));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(((CodedNote) answered.value()).stake())
                                .isNull());
    }

    @Test
    void numbersOfAFlatListStandUnderNoOther() throws IOException {
        imported.add(
                new ListFile(),
                "local",
                "1",
                null,
                null,
                SmallFiles.list(
                        folder,
                        "code|title",
                        "1|One",
                        "10|Ten",
                        "100|Hundred",
                        "1000|Thousand",
                        "11|Eleven",
                        "11.1|Of it"));
        var inquiry = new CodeInquiry(editions);
        assertThat(inquiry.answer(new CodeInquiry.Wanted("", "local", null, null), imported)
                        .below())
                .extracting(CodeLine::code, CodeLine::billable, CodeLine::below)
                .containsExactly(
                        tuple("1", true, 0),
                        tuple("10", true, 0),
                        tuple("100", true, 0),
                        tuple("1000", true, 0),
                        tuple("11", false, 1));
    }
}
