package io.baigong.finance.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.finance.review.ContractReview.Page;
import io.baigong.spi.Attachment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Real contracts: the PDFs of CUAD against the texts that CUAD has of them. Needs the data sets, see BAIGONG_DATA. */
class CuadReadingTest {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    @Test
    void wordsAreThoseOfTheDataSet() throws IOException {
        Path cuad =
                Path.of(System.getenv().getOrDefault("BAIGONG_DATA", "no-data")).resolve("cuad");
        if (!Files.isDirectory(cuad.resolve("pdf"))) {
            System.out.println("Skipped: BAIGONG_DATA names no folder with cuad/pdf in it.");
        }
        assumeTrue(Files.isDirectory(cuad.resolve("pdf")), "BAIGONG_DATA names no folder with cuad/pdf in it");
        List<Path> pdfs;
        try (Stream<Path> files = Files.list(cuad.resolve("pdf"))) {
            pdfs = files.sorted().toList();
        }
        Map<String, String> texts = texts(cuad.resolve("cuad-train.jsonl.gz"));
        var measured = new ArrayList<Double>();
        for (Path pdf : pdfs) {
            String title = pdf.getFileName().toString().replaceFirst("\\.pdf$", "");
            long start = System.nanoTime();
            ContractDocument document = TestFiles.read(new Attachment(title + ".pdf", pdf));
            double millis = (System.nanoTime() - start) / 1e6;
            placesAreSound(document);
            String expected = texts.get(key(title));
            double overlap = expected == null ? -1 : overlap(expected, document.text());
            System.out.printf(
                    Locale.ROOT,
                    "%5.0f ms %4d pages %7d units, word overlap %.3f  %s%n",
                    millis,
                    document.pages().size(),
                    document.text().length(),
                    overlap,
                    title);
            if (expected != null) {
                measured.add(overlap);
            }
        }
        assertThat(measured).hasSizeGreaterThan(5).allMatch(overlap -> overlap > 0.9);
    }

    private static void placesAreSound(ContractDocument document) {
        for (Page page : document.pages()) {
            assertThat(document.regions(page.start(), page.end()))
                    .allMatch(region -> region.page() == page.number()
                            && region.width() > 0
                            && region.height() > 0
                            && region.x() >= -20
                            && region.x() + region.width() <= page.width() + 20);
        }
    }

    private static Map<String, String> texts(Path file) throws IOException {
        var texts = new HashMap<String, String>();
        var json = new ObjectMapper();
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                JsonNode row = json.readTree(line);
                String title = row.path("id").asText();
                String text = row.path("text").asText();
                texts.putIfAbsent(key(title), text);
            }
        }
        return texts;
    }

    private static String key(String title) {
        return title.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** F1 of words as bags. */
    private static double overlap(String expected, String actual) {
        Map<String, Integer> left = words(expected);
        Map<String, Integer> right = words(actual);
        long common = left.entrySet().stream()
                .mapToLong(entry -> Math.min(entry.getValue(), right.getOrDefault(entry.getKey(), 0)))
                .sum();
        long all = left.values().stream().mapToLong(Integer::longValue).sum()
                + right.values().stream().mapToLong(Integer::longValue).sum();
        return 2.0 * common / all;
    }

    private static Map<String, Integer> words(String text) {
        var words = new HashMap<String, Integer>();
        var matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.merge(matcher.group(), 1, Integer::sum);
        }
        return words;
    }
}
