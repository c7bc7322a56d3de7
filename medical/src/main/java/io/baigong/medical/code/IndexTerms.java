package io.baigong.medical.code;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Terms of the official indexes of ICD-10-CM (external causes, neoplasms, drugs and chemicals) with the code that each leads to.
 * A line a term, {@code code<TAB>term}, gzipped; the first line names the version.
 */
public record IndexTerms(String version, List<Term> terms) {
    private static final String FILE = "/icd10cm/index-2019.tsv.gz";

    /** Words of an index that lead to a code. */
    public record Term(String code, String words) {}

    public IndexTerms {
        terms = List.copyOf(terms);
    }

    /** Those that ship. */
    public static IndexTerms shipped() {
        return Shipped.TERMS;
    }

    private static final class Shipped {
        static final IndexTerms TERMS = load();

        private static IndexTerms load() {
            try (InputStream in = IndexTerms.class.getResourceAsStream(FILE)) {
                if (in == null) {
                    throw new LinkageError(FILE + " is not on the class path");
                }
                return read(in);
            } catch (IOException e) {
                throw new LinkageError(FILE + " can't be read", e);
            }
        }
    }

    /** Reads what {@link #write} wrote. Throws {@link IOException} that names the line that is wrong. */
    static IndexTerms read(InputStream in) throws IOException {
        var terms = new ArrayList<Term>();
        try (var reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            String version = reader.readLine();
            if (version == null) {
                throw new IOException("the index terms are empty");
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int tab = line.indexOf('\t');
                if (tab <= 0 || tab == line.length() - 1) {
                    throw new IOException(
                            "line %d of the index terms is no code, tab, term".formatted(terms.size() + 2));
                }
                terms.add(new Term(line.substring(0, tab), line.substring(tab + 1)));
            }
            return new IndexTerms(version, terms);
        }
    }

    /** Writes them as {@link #read} reads them. */
    public void write(OutputStream out) throws IOException {
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
            writer.write(version + "\n");
            for (Term term : terms) {
                writer.write(term.code + "\t" + term.words + "\n");
            }
        }
    }
}
