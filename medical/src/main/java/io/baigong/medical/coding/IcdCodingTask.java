package io.baigong.medical.coding;

import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Language;
import io.baigong.medical.note.NoteReader;
import io.baigong.medical.note.UnreadableNote;
import io.baigong.spi.Benchmark;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Export;
import io.baigong.spi.Gate;
import io.baigong.spi.Inquiry;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.Sample;
import io.baigong.spi.Signal;
import io.baigong.spi.Signals;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.net.URL;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** {@code medical.icd-coding}: ICD-10-CM codes for a clinical note, the words that justify each, and the rules that bear on them. */
public final class IcdCodingTask implements Task<CodingInput, CodedNote> {
    private static final TaskId ID = new TaskId("medical", "icd-coding");
    private static final String ROLE = "medical.code-ranker";

    private final CodingModels models = new CodingModels(ROLE);
    private final CodeEditions editions = new CodeEditions();
    private final List<Inquiry<?, ?>> inquiries = List.of(
            new CodeSearchInquiry(editions),
            new CodeInquiry(editions),
            new CodeRulesInquiry(editions),
            new EditionsInquiry());

    @Override
    public TaskId id() {
        return ID;
    }

    @Override
    public LocalText title() {
        return new LocalText("ICD coding", "病案编码");
    }

    @Override
    public Class<CodingInput> inputType() {
        return CodingInput.class;
    }

    @Override
    public Class<CodedNote> outputType() {
        return CodedNote.class;
    }

    @Override
    public List<ModelRole> roles() {
        return List.of(
                new ModelRole(ROLE, ModelRole.Kind.PREDICTION, Optional.of("models/code-ranker/2")),
                ModelRole.of(NoteCoder.ADVISER, ModelRole.Kind.CHAT));
    }

    @Override
    public Outcome<CodedNote> run(CodingInput input, TaskContext context) {
        try {
            NoteReader.Read read;
            if (input.document() != null) {
                read = NoteReader.read(input.document().file());
            } else if (input.note() != null && !input.note().isBlank()) {
                read = new NoteReader.Read(NoteReader.text(input.note()), false);
            } else {
                return new Outcome.Failed<>(
                        ErrorCode.User.EMPTY, "there is no note", "give the note as text, or attach it as a file");
            }
            boolean chinese = "zh".equals(input.language());
            Language language = Language.of(read.text());
            Checking checking = Checking.of(
                    editions,
                    context.references(),
                    date(input.date()),
                    LocalDate.ofInstant(context.clock().instant(), ZoneId.systemDefault()));
            var note = new NoteCoder.Note(read.text(), language, chinese, notes(read, checking, chinese), checking);
            return language == Language.CHINESE
                    ? NoteCoder.byNames(note, IcdTable.shipped(), context)
                    : NoteCoder.byRank(note, models.coder(context.models()), context);
        } catch (UnreadableNote e) {
            return new Outcome.Failed<>(e.code(), String.valueOf(e.getMessage()), e.remedy());
        } catch (DateTimeException e) {
            return new Outcome.Failed<>(
                    ErrorCode.User.INVALID, "date is no date", "give the day of the discharge as 2021-09-30, or none");
        } catch (IOException e) {
            return new Outcome.Failed<>(
                    ErrorCode.Internal.FAULT,
                    "an edition of the codes can't be read: " + e.getMessage(),
                    "have the operator import it again");
        }
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
    }

    private static List<String> notes(NoteReader.Read read, Checking checking, boolean chinese) {
        var notes = new ArrayList<String>();
        if (checking.isUnchecked()) {
            notes.add(
                    chinese
                            ? "没有在 %s 生效的 ICD-10-CM 版本，未核对编码在该日是否有效；请导入该年版本".formatted(checking.date())
                            : "No edition of ICD-10-CM that is here was in force on %s, so whether the codes were valid that day was not checked; have the edition of that year imported"
                                    .formatted(checking.date()));
        }
        Language.other(read.text())
                .ifPresent(other -> notes.add(
                        chinese
                                ? "病历似为%s；只读取中文、英文和西班牙文，所提编码不可靠".formatted(other.zh())
                                : "The note seems to be in %s; only English, Spanish and Chinese are read, so these codes are not reliable"
                                        .formatted(other.en())));
        if (read.mixedEncodings()) {
            notes.add(
                    chinese
                            ? "文件各行编码不一，已逐行读取；请核对其中的文字"
                            : "Lines of the file are in different encodings and were each read by itself; check the words against the original");
        }
        return notes;
    }

