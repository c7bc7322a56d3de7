package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Progress;
import io.baigong.tuning.data.Bands;
import io.baigong.tuning.data.Cleaning;
import io.baigong.tuning.data.CleaningOptions;
import io.baigong.tuning.data.NearDuplicates;
import io.baigong.tuning.data.NearDuplicates.Similarity;
import io.baigong.tuning.data.Quality;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench dedup}: near-duplicates of short documents, against the same in plain Java, in one run. */
@Command(
        name = "dedup",
        mixinStandardHelpOptions = true,
        description =
                "Short documents per second that are compared by MinHash, with recall and precision on near-duplicates"
                        + " planted at a Jaccard similarity of 0.8; the same in plain Java with hash maps on one core, and by datasketch if"
                        + " python3 has it; and the whole of 'data clean' on them, from file to file.")
final class DedupBench implements Callable<Integer> {
    private static final int BATCH = 4_096;
    private static final int WARM_UP = 20_000;

    @Option(names = "--documents", defaultValue = "200000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Option(
            names = "--plain-documents",
            defaultValue = "50000",
            description =
                    "How many of the first of them plain Java and datasketch compare, at most all; 0 for none (default: ${DEFAULT-VALUE}).")
    private int plainDocuments;

    @Option(
            names = "--miss-weight",
            defaultValue = "0.98",
            description =
                    "What a missed near-duplicate weighs when bands are chosen; 0.5 is datasketch's (default: ${DEFAULT-VALUE}).")
    private double missWeight;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the documents (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** What one side did. {@code right} of those found are a planted document with its original. */
    private record Side(int documents, double seconds, long planted, long found, long right) {
        double rate() {
            return documents / seconds;
        }

        double recall() {
            return planted == 0 ? 1 : (double) right / planted;
        }

        double precision() {
            return found == 0 ? 1 : (double) right / found;
        }
    }

    @Override
    public Integer call() {
        if (documents < 1 || plainDocuments < 0 || !(missWeight >= 0 && missWeight <= 1)) {
            throw new WrongUsage("--documents is at least 1, --plain-documents at least 0, --miss-weight in [0, 1]");
        }
        Similarity usual = Similarity.USUAL;
        var similarity = new Similarity(usual.threshold(), usual.permutations(), missWeight, usual.shingles());
        Bands bands = Bands.optimal(similarity.threshold(), similarity.permutations(), missWeight);
        var texts = new LookalikeTexts(seed);
        try (var progress = new ProgressBar()) {
            Path folder = Files.createTempDirectory("baigong-dedup");
            try {
                progress.at(0, "warming up");
                ours(texts, Math.min(documents, WARM_UP), similarity, folder);
                progress.at(0.1, "comparing by MinHash");
                Side ours = ours(texts, documents, similarity, folder);
                progress.at(0.5, "from file to file");
                double whole = whole(texts, folder);
                progress.at(0.8, "plain Java");
                Side plain = plainDocuments == 0 ? null : plain(texts, Math.min(documents, plainDocuments), bands);
                progress.at(0.9, "datasketch, if it is there");
                ObjectNode peer = plainDocuments == 0
                        ? null
                        : Datasketch.compare(folder.resolve("in.jsonl"), Math.min(documents, plainDocuments), bands);
                report(bands, ours, whole, plain, peer);
            } finally {
                QuantisationBench.delete(folder);
            }
        } catch (IOException e) {
            throw new Failure(Baigong.cause(e), e);
        }
        return CommandLine.ExitCode.OK;
    }

    /** The clock stands while texts are made. */
    private static Side ours(LookalikeTexts texts, int count, Similarity similarity, Path folder) throws IOException {
        long nanos = 0;
        var tally = new Tally();
        try (var near = new NearDuplicates(similarity, folder)) {
            for (int from = 0; from < count; from += BATCH) {
                List<String> batch = batch(texts, from, Math.min(count, from + BATCH));
                long begin = System.nanoTime();
                var sketches = batch.parallelStream().map(near::sketch).toList();
                for (int i = 0; i < sketches.size(); i++) {
                    var matches = near.like(sketches.get(i), 1);
                    if (matches.isEmpty()) {
                        near.add(from + i, sketches.get(i));
                    }
                    tally.add(
                            from + i,
                            matches.isEmpty() ? -1 : matches.getFirst().line());
                }
                nanos += System.nanoTime() - begin;
            }
        }
        return tally.side(count, nanos);
    }

    private static Side plain(LookalikeTexts texts, int count, Bands bands) {
        new BoxedLookalikes(Similarity.USUAL.permutations(), bands.bands(), bands.rows()).likeOrKept(0, texts.text(0));
        long nanos = 0;
        var tally = new Tally();
        var plain = new BoxedLookalikes(Similarity.USUAL.permutations(), bands.bands(), bands.rows());
        for (int from = 0; from < count; from += BATCH) {
            List<String> batch = batch(texts, from, Math.min(count, from + BATCH));
            long begin = System.nanoTime();
            for (int i = 0; i < batch.size(); i++) {
                tally.add(from + i, plain.likeOrKept(from + i, batch.get(i)));
            }
            nanos += System.nanoTime() - begin;
        }
        return tally.side(count, nanos);
    }

    private static List<String> batch(LookalikeTexts texts, int from, int to) {
        return IntStream.range(from, to).parallel().mapToObj(texts::text).toList();
    }

    /** Seconds of a cleaning with the usual options but for quality, which random words would not pass. */
    private double whole(LookalikeTexts texts, Path folder) throws IOException {
        Path in = folder.resolve("in.jsonl");
        try (var writer = Files.newBufferedWriter(in)) {
            for (int i = 0; i < documents; i++) {
                writer.write("{\"id\":" + i + ",\"text\":\"" + texts.text(i) + "\"}\n");
            }
        }
        CleaningOptions usual = CleaningOptions.USUAL;
        var options = new CleaningOptions(
                usual.reading(),
                Quality.OFF,
                usual.duplicates(),
                usual.similarity(),
                usual.perplexity(),
                usual.balance(),
                usual.split(),
                usual.mask(),
                seed);
        long begin = System.nanoTime();
        new Cleaning(List.of(in), folder.resolve("out.jsonl"), null, options).run(Progress.SILENT);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return seconds;
    }

    /** Counts what was found. */
    private static final class Tally {
        private long planted;
        private long found;
        private long right;

        void add(int text, int original) {
            planted += LookalikeTexts.isPlanted(text) ? 1 : 0;
            found += original >= 0 ? 1 : 0;
            right += original >= 0 && LookalikeTexts.isPlanted(text) && original == text - 1 ? 1 : 0;
        }

        Side side(int documents, long nanos) {
            return new Side(documents, nanos / 1e9, planted, found, right);
        }
    }

    private void report(Bands bands, Side ours, double whole, @Nullable Side plain, @Nullable ObjectNode peer)
            throws IOException {
        long peak = peak();
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "%d bands of %d rows compare %.3f of pairs at similarity 0.8; %d processors, seed %d",
                bands.bands(),
                bands.rows(),
                bands.compared(0.8),
                Runtime.getRuntime().availableProcessors(),
                seed));
        ObjectNode node = PlatformJson.mapper().createObjectNode();
        node.put("seed", seed).put("bands", bands.bands()).put("rows", bands.rows());
        side(out, node.putObject("baigong"), "MinHash", ours);
        out.println(String.format(
                Locale.ROOT,
                "%-12s %,10d documents  %,10.0f /s  read, compared, looked through for personal data, written",
                "data clean",
                documents,
                documents / whole));
        node.put("cleanSeconds", whole).put("cleanDocumentsPerSecond", documents / whole);
        if (plain != null) {
            side(out, node.putObject("plainJava"), "plain Java", plain);
            out.println(String.format(Locale.ROOT, "MinHash does %.1f times as many", ours.rate() / plain.rate()));
            node.put("ratio", ours.rate() / plain.rate());
        }
        if (peak > 0) {
            out.println(String.format(Locale.ROOT, "most memory that this process had resident: %,d MB", peak / 1_000));
            node.put("peakKilobytes", peak);
        }
        if (peer == null) {
            out.println("datasketch, the Python library, is not there to be compared with: python3 can't import it");
        } else {
            out.println(String.format(
                    Locale.ROOT,
                    "datasketch   %,10d documents  %,10.0f /s  recall %.4f  precision %.4f  (%s, one process): MinHash does %.1f times as many",
                    peer.path("documents").asInt(),
                    peer.path("documentsPerSecond").asDouble(),
                    peer.path("recall").asDouble(),
                    peer.path("precision").asDouble(),
                    Words.line(peer.path("version").asText()),
                    ours.rate() / peer.path("documentsPerSecond").asDouble()));
            node.set("datasketch", peer);
        }
        out.flush();
        if (json != null) {
            PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), node);
        }
    }

    private static void side(PrintWriter out, ObjectNode node, String name, Side side) {
        out.println(String.format(
                Locale.ROOT,
                "%-12s %,10d documents  %,10.0f /s  recall %.4f  precision %.4f",
                name,
                side.documents(),
                side.rate(),
                side.recall(),
                side.precision()));
        node.put("documents", side.documents())
                .put("seconds", side.seconds())
                .put("documentsPerSecond", side.rate())
                .put("planted", side.planted())
                .put("recall", side.recall())
                .put("precision", side.precision());
    }

    /** VmHWM of this process in kB, or 0 where there is no /proc. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
