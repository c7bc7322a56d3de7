package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.cli.LabelledSpans.Span;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.Interval;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The handbook's table, measured: what each precision costs in accuracy, and what it gains in speed and size. */
final class QuantisationTable {
    private static final String FORMAT = "%-12s %9s %7s %12s %7s %9s %7s  %-9s %-24s  %s";

    /** What the handbook says of loss, speed and memory, as it says it. */
    private static final Map<String, String> HANDBOOK = Map.of(
            "fp16", "loss <1 %, 1.8 x, 50 %",
            "int8", "loss 2-3 %, 3.2 x, 75 %",
            "int8-static", "loss 2-3 %, 3.2 x, 75 %",
            "int4", "loss 5-8 %, 5.6 x, 87 %");

    private final List<Row> rows;
    private final List<List<Integer>> documents;
    private final Bootstrap bootstrap;

    /**
     * One precision, measured. The first of a table is the one that the others are held against.
     *
     * @param bytes size of the file, or -1
     * @param memory resident bytes gained by a process, or -1
     * @param rate texts a second
     * @param right whether each span was told right
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(String name, long bytes, long memory, double rate, boolean[] right) {
        double accuracy(List<List<Integer>> documents) {
            int all = 0;
            int told = 0;
            for (List<Integer> document : documents) {
                for (int span : document) {
                    all++;
                    told += right[span] ? 1 : 0;
                }
            }
            return (double) told / all;
        }
    }

    QuantisationTable(List<Row> rows, List<Span> spans, long seed) {
        this.rows = rows;
        var byDocument = new TreeMap<String, List<Integer>>();
        for (int i = 0; i < spans.size(); i++) {
            byDocument
                    .computeIfAbsent(spans.get(i).document(), _ -> new ArrayList<>())
                    .add(i);
        }
        this.documents = List.copyOf(byDocument.values());
        this.bootstrap = Bootstrap.seeded(seed);
    }

    private Interval loss(Row row) {
        Row first = rows.getFirst();
        return bootstrap.difference(documents, first::accuracy, row::accuracy);
    }

    void print(PrintWriter out) {
        Row first = rows.getFirst();
        out.println(String.format(
                Locale.ROOT,
                FORMAT,
                "precision",
                "file",
                "saved",
                "resident",
                "saved",
                "texts/s",
                "speed",
                "accuracy",
                "lost, in points",
                "handbook"));
        for (Row row : rows) {
            Interval loss = loss(row);
            out.println(String.format(
                            Locale.ROOT,
                            FORMAT,
                            row.name(),
                            megabytes(row.bytes()),
                            saved(row.bytes(), first.bytes()),
                            megabytes(row.memory()),
                            saved(row.memory(), first.memory()),
                            String.format(Locale.ROOT, "%.1f", row.rate()),
                            String.format(Locale.ROOT, "%.2f x", row.rate() / first.rate()),
                            String.format(Locale.ROOT, "%.4f", row.accuracy(documents)),
                            String.format(
                                    Locale.ROOT,
                                    "%.2f (%.2f to %.2f)",
                                    100 * loss.value(),
                                    100 * loss.low(),
                                    100 * loss.high()),
                            HANDBOOK.getOrDefault(row.name(), ""))
                    .stripTrailing());
        }
        out.println("""
                file: the ONNX file. resident: what a process gains when it opens the file and embeds, activations included.
                as served: the platform's own 8-bit encoder, built in memory. Speeds such as the handbook's need hardware that
                computes in so few bits. ONNX Runtime's processor kernels have 8-bit products and no 16-bit ones on x86: fp16 is
                widened to 32 bits when it runs, so it saves disk space alone, and time is lost on converting. 4-bit weights are
                widened to 8 bits before they are multiplied: disk space again, and memory, but no more speed than 8 bits.""");
    }

    private static String megabytes(long bytes) {
        return bytes < 0 ? "" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String saved(long bytes, long before) {
        return bytes < 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * (1 - (double) bytes / before));
    }

    void write(ArrayNode variants) {
        Row first = rows.getFirst();
        for (Row row : rows) {
            Interval loss = loss(row);
            ObjectNode node = variants.addObject().put("precision", row.name());
            if (row.bytes() >= 0) {
                node.put("file_bytes", row.bytes()).put("file_saved", 1 - (double) row.bytes() / first.bytes());
                node.put("resident_bytes", row.memory())
                        .put("resident_saved", 1 - (double) row.memory() / first.memory());
            }
            node.put("texts_per_second", row.rate()).put("speed", row.rate() / first.rate());
            node.put("accuracy", row.accuracy(documents));
            node.putObject("accuracy_lost")
                    .put("value", loss.value())
                    .put("low", loss.low())
                    .put("high", loss.high());
            if (HANDBOOK.containsKey(row.name())) {
                node.put("handbook", HANDBOOK.get(row.name()));
            }
        }
    }
}
