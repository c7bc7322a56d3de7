package io.baigong.medical.coding;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A lexicon as text, gzipped: a line a phrase, {@code stems<TAB>notes<TAB>code,quotes,hits[<TAB>…]}, its stems parted by spaces.
 * Phrases without a code are left out.
 */
final class LexiconFile {
    private LexiconFile() {}

    static byte[] write(Lexicon lexicon) throws IOException {
        var text = new StringBuilder();
        for (int p = 0; p < lexicon.phrases().size(); p++) {
            Lexicon.Usage usage = lexicon.usage(p);
            if (!usage.codes().isEmpty()) {
                text.append(String.join(" ", lexicon.phrases().get(p)))
                        .append('\t')
                        .append(usage.notes());
                usage.codes()
                        .forEach((code, link) -> text.append('\t')
                                .append(code)
                                .append(',')
                                .append(link.quotes())
                                .append(',')
                                .append(link.hits()));
                text.append('\n');
            }
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Reads one. Throws {@link IOException} that names the line that is wrong. */
    static Lexicon read(byte[] bytes, float share) throws IOException {
        var phrases = new ArrayList<List<String>>();
        var usages = new ArrayList<Lexicon.Usage>();
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split("\\t", -1);
                try {
                    var links = new TreeMap<String, Lexicon.Link>();
                    for (int i = 2; i < cells.length; i++) {
                        String[] link = cells[i].split(",", -1);
                        links.put(link[0], new Lexicon.Link(Integer.parseInt(link[1]), Integer.parseInt(link[2])));
                    }
                    phrases.add(List.of(cells[0].split(" ", -1)));
                    usages.add(new Lexicon.Usage(Integer.parseInt(cells[1]), links));
                } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                    throw new IOException("line " + (phrases.size() + 1) + " of the phrases is none", e);
                }
            }
        }
        return Lexicon.of(phrases, usages, share);
    }
}
