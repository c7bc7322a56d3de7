package io.baigong.medical.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the official indexes of ICD-10-CM in XML: external causes, neoplasms, drugs and chemicals. A term is all words on the way to
 * a code; what need not be there (guidelines, section I.A.7) is left out.
 */
public final class IndexImport {
    /** What a column of the tables of neoplasms and of drugs makes of its row. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("Malignant Primary", "malignant neoplasm"),
            Map.entry("Malignant Secondary", "secondary malignant neoplasm"),
            Map.entry("Ca in situ", "carcinoma in situ"),
            Map.entry("Benign", "benign neoplasm"),
            Map.entry("Uncertain Behavior", "neoplasm uncertain behavior"),
            Map.entry("Unspecified Behavior", "neoplasm"),
            Map.entry("Poisoning Accidental (unintentional)", "poisoning accidental"),
            Map.entry("Poisoning Intentional self-harm", "poisoning intentional self-harm"),
            Map.entry("Poisoning Assault", "poisoning assault"),
            Map.entry("Poisoning Undetermined", "poisoning undetermined"),
            Map.entry("Adverse effect", "adverse effect"),
            Map.entry("Underdosing", "underdosing"));

    /** The row of the table of neoplasms that is the table: each of its columns says it already. */
    private static final String NEOPLASM = "Neoplasm, neoplastic";

    private static final int DEEPEST = 64;

    private final List<IndexTerms.Term> terms = new ArrayList<>();
    private final Map<String, String> columns = new HashMap<>();
    private String version = "";

    private IndexImport() {}

    /** Reads indexes, gzipped or not. Throws {@link IOException} that says which is none, and where. */
    public static IndexTerms read(List<Path> files) throws IOException {
        var all = new ArrayList<IndexTerms.Term>();
        String version = "";
        for (Path file : files) {
            var reading = new IndexImport();
            try (InputStream in = open(file)) {
                reading.index(in);
            } catch (XMLStreamException e) {
                // The parser's own words may quote the file.
                throw new IOException("%s is no index in XML, line %d"
                        .formatted(
                                file,
                                e.getLocation() == null ? 0 : e.getLocation().getLineNumber()));
            }
            if (reading.terms.isEmpty()) {
                throw new IOException(file + " holds no index term with a code");
            }
            all.addAll(reading.terms);
            version = reading.version;
        }
        return new IndexTerms(version, all.stream().distinct().toList());
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private void index(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        Deque<String> path = new ArrayDeque<>();
        Deque<String> elements = new ArrayDeque<>();
        var text = new StringBuilder();
        String column = "";
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                String element = reader.getLocalName();
                elements.push(element);
                if (element.equals("mainTerm") || element.equals("term")) {
                    path.push("");
                    if (path.size() > DEEPEST) {
                        throw new XMLStreamException("too deep", reader.getLocation());
                    }
                }
                if (element.equals("head") || element.equals("cell")) {
                    column = String.valueOf(reader.getAttributeValue(null, "col"));
                }
                if (!element.equals("nemod")) {
                    text.setLength(0);
                }
            } else if (event == XMLStreamConstants.CHARACTERS && !"nemod".equals(elements.peek())) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end(elements.pop(), elements.peek(), text, column, path);
            }
        }
    }

    private void end(String element, @Nullable String within, StringBuilder text, String column, Deque<String> path) {
        String words = text.toString().strip().replaceAll("\\s+", " ");
        switch (element) {
            case "version" -> version = words;
            case "head" -> columns.put(column, words);
            case "title" -> {
                if (!path.isEmpty() && !"letter".equals(within)) {
                    path.pop();
                    // "boat, boating": forms of one word, of which the first will do.
                    String first = words.split(",", 2)[0];
                    path.push(
                            words.equals(NEOPLASM)
                                    ? ""
                                    : first.replaceAll("\\bNE[CS]\\b", "").strip());
                }
            }
            case "code" -> add(words, "", path);
            case "cell" -> add(words, COLUMNS.getOrDefault(columns.getOrDefault(column, ""), ""), path);
            case "mainTerm", "term" -> path.pop();
            default -> {}
        }
    }

    private void add(String code, String kind, Deque<String> path) {
        // C79.8- is a category, and -- no code.
        if (!code.isEmpty() && Character.isLetter(code.charAt(0)) && !code.endsWith("-")) {
            String way = List.copyOf(path).reversed().stream()
                    .filter(words -> !words.isEmpty())
                    .collect(Collectors.joining(", "));
            String words = (kind + " " + way).strip();
            if (!words.isEmpty()) {
                terms.add(new IndexTerms.Term(code, words));
            }
        }
    }

    /** {@code INDEX_XML… OUT}: writes the terms of indexes. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("name the indexes in XML, and the file to write");
        }
        List<Path> files =
                Arrays.stream(arguments, 0, arguments.length - 1).map(Path::of).toList();
        IndexTerms terms = read(files);
        try (var out = Files.newOutputStream(Path.of(arguments[arguments.length - 1]))) {
            terms.write(out);
        }
    }
}
