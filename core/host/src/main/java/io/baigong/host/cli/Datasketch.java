package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.tuning.data.Bands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The Python library datasketch on the same documents, where {@code python3} has it. */
final class Datasketch {
    private static final int PATIENCE_MINUTES = 30;

    /** Pairs are verified by their signatures, which is what the library offers. Reading is not timed. */
    private static final String SCRIPT = """
            import json, sys, time
            from importlib.metadata import version
            from datasketch import MinHash, MinHashLSH
            path, count, bands, rows, every = sys.argv[1], *map(int, sys.argv[2:])
            texts = []
            with open(path, encoding="utf-8") as lines:
                for line in lines:
                    texts.append(json.loads(line)["text"])
                    if len(texts) == count:
                        break
            begin = time.perf_counter()
            lsh = MinHashLSH(num_perm=128, params=(bands, rows))
            kept, found, right = {}, 0, 0
            for i, text in enumerate(texts):
                words = text.lower().split()
                sketch = MinHash(num_perm=128)
                sketch.update_batch([" ".join(words[j:j + 3]).encode() for j in range(len(words) - 2)])
                like = sorted(k for k in lsh.query(sketch) if kept[k].jaccard(sketch) >= 0.8)
                if like:
                    found += 1
                    right += i % every == every - 1 and like[0] == i - 1
                else:
                    lsh.insert(i, sketch)
                    kept[i] = sketch
            seconds = time.perf_counter() - begin
            print(json.dumps({"version": version("datasketch"), "documents": len(texts), "seconds": seconds,
                "documentsPerSecond": len(texts) / seconds, "recall": right / max(len(texts) // every, 1),
                "precision": right / max(found, 1)}))
            """;

    private Datasketch() {}

    /** What it does, or null where it is not. */
    static @Nullable ObjectNode compare(Path documents, int count, Bands bands) throws IOException {
        var builder = new ProcessBuilder(List.of(
                "python3",
                "-c",
                SCRIPT,
                documents.toString(),
                String.valueOf(count),
                String.valueOf(bands.bands()),
                String.valueOf(bands.rows()),
                String.valueOf(LookalikeTexts.EVERY)));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process python;
        try {
            python = builder.start();
        } catch (IOException e) {
            return null; // no python3
        }
        try {
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!python.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || python.exitValue() != 0) {
                return null;
            }
            JsonNode node = PlatformJson.mapper().readTree(said);
            return node instanceof ObjectNode object ? object : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            python.destroy();
        }
    }
}
