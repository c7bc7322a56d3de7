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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An edition of ICD-10-CM or of another classification: codes with titles and inclusion terms, and the notes of the tabular list. Immutable.
 *
 * <p>Its compact file is text, gzipped: a line {@code V<TAB>version}; a line {@code C<TAB>code<TAB>1 if billable<TAB>title[<TAB>inclusion
 * term…]} for each code; a line {@code N<TAB>at<TAB>kind<TAB>text} for each note; a line {@code W<TAB>code<TAB>weight} for each weight.
 */
public final class IcdTable {
    private static final String SHIPPED = "/icd10cm/icd10cm-2021.tsv.gz";

    /** Categories have three characters, those of procedures two. */
    private static final int SHORTEST = 2;

    private final String version;
    private final String name;
    private final Map<String, IcdCode> codes;
    private final Map<String, List<IcdNote>> notes;
    private final Map<String, Double> weights;
    private final List<Range> ranges;
    private final Map<String, List<IcdCode>> below;

    /** Notes at a range of categories, {@code [first, last]}. */
    private record Range(String first, String last, List<IcdNote> notes) {}

    /**
     * A code.
     *
     * @param code with its dot
     * @param billable whether it is valid for reporting: nothing more specific stands below it
     */
    public record IcdCode(String code, boolean billable, String title, List<String> inclusionTerms) {
        public IcdCode {
            inclusionTerms = List.copyOf(inclusionTerms);
        }
    }

    IcdTable(String version, List<IcdCode> codes, List<IcdNote> notes) {
        this(version, "ICD-10-CM " + version, codes, notes, Map.of());
    }

    /**
     * Of any classification.
     *
     * @param name what a citation calls it, such as {@code ICD-10-CM 2021}
     * @param weights what a code weighs in payment, for those that have a weight of their own
     */
    IcdTable(String version, String name, List<IcdCode> codes, List<IcdNote> notes, Map<String, Double> weights) {
        this.version = version;
        this.name = name;
        this.weights = Map.copyOf(weights);
        this.codes = new LinkedHashMap<>();
        codes.forEach(c -> this.codes.put(c.code, c));
        this.notes = new LinkedHashMap<>();
        notes.forEach(
                n -> this.notes.computeIfAbsent(n.at(), at -> new ArrayList<>()).add(n));
        below = new LinkedHashMap<>();
        codes.forEach(c -> this.below
                .computeIfAbsent(above(c.code).map(IcdCode::code).orElse(""), at -> new ArrayList<>())
                .add(c));
        ranges = new ArrayList<>();
        this.notes.forEach((at, own) -> {
            int dash = at.indexOf('-');
            if (dash > 0) {
                ranges.add(new Range(at.substring(0, dash), at.substring(dash + 1), own));
            }
        });
    }

    /** ICD-10-CM of fiscal year 2021, as shipped. Public domain: National Center for Health Statistics. */
    public static IcdTable shipped() {
        return Shipped.TABLE;
    }

    private static final class Shipped {
        static final IcdTable TABLE = load();

        private static IcdTable load() {
            try (InputStream in = IcdTable.class.getResourceAsStream(SHIPPED)) {
                if (in == null) {
                    throw new LinkageError(SHIPPED + " is not on the class path");
                }
                return read(in);
            } catch (IOException e) {
                throw new LinkageError(SHIPPED + " can't be read", e);
            }
        }
    }

    /** Reads a compact file. Throws {@link IOException} that names the line that is wrong. */
    public static IcdTable read(InputStream in) throws IOException {
        return read(in, "");
    }

