package io.baigong.host.cli;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import io.baigong.compute.SentenceEncoder;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.spi.ModelRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench passages}: the same passages through our models and through LangChain4j's own in-process encoder. */
@Command(
        name = "passages",
        mixinStandardHelpOptions = true,
        description =
                "Passages per second of the task's token tagger and of our sentence encoder, against LangChain4j's"
                        + " in-process all-MiniLM-L6-v2 on the same passages, in one run; medians of the rounds.")
final class PassagesBench implements Callable<Integer> {
    /** About 200 tokens of English: each passage fits one window of either side. */
    private static final int PASSAGE_CHARS = 900;

    @Mixin
    private final Platform platform = new Platform();

    @Option(names = "--text", required = true, paramLabel = "FILE", description = "A plain text in UTF-8 to cut up.")
    @SuppressWarnings("NullAway.Init")
    private Path text;

    @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<String> passages = passages(Files.readString(Platform.existing(text)));
        String role = platform.task().roles().stream()
                .filter(r -> r.kind() == ModelRole.Kind.TOKEN_CLASSIFICATION)
                .map(ModelRole::name)
                .findFirst()
                .orElseThrow(() -> new WrongUsage("this task has no token tagger"));
        List<TextSegment> segments = passages.stream().map(TextSegment::from).toList();
        var theirs = new AllMiniLmL6V2EmbeddingModel();
        double[][] seconds = new double[3][rounds];
        try (var gateway = platform.gateway(platform.registry());
                var encoder = SentenceEncoder.open("all-minilm-l6-v2");
                var progress = new ProgressBar()) {
            var models = gateway.forRun();
            for (int round = -1; round < rounds; round++) {
                progress.at((round + 1.0) / (rounds + 1), round < 0 ? "warming up" : "round " + (round + 1));
                double tagging = seconds(() -> models.tag(role, passages));
                double encoding = seconds(() -> encoder.embed(passages));
                double langchain4j = seconds(() -> theirs.embedAll(segments));
                if (round >= 0) {
                    seconds[0][round] = tagging;
                    seconds[1][round] = encoding;
                    seconds[2][round] = langchain4j;
                }
            }
        }
        double peer = passages.size() / median(seconds[2]);
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "%d passages, %d rounds, %d processors",
                passages.size(),
                rounds,
                Runtime.getRuntime().availableProcessors()));
        print(out, role, passages.size() / median(seconds[0]), peer);
        print(out, "our sentence encoder", passages.size() / median(seconds[1]), peer);
        print(out, "LangChain4j all-MiniLM-L6-v2", peer, peer);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void print(PrintWriter out, String side, double rate, double peer) {
        out.println(String.format(Locale.ROOT, "%-30s %8.1f passages/s  %5.2f x", side, rate, rate / peer));
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Words joined up to the length. */
    private static List<String> passages(String text) {
        List<String> passages = new ArrayList<>();
        var passage = new StringBuilder();
        for (String word : text.split("\\s+", -1)) {
            if (passage.length() + word.length() > PASSAGE_CHARS && !passage.isEmpty()) {
                passages.add(passage.toString());
                passage.setLength(0);
            }
            passage.append(passage.isEmpty() || word.isEmpty() ? "" : " ").append(word);
        }
        if (!passage.isEmpty()) {
            passages.add(passage.toString());
        }
        if (passages.isEmpty()) {
            throw new WrongUsage("the text holds no words");
        }
        return passages;
    }
}
