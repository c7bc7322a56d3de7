package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.compute.SentenceEncoder;
import io.baigong.host.catalogue.DataDigest;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.cli.LabelledSpans.Span;
import io.baigong.host.run.PlatformJson;
import io.baigong.tuning.quantisation.Calibration;
import io.baigong.tuning.quantisation.Precision;
import io.baigong.tuning.quantisation.Quantisation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench quantisation}: the platform's encoder in each precision, on a real task, in one run. */
@Command(
        name = "quantisation",
        mixinStandardHelpOptions = true,
        description =
                "The sentence encoder in 32 bits and in each smaller precision: size, memory, texts per second, and accuracy"
                        + " of a linear head that tells the labels of spans apart. The head is learned once, on embeddings in 32"
                        + " bits. Medians of the rounds, which interleave; 95 %% intervals over documents.")
final class QuantisationBench implements Callable<Integer> {
    private static final int CALIBRATED_ON = 128;
    private static final String PLAIN = "fp32";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "JSON lines with id, text and clauses: {label: [[start, end), ...]}, such as CUAD's.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--learn", defaultValue = "4000", description = "Spans to learn from (default: ${DEFAULT-VALUE}).")
    private int learn;

    @Option(
            names = "--measure",
            defaultValue = "2000",
            description = "Spans of other documents to measure accuracy on (default: ${DEFAULT-VALUE}).")
    private int measure;

    @Option(
            names = "--timed",
            defaultValue = "300",
            description = "How many of these each round embeds (default: ${DEFAULT-VALUE}).")
    private int timed;

    @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (learn < 1 || measure < 1 || timed < 1 || rounds < 1) {
            throw new WrongUsage("--learn, --measure, --timed and --rounds are at least 1");
        }
        try {
            var spans = LabelledSpans.read(Platform.existing(data), learn, measure, seed);
            if (spans.learned().isEmpty() || spans.measured().isEmpty()) {
                throw new WrongUsage("the data holds too few documents with labelled spans");
            }
            Path folder = Files.createTempDirectory("baigong-quantisation");
            try (var progress = new ProgressBar()) {
                report(spans, measured(spans, folder, progress));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private List<QuantisationTable.Row> measured(LabelledSpans spans, Path folder, ProgressBar progress)
            throws IOException, InterruptedException {
        List<String> learned = spans.learned().stream().map(Span::text).toList();
        List<String> texts = spans.measured().stream().map(Span::text).toList();
        List<String> names = new ArrayList<>();
        List<@Nullable Path> files = new ArrayList<>();
        names.add(PLAIN);
        files.add(Files.write(folder.resolve("fp32.onnx"), SentenceEncoder.plainModel(NamedModels.ENCODER)));
        for (Precision precision : List.of(Precision.FP16, Precision.INT8, Precision.INT8_STATIC, Precision.INT4)) {
            progress.at(0.02 * names.size(), "making " + precision);
            Path made = folder.resolve(precision + ".onnx");
            Quantisation.quantise(
                    folder.resolve("fp32.onnx"),
                    precision,
                    precision == Precision.INT8_STATIC
                            ? Calibration.ofTexts(
                                    NamedModels.ENCODER,
                                    learned.stream().limit(CALIBRATED_ON).toList(),
                                    100)
                            : null,
                    made,
                    (_, _) -> {});
            names.add(precision.toString());
            files.add(made);
        }
        names.add("as served");
        files.add(null);
        var rows = new ArrayList<QuantisationTable.Row>();
        var encoders = new ArrayList<SentenceEncoder>();
        try {
            for (@Nullable Path file : files) {
                encoders.add(
                        file == null
                                ? SentenceEncoder.open(NamedModels.ENCODER)
                                : SentenceEncoder.open(NamedModels.ENCODER, file));
            }
            double[][] rates = rates(encoders, texts.subList(0, Math.min(timed, texts.size())), progress);
            progress.at(0.5, "embedding what is learned from");
            var head = LinearHead.learn(
                    encoders.getFirst().embed(learned),
                    spans.learned().stream().mapToInt(Span::label).toArray(),
                    spans.labels().size(),
                    seed,
                    folder.resolve("head"));
            for (int i = 0; i < encoders.size(); i++) {
                progress.at(0.6 + 0.3 * i / encoders.size(), "measuring " + names.get(i));
                Path file = files.get(i);
                rows.add(new QuantisationTable.Row(
                        names.get(i),
                        file == null ? -1 : Files.size(file),
                        file == null ? -1 : memory(file),
                        PassagesBench.median(rates[i]),
                        head.right(encoders.get(i).embed(texts), spans.measured())));
            }
        } finally {
            encoders.forEach(SentenceEncoder::close);
        }
        return rows;
    }

    private double[][] rates(List<SentenceEncoder> encoders, List<String> texts, ProgressBar progress) {
        double[][] rates = new double[encoders.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < encoders.size(); i++) {
                progress.at(0.1 + 0.4 * (round + 1) / (rounds + 1), round < 0 ? "warming up" : "round " + (round + 1));
                long began = System.nanoTime();
                encoders.get(i).embed(texts);
                if (round >= 0) {
                    rates[i][round] = texts.size() / ((System.nanoTime() - began) / 1e9);
                }
            }
        }
        return rates;
    }

    /** Median of three processes, or of as many as there are rounds. */
    private long memory(Path file) throws IOException, InterruptedException {
        double[] gains = new double[Math.min(3, rounds)];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = EncoderMemory.of(NamedModels.ENCODER, file);
        }
        return (long) PassagesBench.median(gains);
    }

    private void report(LabelledSpans spans, List<QuantisationTable.Row> rows) throws IOException {
        var table = new QuantisationTable(rows, spans.measured(), seed);
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "%s, %d labels, learned from %d spans, measured on %d of %d other documents; %d rounds of %d texts, %d"
                        + " processors, seed %d",
                NamedModels.ENCODER,
                spans.labels().size(),
                spans.learned().size(),
                spans.measured().size(),
                spans.documents(),
                rounds,
                Math.min(timed, spans.measured().size()),
                Runtime.getRuntime().availableProcessors(),
                seed));
        table.print(out);
        out.flush();
        if (json != null) {
            ObjectNode node = PlatformJson.mapper().createObjectNode();
            node.put("model", NamedModels.ENCODER).put("seed", seed).put("rounds", rounds);
            node.put("processors", Runtime.getRuntime().availableProcessors());
            node.putObject("data")
                    .put("path", data.toString())
                    .put("sha256", DataDigest.of(data))
                    .put("learned", spans.learned().size())
                    .put("measured", spans.measured().size())
                    .put("documents", spans.documents())
                    .put("labels", spans.labels().size());
            table.write(node.putArray("variants"));
            PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), node);
        }
    }
}
