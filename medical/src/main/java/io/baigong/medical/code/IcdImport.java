package io.baigong.medical.code;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Makes a compact code table of the official files of a version of ICD-10-CM: the order file, which has every code, and the
 * tabular list in XML, which has the notes.
 */
public final class IcdImport {
    private static final Map<String, IcdNote.Kind> KINDS = Map.of(
            "excludes1", IcdNote.Kind.EXCLUDES1,
            "excludes2", IcdNote.Kind.EXCLUDES2,
            "codeFirst", IcdNote.Kind.CODE_FIRST,
            "useAdditionalCode", IcdNote.Kind.USE_ADDITIONAL,
            "sevenChrNote", IcdNote.Kind.SEVENTH_CHARACTER);
    private static final Set<String> PLACES = Set.of("chapter", "section", "diag");

    /** Most bytes that one file may unpack to; those of fiscal year 2021 have 13 and 8 million. */
    private static final long MOST_BYTES = 200L << 20;

    /** Codes that the tabular list places. */
    private final Set<String> placed = new HashSet<>();

    private final Map<String, List<String>> inclusionTerms = new HashMap<>();
    private final List<IcdNote> notes = new ArrayList<>();

    private IcdImport() {}

    /** Reads both files, gzipped or not. Throws {@link IOException} that says which is not what it should be. */
    public static IcdTable read(Path order, Path tabular) throws IOException {
        var reading = new IcdImport();
        String version;
        try (InputStream in = Bounded.opened(Files.newInputStream(tabular), MOST_BYTES)) {
            version = reading.tabular(in);
        } catch (XMLStreamException e) {
            // The parser's own words may quote the file.
            throw new IOException("%s is no tabular list in XML, line %d"
                    .formatted(
                            tabular,
                            e.getLocation() == null ? 0 : e.getLocation().getLineNumber()));
        } catch (ZipException | EOFException e) {
            throw new IOException(tabular + " is cut off, or no gzip file", e);
        }
        if (reading.placed.isEmpty()) {
            throw new IOException(tabular + " is no tabular list: it places no code");
        }
        List<IcdTable.IcdCode> codes;
        try (var reader = new BufferedReader(new InputStreamReader(
                Bounded.opened(Files.newInputStream(order), MOST_BYTES), StandardCharsets.UTF_8.newDecoder()))) {
            codes = reading.codes(reader, order);
        } catch (ZipException | EOFException e) {
            throw new IOException(order + " is cut off, or no gzip file", e);
        } catch (CharacterCodingException e) {
            throw new IOException(order + " is not text in UTF-8", e);
        }
        codes.forEach(code -> reading.placed.remove(code.code()));
        if (!reading.placed.isEmpty()) {
            throw new IOException("%s places %d codes that %s does not have: they are not of the same edition"
                    .formatted(tabular, reading.placed.size(), order));
        }
        return new IcdTable(version, codes, reading.notes);
    }

    /** The edition whose order file and tabular list lie in a folder, named as they are published; empty where there are none. */
    public static Optional<IcdTable> in(Path folder) throws IOException {
        Optional<Path> order = named(folder, "icd10cm-order", "icd10cm_order");
        Optional<Path> tabular = named(folder, "icd10cm-tabular", "icd10cm_tabular");
        return order.isPresent() && tabular.isPresent()
                ? Optional.of(read(order.get(), tabular.get()))
                : Optional.empty();
    }

    private static Optional<Path> named(Path folder, String... beginnings) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Arrays.stream(beginnings)
                            .anyMatch(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT)::startsWith))
                    .max(Comparator.naturalOrder());
        }
    }

    private List<IcdTable.IcdCode> codes(BufferedReader reader, Path order) throws IOException {
        var codes = new ArrayList<IcdTable.IcdCode>();
        var seen = new HashSet<String>();
        int number = 0;
        String name = String.valueOf(order.getFileName());
        for (String line = CodeList.line(reader, name, 1);
                line != null;
                line = CodeList.line(reader, name, number + 1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            // Columns of the order file: 7 to 13 the code, 15 whether it is valid, 78 on the long description.
            if (line.length() < 78
                    || !line.substring(0, 5).chars().allMatch(Character::isDigit)
                    || line.indexOf('\t') >= 0) {
                throw new IOException("%s is no order file, line %d".formatted(order, number));
            }
            String code = IcdTable.dotted(line.substring(6, 13).strip());
            if (!seen.add(code)) {
                throw new IOException("%s has a code twice, line %d".formatted(order, number));
            }
            codes.add(new IcdTable.IcdCode(
                    code,
                    line.charAt(14) == '1',
                    line.substring(77).strip(),
                    inclusionTerms.getOrDefault(code, List.of())));
        }
        if (codes.isEmpty()) {
            throw new IOException(order + " holds no code");
        }
        return codes;
    }

    private String tabular(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        Deque<String> elements = new ArrayDeque<>();
        Deque<String> places = new ArrayDeque<>();
        String version = "";
        var text = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                elements.push(reader.getLocalName());
                text.setLength(0);
                if (PLACES.contains(reader.getLocalName())) {
                    @Nullable String id = reader.getAttributeValue(null, "id");
                    places.push(id == null ? "" : id);
                }
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                String element = elements.pop();
                String words = text.toString().strip().replaceAll("\\s+", " ");
                @Nullable String within = elements.peek();
                if (element.equals("version")) {
                    version = words;
                } else if (element.equals("name") && "diag".equals(within)) {
                    places.pop();
                    places.push(words);
                    placed.add(words);
                } else if (element.equals("desc") && "chapter".equals(within)) {
                    places.pop();
                    places.push(range(words));
                } else if (element.equals("note") && within != null && !places.isEmpty()) {
                    note(places.getFirst(), within, words);
                } else if (PLACES.contains(element)) {
                    places.pop();
                }
                text.setLength(0);
            }
        }
        return version;
    }

    /** A00-B99 of "Certain infectious and parasitic diseases (A00-B99)". */
    private static String range(String title) {
        int open = title.lastIndexOf('(');
        int close = title.lastIndexOf(')');
        return open < 0 || close < open ? "" : title.substring(open + 1, close).toUpperCase(Locale.ROOT);
    }

    private void note(String at, String within, String words) {
        if (words.isEmpty() || at.isEmpty()) {
            return;
        }
        if (within.equals("inclusionTerm") || within.equals("includes")) {
            inclusionTerms.computeIfAbsent(at, k -> new ArrayList<>()).add(words);
        } else if (KINDS.containsKey(within)) {
            notes.add(new IcdNote(at, KINDS.get(within), words));
        }
    }
}
