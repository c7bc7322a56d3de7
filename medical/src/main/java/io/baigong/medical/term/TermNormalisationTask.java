package io.baigong.medical.term;

import io.baigong.medical.code.CodeEditions;
import io.baigong.spi.Attachment;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Edition;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.References;
import io.baigong.spi.Sample;
import io.baigong.spi.SourceText;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code medical.term-normalisation}: what a clinician wrote, and the standard names and codes that it has. */
public final class TermNormalisationTask implements Task<TermInput, NormalisedTerms> {
    private static final TaskId ID = new TaskId("medical", "term-normalisation");
    private static final String ROLE = "medical.term-ranker";
    private static final int MOST_TERMS = 2000;
    private static final int MOST_CHARACTERS = 500_000;
    private static final int MOST_LIST_BYTES = 64 << 20;
    private static final int MOST_OTHERS = 5;

    private final TermModels models = new TermModels(ROLE);
    private final CodeEditions editions = new CodeEditions();

    @Override
    public TaskId id() {
        return ID;
    }

    @Override
    public LocalText title() {
        return new LocalText("Term normalisation", "术语标准化");
    }

    @Override
    public Class<TermInput> inputType() {
        return TermInput.class;
    }

    @Override
    public Class<NormalisedTerms> outputType() {
        return NormalisedTerms.class;
    }

    @Override
    public List<ModelRole> roles() {
        return List.of(ModelRole.of(ROLE, ModelRole.Kind.PREDICTION));
    }

    @Override
    public Outcome<NormalisedTerms> run(TermInput input, TaskContext context) {
        String text = input.terms() == null ? "" : input.terms();
        if (text.isBlank()) {
            return new Outcome.Failed<>(
                    ErrorCode.User.EMPTY, "there is no term", "give the terms to normalise, one a line");
        }
        if (text.length() > MOST_CHARACTERS
                || text.lines().filter(line -> !line.isBlank()).count() > MOST_TERMS) {
            return new Outcome.Failed<>(
                    ErrorCode.User.TOO_LARGE,
                    "there are more than %d terms or %d characters".formatted(MOST_TERMS, MOST_CHARACTERS),
                    "send them in several runs, or as a batch");
        }
        Attachment list = input.codeList();
        if (list != null) {
            return byList(text, list);
        }
        if (input.system() != null && !input.system().isBlank()) {
            return byEdition(text, input, context);
        }
        Optional<TermNormaliser> trained = models.trained(context.models());
        return trained.isPresent()
                ? answered(text, trained.get()::normalise)
                : new Outcome.Failed<>(
                        ErrorCode.User.INVALID,
                        "there is neither a code list nor a model trained on one",
                        "attach a list (code, tab, name), name an imported one as system, or train a model: ./baigong train medical.term-normalisation");
    }

    private Outcome<NormalisedTerms> byList(String text, Attachment list) {
        try (InputStream in = Files.newInputStream(list.file())) {
            byte[] bytes = in.readNBytes(MOST_LIST_BYTES + 1);
            if (bytes.length == 0) {
                return new Outcome.Failed<>(
                        ErrorCode.User.EMPTY, "the code list is empty", "attach a list: code, tab, name on each line");
            }
            if (bytes.length > MOST_LIST_BYTES) {
                return new Outcome.Failed<>(
                        ErrorCode.User.TOO_LARGE,
                        "the code list is larger than 64 MiB",
                        "leave out all columns but code, name and synonyms");
            }
            return byNames(text, models.of(bytes, list.name()));
        } catch (IOException e) {
            return new Outcome.Failed<>(
                    ErrorCode.User.INVALID,
                    "the code list can't be read: " + e.getMessage(),
                    "attach a text file in UTF-8 with code, tab, name on each line");
        }
    }