    /**
     * As above.
     *
     * @param name what a citation calls it; {@code ICD-10-CM} and its version when empty
     */
    static IcdTable read(InputStream in, String name) throws IOException {
        String version = "";
        var weights = new HashMap<String, Double>();
        var codes = new ArrayList<IcdCode>();
        var notes = new ArrayList<IcdNote>();
        try (var reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(in, 1 << 16), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String[] cells = line.split("\\t", -1);
                if (cells[0].equals("V") && cells.length == 2) {
                    version = cells[1];
                } else if (cells[0].equals("C") && cells.length >= 4) {
                    codes.add(new IcdCode(
                            cells[1],
                            cells[2].equals("1"),
                            cells[3],
                            Arrays.asList(cells).subList(4, cells.length)));
                } else if (cells[0].equals("N") && cells.length == 4) {
                    notes.add(new IcdNote(cells[1], kind(cells[2], number), cells[3]));
                } else if (cells[0].equals("W") && cells.length == 3) {
                    weights.put(cells[1], weight(cells[2], number));
                } else {
                    throw new IOException("line " + number + " of the code table is neither a code nor a note");
                }
            }
        }
        if (codes.isEmpty()) {
            throw new IOException("the code table holds no code");
        }
        return new IcdTable(version, name.isEmpty() ? "ICD-10-CM " + version : name, codes, notes, weights);
    }

    private static IcdNote.Kind kind(String name, int line) throws IOException {
        try {
            return IcdNote.Kind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("line " + line + " of the code table has a note of unknown kind");
        }
    }

    private static double weight(String number, int line) throws IOException {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new IOException("line " + line + " of the code table has a weight that is no number");
        }
    }

    /** Writes the compact file. */
    public void write(OutputStream out) throws IOException {
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
            writer.write("V\t" + version + "\n");
            for (IcdCode code : codes.values()) {
                writer.write("C\t" + code.code + "\t" + (code.billable ? 1 : 0) + "\t" + code.title);
                for (String term : code.inclusionTerms) {
                    writer.write("\t" + term);
                }
                writer.write("\n");
            }
            for (List<IcdNote> each : notes.values()) {
                for (IcdNote note : each) {
                    writer.write("N\t" + note.at() + "\t" + note.kind() + "\t" + note.text() + "\n");
                }
            }
            for (Map.Entry<String, Double> weight : new TreeMap<>(weights).entrySet()) {
                writer.write("W\t" + weight.getKey() + "\t" + weight.getValue() + "\n");
            }
        }
    }

    /** What a citation calls it, such as {@code ICD-10-CM 2021}. */
    public String name() {
        return name;
    }

    /** What the code weighs in payment, or the nearest code above it that has a weight. */
    public OptionalDouble weight(String code) {
        for (String at = dotted(code); at.length() >= SHORTEST; at = at.substring(0, at.length() - 1)) {
            Double weight = weights.get(at);
            if (weight != null) {
                return OptionalDouble.of(weight);
            }
        }
        return OptionalDouble.empty();
    }

    /** Fiscal year; empty where the files name none. */
    public String version() {
        return version;
    }

    /** All codes, billable or not, in the order of the tabular list. */
    public Iterable<IcdCode> codes() {
        return codes.values();
    }

    /** All codes with their titles and terms. */
    public List<Code> list() {
        return codes.values().stream()
                .map(code -> new Code(code.code, code.title, code.inclusionTerms))
                .toList();
    }

    public int size() {
        return codes.size();
    }

    /** The code, written with or without its dot. */
    public Optional<IcdCode> find(String code) {
        IcdCode written = codes.get(code);
        return Optional.ofNullable(written == null ? codes.get(dotted(code)) : written);
    }

    /** The code that it stands under; none for a category. */
    public Optional<IcdCode> above(String code) {
        String written = codes.containsKey(code) ? code : dotted(code);
        String at = written;
        while (at.length() > SHORTEST) {
            at = at.substring(0, at.length() - 1);
            IcdCode found = codes.get(at.endsWith(".") ? at.substring(0, at.length() - 1) : at);
            if (found != null && isUnder(written, found.code)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Whether a code is a more specific one of another: 47.0 is one of 47, and A00 of A0; but of mere numbers 10 is none of 1. */
    static boolean isUnder(String code, String other) {
        return code.length() > other.length()
                && code.startsWith(other)
                && !code.substring(0, other.length() + 1).chars().allMatch(Character::isDigit);
    }

    /** The codes that stand directly under it, in the order of the tabular list. */
    public List<IcdCode> below(String code) {
        return List.copyOf(below.getOrDefault(dotted(code), List.of()));
    }

    /** The codes that stand under no other: the categories. */
    public List<IcdCode> categories() {
        return List.copyOf(below.getOrDefault("", List.of()));
    }

    /** Notes at the code and at each code or range above it. */
    public List<IcdNote> notes(String code) {
        var found = new ArrayList<IcdNote>();
        String at = dotted(code);
        while (at.length() >= 3) {
            found.addAll(notes.getOrDefault(at, List.of()));
            at = at.substring(0, at.length() - 1);
            if (at.endsWith(".")) {
                at = at.substring(0, at.length() - 1);
            }
        }
        String category = code.length() < 3 ? code : code.substring(0, 3);
        for (Range range : ranges) {
            if (range.first.compareTo(category) <= 0 && category.compareTo(range.last) <= 0) {
                found.addAll(range.notes);
            }
        }
        return found;
    }

    /** A code with a dot after its third character, where it has more. */
    public static String dotted(String code) {
        return code.length() <= 3 || code.indexOf('.') >= 0 ? code : code.substring(0, 3) + "." + code.substring(3);
    }
}
