package io.baigong.testkit.planted;

import io.baigong.spi.Attachment;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Corrections;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evidence;
import io.baigong.spi.Export;
import io.baigong.spi.Inquiry;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.Progress;
import io.baigong.spi.Prompt;
import io.baigong.spi.References;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Sample;
import io.baigong.spi.Signal;
import io.baigong.spi.Signals;
import io.baigong.spi.SourceText;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import io.baigong.spi.TokenScores;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the duties of a note by their verb; wrong in one way. */
final class DutyTask implements Task<DutyTask.Note, DutyTask.Duties> {
    /** What is read. */
    record Note(Attachment file, @Nullable String language) {}

    /** What is found. */
    record Duties(
            String text,
            int count,
            List<Duty> duties,
            @Nullable Basis basis) {}

    /** One verb of duty. */
    record Duty(String words, int start, int end) {}

    /** Where duties come from; JSON does not say which, so that it can't be read back. */
    sealed interface Basis {}

    /** A law. */
    record Law(String name) implements Basis {}

    private static final String ADVISOR = "planted.advisor";

    private final Fault fault;
    private final AtomicInteger running = new AtomicInteger();

    DutyTask(Fault fault) {
        this.fault = fault;
    }

    private <T> T or(Fault which, T faulty, T sound) {
        return fault == which ? faulty : sound;
    }

    private String tagger() {
        return or(Fault.FOREIGN_ROLE, "elsewhere.tagger", "planted.tagger");
    }

    @Override
    public TaskId id() {
        return new TaskId(or(Fault.FOREIGN_TASK, "elsewhere", "planted"), "duties");
    }

    @Override
    public LocalText title() {
        return new LocalText("Duties", or(Fault.ENGLISH_IN_CHINESE_TITLE, "Duties", "义务"));
    }

    @Override
    public Class<Note> inputType() {
        return Note.class;
    }

    @Override
    public Class<Duties> outputType() {
        return Duties.class;
    }

    @Override
    public List<ModelRole> roles() {
        var kind = or(Fault.ROLE_OF_OTHER_KIND, ModelRole.Kind.EMBEDDING, ModelRole.Kind.TOKEN_CLASSIFICATION);
        var shipped = or(Fault.SHIPPED_MODEL_MISSING, Optional.of("planted/model"), Optional.<String>empty());
        var advisor = ModelRole.of(ADVISOR, ModelRole.Kind.CHAT);
        return or(Fault.UNDECLARED_ROLE, List.of(advisor), List.of(new ModelRole(tagger(), kind, shipped), advisor));
    }

    @Override
    public Outcome<Duties> run(Note input, TaskContext context) {
        int others = running.getAndIncrement();
        try {
            if (fault == Fault.SHARES_STATE) {
                Thread.sleep(20);
            }
            return read(input, context, or(Fault.SHARES_STATE, others, 0));
        } catch (CharacterCodingException e) {
            return fail(ErrorCode.User.CORRUPT, "The note is not UTF-8 text.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(ErrorCode.Resource.TIMEOUT, "The run was stopped.");
        } finally {
            running.getAndDecrement();
        }
    }

    private Outcome<Duties> read(Note input, TaskContext context, int others) throws IOException {
        byte[] bytes = Files.readAllBytes(input.file().file());
        if (bytes.length == 0 && fault != Fault.ANSWERS_EMPTY_FILE) {
            return fail(
                    or(Fault.BLAMES_ITSELF, ErrorCode.Internal.FAULT, (ErrorCode) ErrorCode.User.EMPTY),
                    "The note is empty.");
        }
        if (fault == Fault.THROWS_ON_BLANK_FIELD
                && input.language() != null
                && input.language().isBlank()) {
            throw new IllegalArgumentException("no language");
        }
        String text = decode(bytes);
        TokenScores scores = context.models().tag(tagger(), List.of(text)).getFirst();
        boolean chat = context.models()
                .complete(ADVISOR, new Prompt("Be brief.", text, Optional.empty(), 10))
                .isPresent();
        if (fault == (chat ? Fault.ABSTAINS_WITH_CHAT : Fault.NEEDS_CHAT)) {
            return new Outcome.Abstained<>("Not sure.");
        }
        var duties = new ArrayList<Duty>();
        var evidence = new ArrayList<Evidence>();
        for (int token = 0; token < scores.tokens(); token++) {
            if (scores.score(token, 0) > 0.5) {
                int start = scores.starts()[token];
                int end = scores.ends()[token];
                String words = text.substring(start, end);
                duties.add(new Duty(words, start, end));
                evidence.add(new Evidence.TextSpan(
                        or(Fault.UNKNOWN_SOURCE, "letter", "note"),
                        or(Fault.EMPTY_SPAN, end, start),
                        or(Fault.SPAN_BEYOND_SOURCE, text.length() + 1, end),
                        switch (fault) {
                            case WRONG_QUOTE -> "must";
                            case EMPTY_SPAN -> "";
                            default -> words;
                        }));
            }
        }
        evidence.add(new Evidence.Rule("duty-verb", "Style guide, section 2"));
        int count = fault == Fault.READS_THE_TIME ? (int) System.nanoTime() : duties.size() + others;
        double confidence = switch (fault) {
            case CONFIDENCE_ABOVE_ONE -> 1.5;
            case CONFIDENCE_NOT_A_NUMBER -> Double.NaN;
            default -> 0.9;
        };
        return new Outcome.Answered<>(
                new Duties(text, count, duties, fault == Fault.SEALED_TYPE_WITHOUT_NAME ? new Law("Lease act") : null),
                List.of(new SourceText("note", text)),
                evidence,
                confidence);
    }

    private String decode(byte[] bytes) throws CharacterCodingException {
        if (fault == Fault.ANSWERS_RANDOM_BYTES) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            if (fault == Fault.THROWS_ON_RANDOM_BYTES) {
                throw new IllegalStateException(e);
            }
            throw e;
        }
    }

