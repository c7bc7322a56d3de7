package io.baigong.tuning.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cleans a data set: reads the files twice (four times with a perplexity), and writes what stays with a snapshot that says from
 * what and how it came about. The same files and options give the same bytes.
 */
public final class Cleaning {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Path> files;
    private final Path out;
    private final @Nullable Path droppedFile;
    private final CleaningOptions options;

    /**
     * @param files JSON Lines or plain text, gzip or not
     * @param out where what stays is written, as JSON Lines; with a split the name of each side is put into the file's name
     * @param dropped where what was left out is named, with the reason; or null
     */
    public Cleaning(List<Path> files, Path out, @Nullable Path dropped, CleaningOptions options) {
        this.files = List.copyOf(files);
        this.out = out;
        this.droppedFile = dropped;
        this.options = options;
    }

    /** The files that will be written, by side. */
    public static Map<String, Path> sides(Path out, Split split) {
        var sides = new LinkedHashMap<String, Path>();
        for (String side : split.shares().keySet()) {
            sides.put(side, split.isNone() ? out : sided(out, side));
        }
        return sides;
    }

    private static Path sided(Path out, String side) {
        String name = String.valueOf(out.getFileName());
        String gz = name.endsWith(".gz") ? ".gz" : "";
        String plain = name.substring(0, name.length() - gz.length());
        int dot = plain.lastIndexOf('.');
        int cut = dot < 1 ? plain.length() : dot;
        return out.resolveSibling(plain.substring(0, cut) + "." + side + plain.substring(cut) + gz);
    }

    /** Where the snapshot is written. */
    public static Path snapshot(Path out) {
        return out.resolveSibling(out.getFileName() + ".snapshot.json");
    }

    /** Does it. Throws {@link Unusable} if the data as a whole is not fit, and then leaves no file behind. */
    public CleaningReport run(Progress progress) throws IOException {
        var parser = new DocumentParser(options.reading());
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null) {
            throw new Unusable(out + " is no file that can be written");
        }
        Files.createDirectories(folder);
        boolean judged = !options.perplexity().isOff();
        try (var source = new Source(files, options.reading().maxLineBytes());
                var judging = new Judging(options, parser, folder)) {
            var inputs = source.read(
                    judging::look, judging::decide, progress.part(0, judged ? 0.4 : 0.7), "comparing documents");
            Verdicts verdicts = judging.verdicts();
            Source.Input reference =
                    judged ? new Unlikeness(options, parser, verdicts).drop(source, progress.part(0.4, 0.8)) : null;
            int[] lines = verdicts.keptLines();
            if (lines.length == 0) {
                throw nothingLeft(verdicts);
            }
            Deal deal = Deal.of(lines, judging, options);
            try (var writing = new Writing(options, parser, verdicts, deal, sides(out, options.split()), droppedFile)) {
                var again = source.read(
                        writing::look, writing::write, progress.part(judged ? 0.8 : 0.7, 1), "writing what stays");
                if (!again.equals(inputs)) {
                    throw new Unusable("a file was changed while it was read; clean the data again");
                }
                Files.deleteIfExists(snapshot(out));
                write(inputs, reference, writing.freeze());
                return writing.report(judging);
            }
        }
    }

    private static Unusable nothingLeft(Verdicts verdicts) {
        var counts = new LinkedHashMap<String, Integer>();
        for (int line = 0; line < verdicts.size(); line++) {
            DropReason reason = verdicts.reason(line);
            if (reason != null) {
                counts.merge(reason + " (" + reason.meaning() + ")", 1, Integer::sum);
            }
        }
        return new Unusable(
                counts.isEmpty()
                        ? "the data holds no documents"
                        : "no document stays: " + counts + ". Check the names of the fields and the bounds.");
    }

    private void write(List<Source.Input> inputs, Source.@Nullable Input reference, List<FrozenFile.Frozen> outputs)
            throws IOException {
        ObjectNode json = JSON.createObjectNode();
        inputs.forEach(input -> json.withArray("inputs")
                .addObject()
                .put("file", input.file())
                .put("sha256", input.sha256())
                .put("bytes", input.bytes())
                .put("lines", input.lines()));
        if (reference != null) {
            json.putObject("reference").put("file", reference.file()).put("sha256", reference.sha256());
        }
        json.set("options", options.json(JSON));
        json.put("seed", options.seed());
        var files = new ArrayList<>(outputs);
        files.forEach(file -> json.withArray("outputs").addPOJO(file));
        Path part = out.resolveSibling(out.getFileName() + ".snapshot.part");
        Files.writeString(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        Files.move(part, snapshot(out), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
