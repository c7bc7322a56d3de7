package io.baigong.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import io.baigong.compute.SentenceEncoder;
import io.baigong.host.cli.Baigong.WrongUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench embeddings}: many callers with a text each, against one caller at a time and against LangChain4j. */
@Command(
        name = "embeddings",
        mixinStandardHelpOptions = true,
        description = "Texts per second that many concurrent callers get embedded, a text a call and of mixed lengths,"
                + " against one caller at a time and against LangChain4j's in-process all-MiniLM-L6-v2, in one run;"
                + " medians of the rounds.")
final class EmbeddingsBench implements Callable<Integer> {
    @Option(
            names = "--text",
            required = true,
            paramLabel = "FILE",
            description = "A plain text in UTF-8; its lines are the texts.")
    @SuppressWarnings("NullAway.Init")
    private Path text;

    @Option(names = "--callers", defaultValue = "32", description = "Concurrent callers (default: ${DEFAULT-VALUE}).")
    private int callers;

    @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> texts = Files.readString(Platform.existing(text))
                .lines()
                .map(String::strip)
                .filter(line -> line.length() >= 3)
                .map(line -> line.substring(0, Math.min(line.length(), 1_000)))
                .limit(400)
                .toList();
        if (texts.isEmpty()) {
            throw new WrongUsage("the text holds no lines");
        }
        double[][] rates = new double[3][rounds];
        var theirs = new AllMiniLmL6V2EmbeddingModel();
        try (var ours = SentenceEncoder.open("all-minilm-l6-v2");
                var progress = new ProgressBar()) {
            for (int round = -1; round < rounds; round++) {
                progress.at((round + 1.0) / (rounds + 1), round < 0 ? "warming up" : "round " + (round + 1));
                double many = rate(texts, callers, each -> ours.embed(List.of(each)));
                double one = rate(texts, 1, each -> ours.embed(List.of(each)));
                double langchain4j = rate(texts, callers, each -> theirs.embed(each));
                if (round >= 0) {
                    rates[0][round] = many;
                    rates[1][round] = one;
                    rates[2][round] = langchain4j;
                }
            }
        }
        report(texts, rates);
        return CommandLine.ExitCode.OK;
    }

    private void report(List<String> texts, double[][] rates) throws IOException {
        double ours = PassagesBench.median(rates[0]);
        double one = PassagesBench.median(rates[1]);
        double langchain4j = PassagesBench.median(rates[2]);
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "%d texts of %d characters in the mean, %d rounds, %d processors",
                texts.size(),
                texts.stream().mapToInt(String::length).sum() / texts.size(),
                rounds,
                Runtime.getRuntime().availableProcessors()));
        row(out, callers + " callers", ours, ours);
        row(out, "one at a time", one, ours);
        row(out, "LangChain4j, " + callers + " callers", langchain4j, ours);
        out.flush();
        if (json != null) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("texts", texts.size());
            result.put("callers", callers);
            result.put("processors", Runtime.getRuntime().availableProcessors());
            result.put("texts_per_second", ours);
            result.put("one_at_a_time_texts_per_second", one);
            result.put("langchain4j_texts_per_second", langchain4j);
            result.put("against_one_at_a_time", ours / one);
            result.put("against_langchain4j", ours / langchain4j);
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
        }
    }

    private static void row(PrintWriter out, String side, double rate, double ours) {
        out.println(String.format(Locale.ROOT, "%-26s %8.1f texts/s  ours is %5.2f x", side, rate, ours / rate));
    }

    /** Texts per second when so many callers share them, each waiting for one before it sends the next. */
    private static double rate(List<String> texts, int callers, Consumer<String> embed) throws InterruptedException {
        var next = new AtomicInteger();
        long began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            var waiting = new ArrayList<Future<?>>();
            for (int caller = 0; caller < callers; caller++) {
                waiting.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
                        embed.accept(texts.get(i));
                    }
                }));
            }
            for (Future<?> each : waiting) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a text could not be embedded: " + e.getCause(), e);
        }
        return texts.size() / ((System.nanoTime() - began) / 1e9);
    }
}