    private Outcome<Duties> fail(ErrorCode code, String detail) {
        return new Outcome.Failed<>(code, detail, or(Fault.BLANK_REMEDY, " ", "Send a text file."));
    }

    @Override
    public List<Outcome<Duties>> runAll(List<Note> inputs, TaskContext context) {
        return or(Fault.DROPS_FROM_BATCH, List.of(), Task.super.runAll(inputs, context));
    }

    @Override
    public List<Benchmark> benchmarks() {
        return List.of(new Leases(or(Fault.BENCHMARK_WITH_BLANK, "Lease Notes", "leases")));
    }

    @Override
    public List<TrainingRecipe> recipes() {
        return switch (fault) {
            case RECIPE_NOT_MEASURED -> List.of(new Recipe("wills"));
            case BENCHMARK_WITH_BLANK -> List.of();
            default -> List.of(new Recipe("leases"));
        };
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Text(new LocalText("Note", "便条"), or(Fault.TEXT_PANEL_OF_NUMBER, "/count", "/text")),
                new Panel.Value(new LocalText("Count", "数量"), or(Fault.PANEL_BESIDE, "/number", "/count")),
                new Panel.Picture(new LocalText("Page", "页面"), or(Fault.PICTURE_PANEL_OF_NO_FILE, "language", "file")),
                new Panel.Table(
                        new LocalText("Duties", "义务"),
                        "/duties",
                        List.of(new Panel.Column(
                                new LocalText(or(Fault.BLANK_COLUMN_TITLE, " ", "Verb"), "动词"),
                                or(Fault.COLUMN_BESIDE, "/verb", "/words")))),
                new Panel.Chart(
                        new LocalText("Where they stand", "位置"),
                        "/duties",
                        new Panel.Column(new LocalText("Verb", "动词"), "/words"),
                        new Panel.Column(new LocalText("Start", "起点"), or(Fault.CHART_OF_WORDS, "/words", "/start")),
                        List.of(new Panel.Column(new LocalText("End", "终点"), "/end")),
                        List.of(new Panel.Column(
                                new LocalText("Count", "数量"), or(Fault.CHART_LEVEL_BESIDE, "/end", "/count"))),
                        new Panel.Column(new LocalText("Words", "原文"), "/words")));
    }

    @Override
    public List<Sample> samples() {
        URL note = Objects.requireNonNull(DutyTask.class.getResource("/planted/note.txt"));
        var field = or(Fault.SAMPLE_WITH_UNKNOWN_FIELD, "colour", "language");
        return or(
                Fault.NO_SAMPLE,
                List.of(),
                List.of(new Sample("lease", new LocalText("Lease", "租约"), Map.of("file", note), Map.of(field, "en"))));
    }

    @Override
    public List<Export<Note, Duties>> exports() {
        return List.of(
                new TextExport("txt", true, fault == Fault.EMPTY_EXPORT ? "" : "duties"),
                new TextExport(
                        or(Fault.EXPORT_TWICE, "txt", "docx"),
                        false,
                        or(Fault.EXPORT_WRITES_UNSUPPORTED, "duties", "")));
    }

    @Override
    public Optional<Signals<Note, Duties>> signals() {
        return Optional.of((note, duties) -> List.of(
                Signal.output(
                        or(Fault.SIGNAL_TWICE, "verb", "duties"),
                        duties.duties().size()),
                Signal.output("verb", or(Fault.SIGNAL_QUOTES, duties.text(), "shall"))));
    }

    @Override
    public List<Corrections<Note, Duties>> corrections() {
        return or(Fault.CORRECTIONS_OF_NO_RECIPE, List.of(new Judged()), List.of());
    }

    private record Judged() implements Corrections<Note, Duties> {
        @Override
        public String recipe() {
            return "wills";
        }

        @Override
        public int add(Path data, List<Reviewed<Note, Duties>> cases, Path out) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public List<Inquiry<?, ?>> inquiries() {
        return List.of(new Verbs(or(Fault.INQUIRY_WITH_BLANK, "Verbs of duty", "verbs"), fault));
    }

    /** Words of duty that begin so. */
    record Beginning(@Nullable String words) {}

    /** What was found. */
    record Found(List<String> verbs) {}

    private record Verbs(String name, Fault fault) implements Inquiry<Beginning, Found> {
        @Override
        public Class<Beginning> questionType() {
            return Beginning.class;
        }

        @Override
        public Class<Found> answerType() {
            return Found.class;
        }

        @Override
        public Found answer(Beginning question, References references) {
            if (question.words() == null && fault == Fault.INQUIRY_NEEDS_WORDS) {
                throw new IllegalArgumentException("no words");
            }
            String words = question.words() == null ? "" : question.words();
            return new Found(Stream.of("must", "shall")
                    .filter(verb -> verb.startsWith(words))
                    .toList());
        }
    }

    private record Leases(String name) implements Benchmark {
        @Override
        public Evaluation evaluate(Path data, TaskContext context, Progress progress) {
            return new Evaluation(0, Map.of());
        }
    }

    private record Recipe(String benchmark) implements TrainingRecipe {
        @Override
        public void train(Path data, Path out, TrainingContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private record TextExport(String format, boolean supported, String written) implements Export<Note, Duties> {
        @Override
        public String mediaType() {
            return "text/plain";
        }

        @Override
        public boolean supports(Note input, Duties output) {
            return supported;
        }

        @Override
        public void write(Reviewed<Note, Duties> run, OutputStream target) throws IOException {
            target.write(written.getBytes(StandardCharsets.UTF_8));
        }
    }
}