    private Outcome<NormalisedTerms> byEdition(String text, TermInput input, TaskContext context) {
        References imported = context.references();
        try {
            Optional<CodeEditions.Opened> opened =
                    editions.open(imported, () -> CodeEditions.chosen(imported, input.system(), input.edition(), null));
            if (opened.isPresent()) {
                Edition edition = opened.get().edition();
                return byNames(
                        text,
                        models.of(
                                edition.system() + edition.sha256(),
                                () -> opened.get().table().list()));
            }
        } catch (IOException e) {
            return new Outcome.Failed<>(
                    ErrorCode.Internal.FAULT,
                    "the list can't be read: " + e.getMessage(),
                    "have the operator import it again");
        }
        return new Outcome.Failed<>(
                ErrorCode.User.INVALID,
                "there is no such list among those imported",
                "name one of "
                        + CodeEditions.all(imported).stream()
                                .map(one -> one.system() + " " + one.name())
                                .collect(Collectors.joining(", "))
                        + ", have the operator import it, or attach a list");
    }

    private static Outcome<NormalisedTerms> byNames(String text, TermMemory memory) {
        return answered(
                text,
                terms -> terms.stream()
                        .map(term -> TermNormaliser.lexically(memory, term))
                        .toList());
    }

    /** Names each term. */
    @FunctionalInterface
    private interface Naming {
        List<Normalised> of(List<String> terms);
    }

    private static Outcome<NormalisedTerms> answered(String text, Naming naming) {
        var written = new ArrayList<String>();
        var spans = new ArrayList<Evidence>();
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line = text.substring(start, end);
            String term = line.strip();
            if (!term.isEmpty()) {
                int from = start + line.indexOf(term);
                written.add(term);
                spans.add(new Evidence.TextSpan("terms", from, from + term.length(), term));
            }
            start = end + 1;
        }
        List<Normalised> all = naming.of(written);
        var terms = new ArrayList<NormalisedTerms.Term>();
        var rows = new ArrayList<NormalisedTerms.NameOfTerm>();
        var evidence = new ArrayList<Evidence>();
        double confidence = 0;
        for (int i = 0; i < written.size(); i++) {
            Normalised normalised = all.get(i);
            String term = written.get(i);
            List<StandardTerm> others = normalised.ranked().stream()
                    .filter(r -> !normalised.chosen().contains(r))
                    .limit(MOST_OTHERS)
                    .toList();
            terms.add(new NormalisedTerms.Term(term, normalised.chosen(), others));
            normalised
                    .chosen()
                    .forEach(c -> rows.add(new NormalisedTerms.NameOfTerm(
                            term, String.join(", ", c.codes()), c.name(), c.confidence())));
            if (!normalised.chosen().isEmpty()) {
                evidence.add(spans.get(i));
                confidence += normalised.chosen().getFirst().confidence() / written.size();
            }
        }
        if (evidence.isEmpty()) {
            return new Outcome.Abstained<>("no name of the list has anything in common with these terms");
        }
        return new Outcome.Answered<>(
                new NormalisedTerms(text, terms, rows),
                List.of(new SourceText("terms", text)),
                evidence,
                Math.clamp(confidence, 0, 1));
    }

    @Override
    public List<? extends Benchmark> benchmarks() {
        return TermBenchmark.all(models);
    }

    @Override
    public List<? extends TrainingRecipe> recipes() {
        return Stream.concat(Stream.of(TermRecipe.yidu(ROLE)), TermRecipe.chipCdn(ROLE).stream())
                .toList();
    }

    @Override
    public List<Sample> samples() {
        return List.of(new Sample(
                "operations",
                new LocalText("Names of operations", "手术名称"),
                Map.of(
                        "codeList",
                        Objects.requireNonNull(
                                TermNormalisationTask.class.getResource("/samples/operations.tsv"),
                                "the sample is not on the class path")),
                Map.of("terms", "右侧甲状腺叶切除术\n腹腔镜下胆囊摘除术（LC）\n阑尾切除+肠粘连松解术\n左膝关节镜下半月板成型术")));
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Table(
                        new LocalText("Standard names", "标准名称"),
                        "/names",
                        List.of(
                                new Panel.Column(new LocalText("Written", "原始词"), "/written"),
                                new Panel.Column(new LocalText("Standard name", "标准词"), "/name"),
                                new Panel.Column(new LocalText("Code", "编码"), "/code"),
                                new Panel.Column(new LocalText("Confidence", "置信度"), "/confidence"))),
                new Panel.Text(new LocalText("Terms", "术语"), "/text"));
    }
}
