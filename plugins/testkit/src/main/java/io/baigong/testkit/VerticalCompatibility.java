package io.baigong.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.spi.Attachment;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Corrections;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Export;
import io.baigong.spi.Inquiry;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.ReferenceFormat;
import io.baigong.spi.References;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Sample;
import io.baigong.spi.Signal;
import io.baigong.spi.Task;
import io.baigong.spi.TaskId;
import io.baigong.spi.TrainingRecipe;
import io.baigong.spi.Vertical;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every vertical promises the platform. A vertical's test extends this class and names its {@link #vertical()} and the
 * {@link #models()} that its samples run with:
 *
 * <pre>{@code
 * class FinanceCompatibilityTest extends VerticalCompatibility {
 *     protected Vertical vertical() { return new FinanceVertical(); }
 *     protected Models models() { return FakeModels.script().tag(...).build(); }
 * }
 * }</pre>
 */
public abstract class VerticalCompatibility {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9][a-z0-9.+-]*");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern SIGNAL = Pattern.compile("(INPUT|OUTPUT) [a-z][A-Za-z0-9_.-]{0,60}");
    /** One word: what has blanks may be a piece of the input. */
    private static final Pattern LABEL = Pattern.compile("\\S{1,60}");

    private static final int THREADS = 8;

    /** The vertical under test; each call may give a new one. */
    protected abstract Vertical vertical();

    /** Models for one run, with each role of the vertical scripted that its samples need. */
    protected abstract Models models();

    /** Whether this sample is to be answered; override for one that shows an abstention or a failure. */
    protected boolean isAnswered(TaskId task, Sample sample) {
        return true;
    }

    @Test
    void isFoundByServiceLoader() {
        Class<?> type = vertical().getClass();

        assertThat(ServiceLoader.load(Vertical.class, type.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::type))
                .as("verticals named in META-INF/services/" + Vertical.class.getName())
                .contains(type.asSubclass(Vertical.class));
    }

    @Test
    void namesItsTasks() {
        Vertical vertical = vertical();

        assertThat(vertical.name()).as("name of the vertical").matches(WORD);
        assertThat(vertical.tasks()).as("tasks").isNotEmpty();
        assertThat(vertical.tasks())
                .allSatisfy(task -> assertThat(task.id().vertical())
                        .as("first part of task id " + task.id())
                        .isEqualTo(vertical.name()));
        assertThat(vertical.tasks()).extracting(Task::id).doesNotHaveDuplicates();
    }

    @Test
    void speaksEnglishAndChinese() {
        for (Task<?, ?> task : vertical().tasks()) {
            inBothLanguages(task.title(), task.id() + " title");
            task.samples().forEach(sample -> inBothLanguages(sample.title(), task.id() + " sample " + sample.name()));
            for (Panel panel : task.panels()) {
                inBothLanguages(panel.title(), task.id() + " panel");
                columns(panel).forEach(column -> inBothLanguages(column.title(), task.id() + " column"));
            }
        }
    }

    private static Stream<Panel.Column> columns(Panel panel) {
        return switch (panel) {
            case Panel.Table table -> table.columns().stream();
            case Panel.Chart chart ->
                Stream.of(
                                Stream.of(chart.label(), chart.value(), chart.remark()),
                                chart.limits().stream(),
                                chart.levels().stream())
                        .flatMap(columns -> columns);
            case Panel.Text _, Panel.Value _, Panel.Picture _ -> Stream.empty();
        };
    }

    private static void inBothLanguages(LocalText text, String what) {
        assertThat(text.en()).as(what + " in English").isNotBlank().doesNotContainPattern(HAN);
        assertThat(text.zh()).as(what + " in Chinese").isNotBlank().containsPattern(HAN);
    }

    @Test
    void typesHaveJsonSchemas() {
        for (Task<?, ?> task : vertical().tasks()) {
            assertThat(JsonTypes.faultsOfInput(task.inputType()))
                    .as(task.id() + " input")
                    .isEmpty();
            assertThat(JsonTypes.faultsOfOutput(task.outputType()))
                    .as(task.id() + " output")
                    .isEmpty();
        }
    }

    @Test
    void declaresItsRoles() {
        Vertical vertical = vertical();
        for (Task<?, ?> task : vertical.tasks()) {
            assertThat(task.roles()).extracting(ModelRole::name).doesNotHaveDuplicates();
            for (ModelRole role : task.roles()) {
                String[] parts = role.name().split("\\.", -1);
                assertThat(parts).as("parts of role name " + role.name()).hasSize(2);
                assertThat(parts[0]).as("owner of role " + role.name()).isIn(vertical.name(), "platform");
                assertThat(parts[1]).as("name of role " + role.name()).matches(WORD);
                role.shipped()
                        .ifPresent(folder -> assertThat(
                                        vertical.getClass().getClassLoader().getResource(folder + "/model.json"))
                                .as("model.json of role " + role.name() + " on the class path in " + folder)
                                .isNotNull());
            }
        }
    }

    @Test
    void namesItsBenchmarksAndRecipes() {
        for (Task<?, ?> task : vertical().tasks()) {
            List<String> benchmarks =
                    task.benchmarks().stream().map(Benchmark::name).toList();
            assertThat(benchmarks).as(task.id() + " benchmarks").doesNotHaveDuplicates();
            assertThat(benchmarks)
                    .allSatisfy(name ->
                            assertThat(name).as(task.id() + " benchmark").matches(WORD));
            List<String> recipes =
                    task.recipes().stream().map(TrainingRecipe::benchmark).toList();
            assertThat(recipes)
                    .as(task.id() + " data sets of the recipes, each of which is measured too")
                    .isSubsetOf(benchmarks);
            assertThat(task.corrections().stream().map(Corrections::recipe))
                    .as(task.id() + " recipes that learn from decisions, each of which there is")
                    .doesNotHaveDuplicates()
                    .isSubsetOf(recipes);
        }
    }

    @Test
    void samplesFitTheirInput() throws IOException {
        for (Task<?, ?> task : vertical().tasks()) {
            assertThat(task.samples()).as(task.id() + " samples").isNotEmpty();
            assertThat(task.samples()).extracting(Sample::name).doesNotHaveDuplicates();
            Map<Boolean, Set<String>> components = Arrays.stream(
                            task.inputType().getRecordComponents())
                    .collect(Collectors.partitioningBy(
                            c -> c.getType() == Attachment.class,
                            Collectors.mapping(RecordComponent::getName, Collectors.toSet())));
            for (Sample sample : task.samples()) {
                String what = task.id() + " sample " + sample.name();
                assertThat(sample.name()).as(what).matches(WORD);
                assertThat(sample.attachments().keySet()).as(what + " files").isSubsetOf(components.get(true));
                assertThat(sample.fields().keySet()).as(what + " fields").isSubsetOf(components.get(false));
                for (URL url : sample.attachments().values()) {
                    try (var in = url.openStream()) {
                        assertThat(in.read()).as(what + " first byte of " + url).isNotNegative();
                    }
                }
            }
        }
    }

    @Test
    void answersItsSamples(@TempDir Path folder) {
        for (Subject<?, ?> subject : subjects(folder)) {
            Outcome<?> outcome = subject.run(models());
            assertThat(outcome instanceof Outcome.Answered<?>)
                    .as(subject.what() + " is answered; it gave " + outcome)
                    .isEqualTo(isAnswered(subject.task().id(), subject.sample()));
        }
    }

    /** Every task works without a chat model, and says more with one. */
    @Test
    void answersWithoutAChatModel(@TempDir Path folder) {
        for (Subject<?, ?> subject : subjects(folder)) {
            Outcome<?> outcome = subject.run(RecordingModels.withoutChat(models()));
            assertThat(outcome instanceof Outcome.Answered<?>)
                    .as(subject.what() + " is answered without a chat model; it gave " + outcome)
                    .isEqualTo(isAnswered(subject.task().id(), subject.sample()));
        }
    }

    @Test
    void evidenceStandsInItsSource(@TempDir Path folder) {
        for (Subject<?, ?> subject : subjects(folder)) {
            if (subject.run(models()) instanceof Outcome.Answered<?> answered) {
                OutcomeChecks.standsInSources(answered, subject.what());
            }
        }
    }

    @Test
    void confidenceIsAProbability(@TempDir Path folder) {
        for (Subject<?, ?> subject : subjects(folder)) {
            if (subject.run(models()) instanceof Outcome.Answered<?> answered) {
                assertThat(answered.confidence())
                        .as(subject.what() + " confidence")
                        .isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void outputsSurviveJson(@TempDir Path folder) throws IOException {
        for (Subject<?, ?> subject : subjects(folder)) {
            if (subject.run(models()) instanceof Outcome.Answered<?> answered) {
                byte[] json = JsonTypes.MAPPER.writeValueAsBytes(answered.value());
                assertThat((Object)
                                JsonTypes.MAPPER.readValue(json, subject.task().outputType()))
                        .as(subject.what() + " output, written as JSON and read back")
                        .isEqualTo(answered.value());
            }
        }
    }

    @Test
    void panelsPointIntoTheOutput(@TempDir Path folder) {
        for (Task<?, ?> task : vertical().tasks()) {
            List<JsonNode> outputs = subjects(task, folder)
                    .map(subject -> subject.run(models()))
                    .filter(Outcome.Answered.class::isInstance)
                    .map(outcome -> JsonTypes.MAPPER.<JsonNode>valueToTree(((Outcome.Answered<?>) outcome).value()))
                    .toList();
            for (Panel panel : task.panels()) {
                String what = task.id() + " panel \"" + panel.title().en() + "\"";
                switch (panel) {
                    case Panel.Text text ->
                        assertThat(at(outputs, text.pointer())).as(what).allMatch(JsonNode::isTextual);
                    case Panel.Value value ->
                        assertThat(at(outputs, value.pointer())).as(what).noneMatch(JsonNode::isMissingNode);
                    case Panel.Picture picture ->
                        assertThat(task.inputType().getRecordComponents())
                                .as(what)
                                .anyMatch(component -> component.getName().equals(picture.component())
                                        && component.getType() == Attachment.class);
                    case Panel.Table table ->
                        columnsAreFound(what, rows(what, outputs, table.pointer()), table.columns());
                    case Panel.Chart chart -> {
                        List<JsonNode> rows = rows(what, outputs, chart.pointer());
                        columnsAreFound(what, rows, List.of(chart.label(), chart.remark()));
                        columnsAreFound(what, rows, chart.limits());
                        columnsAreFound(what, outputs, chart.levels());
                        assertThat(at(rows, chart.value().pointer()))
                                .as(what + ": each point has its height")
                                .allMatch(JsonNode::isNumber);
                    }
                }
            }
        }
    }

    /** The records of all outputs. */
    private static List<JsonNode> rows(String what, List<JsonNode> outputs, String pointer) {
        List<JsonNode> arrays = at(outputs, pointer);
        assertThat(arrays).as(what).allMatch(JsonNode::isArray);
        return arrays.stream().flatMap(JsonNode::valueStream).toList();
    }

    private static void columnsAreFound(String what, List<JsonNode> rows, List<Panel.Column> columns) {
        for (Panel.Column column : columns) {
            assertThat(rows.isEmpty() || at(rows, column.pointer()).stream().anyMatch(node -> !node.isMissingNode()))
                    .as(what + ": " + column.pointer() + " is found")
                    .isTrue();
        }
    }

    private static List<JsonNode> at(List<JsonNode> nodes, String pointer) {
        JsonPointer compiled = JsonPointer.compile(pointer);
        return nodes.stream().map(node -> node.at(compiled)).toList();
    }

    @Test
    void inquiriesAnswerAnyQuestion() {
        for (Task<?, ?> task : vertical().tasks()) {
            assertThat(task.inquiries().stream().map(Inquiry::name))
                    .as(task.id() + " inquiries")
                    .doesNotHaveDuplicates()
                    .allMatch(name -> WORD.matcher(name).matches());
            task.inquiries().forEach(inquiry -> checkInquiry(task.id() + " inquiry " + inquiry.name(), inquiry));
        }
    }

    /** A page may ask before anything has been typed. */
    private static <Q extends Record> void checkInquiry(String what, Inquiry<Q, ?> inquiry) {
        assertThat(JsonTypes.faultsOfOutput(inquiry.questionType())).as(what).isEmpty();
        assertThat(JsonTypes.faultsOfOutput(inquiry.answerType())).as(what).isEmpty();
        try {
            Record answer = inquiry.answer(JsonTypes.MAPPER.readValue("{}", inquiry.questionType()), References.NONE);
            assertThat(JsonTypes.MAPPER.readValue(JsonTypes.MAPPER.writeValueAsString(answer), inquiry.answerType()))
                    .as(what + " through JSON")
                    .isEqualTo(answer);
        } catch (IOException | RuntimeException e) {
            fail(what + " has no answer to an empty question", e);
        }
    }

    @Test
    void referenceFormatsRefuseWhatTheyAreNot(@TempDir Path folder) throws IOException {
        List<? extends ReferenceFormat> formats = vertical().references();
        assertThat(formats.stream().map(ReferenceFormat::name))
                .as("names of reference formats")
                .doesNotHaveDuplicates()
                .allMatch(name -> WORD.matcher(name).matches());
        byte[] noise = new byte[5000];
        new Random(5).nextBytes(noise);
        for (ReferenceFormat format : formats) {
            inBothLanguages(format.title(), "reference format " + format.name());
            assertThat(format.files()).as("files of " + format.name()).isNotEmpty();
            for (byte[] bytes : List.of(new byte[0], noise)) {
                Path file = Files.write(folder.resolve("bad"), bytes);
                List<Path> files = Collections.nCopies(format.files().size(), file);
                assertThatThrownBy(() -> format.read(files, OutputStream.nullOutputStream()))
                        .as("reference format " + format.name() + " with " + bytes.length
                                + " bytes that are none of it")
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("bad");
            }
        }
    }

    @Test
    void exportsWriteWhatTheySupport(@TempDir Path folder) throws IOException {
        for (Task<?, ?> task : vertical().tasks()) {
            assertThat(task.exports().stream().map(Export::format))
                    .as(task.id() + " export formats")
                    .doesNotHaveDuplicates()
                    .allMatch(format -> WORD.matcher(format).matches());
            assertThat(task.exports().stream().map(Export::mediaType))
                    .as(task.id() + " media types of exports")
                    .allMatch(type -> MEDIA_TYPE.matcher(type).matches());
        }
        for (Subject<?, ?> subject : subjects(folder)) {
            checkExports(subject);
        }
    }

    private <I extends Record, O extends Record> void checkExports(Subject<I, O> subject) throws IOException {
        if (!(subject.run(models()) instanceof Outcome.Answered<O> answered)) {
            return;
        }
        for (Export<I, O> export : subject.task().exports()) {
            String what = subject.what() + " exported as " + export.format();
            var target = new ByteArrayOutputStream();
            var run = new Reviewed<>("a run", subject.input(), answered.value(), List.<Reviewed.Decided>of());
            if (export.supports(subject.input(), answered.value())) {
                export.write(run, target);
                assertThat(target.size()).as(what + ": bytes").isPositive();
            } else {
                try {
                    export.write(run, target);
                } catch (IOException | RuntimeException e) {
                    // Refusing is right.
                }
                assertThat(target.size())
                        .as(what + ", which it does not support: bytes")
                        .isZero();
            }
        }
    }

    @Test
    void signalsAreFiguresAndWords(@TempDir Path folder) {
        for (Subject<?, ?> subject : subjects(folder)) {
            checkSignals(subject);
        }
    }

    private <I extends Record, O extends Record> void checkSignals(Subject<I, O> subject) {
        if (subject.task().signals().isEmpty() || !(subject.run(models()) instanceof Outcome.Answered<O> answered)) {
            return;
        }
        List<Signal> signals = subject.task().signals().get().of(subject.input(), answered.value());
        assertThat(signals.stream().map(signal -> signal.side() + " " + signal.name()))
                .as(subject.what() + ": signals")
                .doesNotHaveDuplicates()
                .allMatch(name -> SIGNAL.matcher(name).matches());
        for (Signal signal : signals) {
            if (signal instanceof Signal.Label label) {
                assertThat(label.value())
                        .as(subject.what() + ": a word of signal " + label.name())
                        .matches(LABEL);
            }
        }
    }

    @Test
    void badInputFailsWithARemedy(@TempDir Path folder) throws IOException {
        for (Subject<?, ?> subject : subjects(folder)) {
            for (Map.Entry<String, URL> file : subject.sample().attachments().entrySet()) {
                byte[] whole;
                try (var in = file.getValue().openStream()) {
                    whole = in.readAllBytes();
                }
                byte[] noise = new byte[5000];
                new Random(5).nextBytes(noise);
                failsForItsUser(subject.withFile(file.getKey(), new byte[0], "an empty file"));
                failsForItsUser(subject.withFile(file.getKey(), noise, "random bytes"));
                var cut = subject.withFile(file.getKey(), Arrays.copyOf(whole, whole.length / 2), "half a file");
                OutcomeChecks.explains(cut.run(models()), cut.what());
            }
            checkBlankFields(subject);
        }
    }

    private void failsForItsUser(Subject<?, ?> subject) {
        Outcome<?> outcome = subject.run(models());
        if (!(outcome instanceof Outcome.Failed<?>(ErrorCode.User code, String detail, String remedy))) {
            fail(subject.what() + " is to fail with a code of ErrorCode.User, but gave " + outcome);
        }
        OutcomeChecks.explains(outcome, subject.what());
    }

    private void checkBlankFields(Subject<?, ?> subject) {
        var fields = new HashMap<>(subject.sample().fields());
        for (RecordComponent component : subject.task().inputType().getRecordComponents()) {
            if (component.getType() == String.class) {
                fields.put(component.getName(), " ");
            }
        }
        if (fields.equals(subject.sample().fields())) {
            return;
        }
        var blank = subject.withFields(fields, "blank text");
        Outcome<?> outcome = blank.run(models());
        OutcomeChecks.explains(outcome, blank.what());
        if (subject.sample().attachments().isEmpty()) {
            assertThat(outcome).as(blank.what()).isNotInstanceOf(Outcome.Answered.class);
        }
    }

    @Test
    void answersAlikeWithTheSameSeed(@TempDir Path folder) {
        for (Subject<?, ?> subject : subjects(folder)) {
            Outcome<?> first = subject.run(models());
            assertThat((Object) subject.run(models()))
                    .as(subject.what() + ", run again")
                    .isEqualTo(first);
        }
    }

    @Test
    void answersAlikeOnManyThreads(@TempDir Path folder) throws InterruptedException, ExecutionException {
        for (Subject<?, ?> subject : subjects(folder)) {
            var start = new CountDownLatch(1);
            var runs = new ArrayList<Future<Outcome<?>>>();
            Set<Outcome<?>> outcomes = new HashSet<>();
            try (var threads = Executors.newFixedThreadPool(THREADS)) {
                for (int i = 0; i < THREADS; i++) {
                    runs.add(threads.submit(() -> {
                        start.await();
                        return subject.run(models());
                    }));
                }
                start.countDown();
                for (Future<Outcome<?>> run : runs) {
                    outcomes.add(run.get());
                }
            }
            assertThat(outcomes)
                    .as(subject.what() + ": different outcomes of " + THREADS + " runs at once")
                    .hasSize(1);
        }
    }

    @Test
    void answersABatchAsItsParts(@TempDir Path folder) {
        for (Task<?, ?> task : vertical().tasks()) {
            checkBatch(task, folder);
        }
    }

    private <I extends Record, O extends Record> void checkBatch(Task<I, O> task, Path folder) {
        List<I> inputs = subjects(task, folder).map(Subject::input).toList();
        var context = FakeContext.of(models());
        List<Outcome<O>> parts =
                inputs.stream().map(input -> task.run(input, context)).toList();
        assertThat(task.runAll(inputs, FakeContext.of(models())))
                .as(task.id() + " batch of all samples")
                .isEqualTo(parts);
    }

    @Test
    void callsOnlyItsRoles(@TempDir Path folder) {
        for (Subject<?, ?> subject : subjects(folder)) {
            var models = RecordingModels.of(models());
            subject.run(models);
            assertThat(models.calls())
                    .as(subject.what() + ": roles called, all of which are to be declared")
                    .isSubsetOf(subject.task().roles().stream()
                            .map(role -> new RecordingModels.Call(role.name(), role.kind()))
                            .toList());
        }
    }

    @Test
    void keepsNoStaticState() throws IOException {
        assertThat(StaticState.of(vertical().getClass()))
                .as("static fields that are not final")
                .isEmpty();
    }

    private List<Subject<?, ?>> subjects(Path folder) {
        var subjects = new ArrayList<Subject<?, ?>>();
        for (Task<?, ?> task : vertical().tasks()) {
            subjects(task, folder).forEach(subjects::add);
        }
        return subjects;
    }

    private static <I extends Record, O extends Record> Stream<Subject<I, O>> subjects(Task<I, O> task, Path folder) {
        return task.samples().stream().map(sample -> Subject.of(task, sample, folder));
    }
}
