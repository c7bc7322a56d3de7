package io.baigong.host.trial;

import io.baigong.spi.Attachment;
import io.baigong.spi.Benchmark;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evidence;
import io.baigong.spi.Export;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.Progress;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Sample;
import io.baigong.spi.SourceText;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the words of a text. The first word steers it: {@code !throw}, {@code !sleep}, {@code !abstain}, {@code !deep}. */
public class CountWords implements Task<CountWords.Input, CountWords.Output> {
    /** How words are counted. */
    public enum Letters {
        AS_GIVEN,
        LOWER_CASE
    }

    /** A text, and how to count. */
    public record Input(
            Attachment document,
            @Nullable Letters letters,
            @Nullable Integer longest,
            @Nullable List<String> without) {}

    /** A word and how often it stands there. */
    public record Count(String word, int times, double share) {}

    /** All words. */
    public record Output(String text, List<Count> counts, int total) {}

    @Override
    public TaskId id() {
        return new TaskId("trial", "count-words");
    }

    @Override
    public LocalText title() {
        return new LocalText("Count words", "数词");
    }

    @Override
    public Class<Input> inputType() {
        return Input.class;
    }

    @Override
    public Class<Output> outputType() {
        return Output.class;
    }

    @Override
    public Outcome<Output> run(Input input, TaskContext context) {
        String text;
        try {
            text = Files.readString(input.document().file(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (text.isEmpty()) {
            return new Outcome.Failed<>(ErrorCode.User.EMPTY, "the file is empty", "Send one that is not.");
        }
        String[] words = text.strip().split(" ", -1);
        switch (words[0]) {
            case "!throw" -> throw new IllegalStateException("secret inside");
            case "!deep" -> deep(0);
            case "!sleep" -> sleep();
            case "!abstain" -> {
                return new Outcome.Abstained<>("not sure");
            }
            case "!doubt" -> {
                return new Outcome.Answered<>(new Output(text, List.of(), 0), List.of(), List.of(), Double.NaN);
            }
            default -> {}
        }
        return count(text, words, input);
    }

    private static Outcome<Output> count(String text, String[] words, Input input) {
        Map<String, Integer> times = new LinkedHashMap<>();
        for (String word : words) {
            if ((input.longest() == null || word.length() <= input.longest())
                    && (input.without() == null || !input.without().contains(word))) {
                times.merge(
                        input.letters() == Letters.LOWER_CASE ? word.toLowerCase(java.util.Locale.ROOT) : word,
                        1,
                        Integer::sum);
            }
        }
        int total = times.values().stream().mapToInt(i -> i).sum();
        List<Count> counts = new ArrayList<>();
        times.forEach((word, n) -> counts.add(new Count(word, n, (double) n / total)));
        return new Outcome.Answered<>(
                new Output(text, counts, total),
                List.of(new SourceText("document", text)),
                List.of(
                        new Evidence.TextSpan("document", 0, words[0].length(), words[0]),
                        new Evidence.TextSpan("document", 0, 3, "made up"),
                        new Evidence.Rule("spaces", "a word ends at a space")),
                0.75);
    }

    private static int deep(int depth) {
        return depth < 0 ? 0 : 1 + deep(depth + 1);
    }

    private static void sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<ModelRole> roles() {
        return List.of(
                new ModelRole("trial.counter", ModelRole.Kind.TOKEN_CLASSIFICATION, Optional.of("models/not-there")),
                ModelRole.of("trial.oddity", ModelRole.Kind.PREDICTION),
                ModelRole.of("trial.adviser", ModelRole.Kind.CHAT));
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Value(new LocalText("Total", "总数"), "/total"),
                new Panel.Table(
                        new LocalText("Words", "词"),
                        "/counts",
                        List.of(
                                new Panel.Column(new LocalText("Word", "词"), "/word"),
                                new Panel.Column(new LocalText("Share", "比例"), "/share"))),
                new Panel.Text(new LocalText("Text", "文本"), "/text"));
    }

    @Override
    public List<Sample> samples() {
        return List.of(new Sample(
                "greeting",
                new LocalText("A greeting", "问候"),
                Map.of("document", Objects.requireNonNull(CountWords.class.getResource("/samples/greeting.txt"))),
                Map.of("letters", "LOWER_CASE")));
    }

    @Override
    public List<Export<Input, Output>> exports() {
        return List.of(new Csv());
    }

    @Override
    public List<Benchmark> benchmarks() {
        return List.of(new Benchmark() {
            @Override
            public String name() {
                return "lines";
            }

            @Override
            public Evaluation evaluate(Path data, TaskContext context, Progress progress) throws IOException {
                int lines = Files.readAllLines(data).size();
                progress.at(1, "counted");
                double value = context.random().nextDouble();
                return new Evaluation(
                        lines, Map.of("draw", new Evaluation.Metric(value, 0, 1, "ratio", List.of(value / 2, value))));
            }
        });
    }

    private static final class Csv implements Export<Input, Output> {
        @Override
        public String format() {
            return "csv";
        }

        @Override
        public String mediaType() {
            return "text/csv";
        }

        @Override
        public boolean supports(Input input, Output output) {
            return output.total() > 0;
        }

        @Override
        public void write(Reviewed<Input, Output> run, OutputStream target) throws IOException {
            for (Count count : run.output().counts()) {
                target.write((count.word() + "," + count.times() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