    @Override
    public List<Benchmark> benchmarks() {
        return List.of(new CodiEspBenchmark(models));
    }

    @Override
    public List<Gate> gates() {
        return List.of(
                Gate.atLeast(ROLE, "codiesp", "map", 0.55).withFloor(0.5),
                Gate.atLeast(ROLE, "codiesp", "micro_f1", 0.60).withFloor(0.55));
    }

    @Override
    public List<TrainingRecipe> recipes() {
        return List.of(new CodingRecipe(ROLE));
    }

    @Override
    public List<JudgedNotes> corrections() {
        return List.of(new JudgedNotes());
    }

    @Override
    public Optional<Signals<CodingInput, CodedNote>> signals() {
        return Optional.of((input, note) -> List.of(
                Signal.input("note.characters", note.text().length()),
                // Chapters of ICD-10 begin with a letter; the code itself may tell who the patient is.
                Signal.output("principal.chapter", chapter(note.principal()))));
    }

    @Override
    public OptionalDouble stake(CodedNote note) {
        return note.stake() == null ? OptionalDouble.empty() : OptionalDouble.of(note.stake());
    }

    private static String chapter(@Nullable String code) {
        return code == null || code.isEmpty() ? "none" : code.substring(0, 1);
    }

    @Override
    public List<Sample> samples() {
        return List.of(
                sample(
                        "discharge-en",
                        new LocalText("Discharge summary (English)", "出院小结（英文）"),
                        "discharge-en.txt",
                        "en"),
                sample(
                        "discharge-es",
                        new LocalText("Discharge report (Spanish)", "出院报告（西班牙文）"),
                        "discharge-es.txt",
                        "en"),
                sample(
                        "discharge-zh",
                        new LocalText("Discharge summary (Chinese)", "出院小结（中文）"),
                        "discharge-zh.txt",
                        "zh"));
    }

    private static Sample sample(String name, LocalText title, String file, String language) {
        URL url = Objects.requireNonNull(
                IcdCodingTask.class.getResource("/samples/" + file), "the sample is not on the class path");
        return new Sample(name, title, Map.of("document", url), Map.of("language", language));
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Value(new LocalText("Principal diagnosis, proposed", "建议的主要诊断"), "/principal"),
                new Panel.Table(new LocalText("Codes", "编码"), "/codes", codeColumns()),
                new Panel.Table(
                        new LocalText("Rules", "编码规则"),
                        "/warnings",
                        List.of(
                                new Panel.Column(new LocalText("Severity", "严重程度"), "/severity"),
                                new Panel.Column(new LocalText("Codes", "编码"), "/codes"),
                                new Panel.Column(new LocalText("Rule", "规则"), "/message"),
                                new Panel.Column(new LocalText("Where it is written", "出处"), "/citation"))),
                new Panel.Table(new LocalText("Set aside", "未采纳"), "/setAside", codeColumns()),
                new Panel.Table(
                        new LocalText("What a chat model says", "对话模型的意见"),
                        "/advice",
                        List.of(
                                new Panel.Column(new LocalText("Code", "编码"), "/code"),
                                new Panel.Column(new LocalText("Title", "名称"), "/title"),
                                new Panel.Column(new LocalText("Supported by the note", "病历支持"), "/supported"),
                                new Panel.Column(new LocalText("Why", "理由"), "/text"))),
                new Panel.Table(
                        new LocalText("How it was read", "读取说明"),
                        "/notes",
                        List.of(new Panel.Column(new LocalText("Note", "说明"), ""))),
                new Panel.Text(new LocalText("Note", "病历"), "/text"));
    }

    private static List<Panel.Column> codeColumns() {
        return List.of(
                new Panel.Column(new LocalText("Code", "编码"), "/code"),
                new Panel.Column(new LocalText("Title", "名称"), "/title"),
                new Panel.Column(new LocalText("Confidence", "置信度"), "/confidence"),
                new Panel.Column(new LocalText("Words", "原文"), "/quote"),
                new Panel.Column(new LocalText("Asserted", "断言"), "/assertion"));
    }

    @Override
    public List<Export<CodingInput, CodedNote>> exports() {
        return List.of(new FhirExport());
    }

    @Override
    public List<Inquiry<?, ?>> inquiries() {
        return inquiries;
    }
}
