package io.baigong.medical.coding;

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
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code medical.icd-coding}: ICD-10-CM codes for a clinical note, the words that justify each, and the rules that bear on them. */
public final class IcdCodingTask implements Task<CodingInput, CodedNote> {
    private static final TaskId ID = new TaskId("medical", "icd-coding");
    private static final String ROLE = "medical.code-ranker";

    private final CodingModels models = new CodingModels(ROLE);

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
        return List.of(new ModelRole(ROLE, ModelRole.Kind.PREDICTION, Optional.of("models/code-ranker/1")));
    }

    @Override
    public Outcome<CodedNote> run(CodingInput input, TaskContext context) {
        try {
            String text;
            if (input.document() != null) {
                text = NoteReader.read(input.document().file());
            } else if (input.note() != null && !input.note().isBlank()) {
                text = NoteReader.text(input.note());
            } else {
                return new Outcome.Failed<>(
                        ErrorCode.User.EMPTY, "there is no note", "give the note as text, or attach it as a file");
            }
            boolean chinese = "zh".equals(input.language());
            Language language = Language.of(text);
            return language == Language.CHINESE
                    ? NoteCoder.byNames(text, IcdTable.shipped(), chinese, context)
                    : NoteCoder.byRank(text, language, models.coder(context.models()), chinese, context);
        } catch (UnreadableNote e) {
            return new Outcome.Failed<>(e.code(), String.valueOf(e.getMessage()), e.remedy());
        }
    }

    @Override
    public List<Benchmark> benchmarks() {
        return List.of(new CodiEspBenchmark(models));
    }

    @Override
    public List<Gate> gates() {
        return List.of(Gate.atLeast(ROLE, "codiesp", "map", 0.55), Gate.atLeast(ROLE, "codiesp", "micro_f1", 0.60));
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
        return List.of(new CodeSearchInquiry(), new CodeInquiry(), new CodeRulesInquiry());
    }
}
