package io.baigong.medical.code;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Any classification as a list: a line a code, {@code code<TAB>title[<TAB>synonym…]}, UTF-8, gzipped or not.
 *
 * <p>Takes what a hospital's national or local edition is exported to. A first line without a digit in its first column is taken
 * for a heading; the column that it calls {@code weight} or {@code 权重} has numbers.
 */
public final class CodeList {
    /** No classification in use has as many codes. */
    private static final int MOST_CODES = 400_000;

    /** Longest line, in UTF-16 units. */
    private static final int LONGEST_LINE = 20_000;

    /** Largest file, in bytes as it lies. */
    private static final int LARGEST_FILE = 64 << 20;

    /** Most bytes that it may unpack to. */
    private static final long MOST_BYTES = 200L << 20;

    private static final Set<String> WEIGHT = Set.of("weight", "权重");

    private CodeList() {}

    /** Reads a file. Throws {@link IOException} that names the line that is no code. */
    public static List<Code> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String name = file.getFileName().toString();
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new IOException(name + " is larger than 64 MiB");
            }
            return read(bytes, name);
        }
    }

    /**
     * Reads bytes.
     *
     * @param name what an error calls them
     */
    public static List<Code> read(byte[] bytes, String name) throws IOException {
        var codes = new ArrayList<Code>();
        try (var reader = new BufferedReader(new InputStreamReader(
                Bounded.opened(new ByteArrayInputStream(bytes), MOST_BYTES), StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
            int weight = -1;
            for (String line = line(reader, name, 1); line != null; line = line(reader, name, number + 1)) {
                number++;
                if (number == 1 && line.startsWith("\uFEFF")) {
                    line = line.substring(1);
                }
                if (line.isBlank()) {
                    continue;
                }
                String[] cells = line.split("\\t", -1);
                boolean heading = number == 1 && cells[0].chars().noneMatch(Character::isDigit);
                if (cells.length < 2 || cells[1].isBlank()) {
                    throw new IOException(
                            "%s, line %d, is no code: it needs a code, a tab and a title".formatted(name, number));
                }
                if (heading) {
                    weight = weightColumn(cells);
                } else {
                    codes.add(code(cells, weight, name, number));
                }
                if (codes.size() > MOST_CODES) {
                    throw new IOException(name + " has more codes than any classification");
                }
            }
        } catch (CharacterCodingException e) {
            throw new IOException(name + " is not text in UTF-8", e);
        }
        if (codes.isEmpty()) {
            throw new IOException(name + " holds no code");
        }
        return codes;
    }

    private static int weightColumn(String[] heading) {
        for (int i = 2; i < heading.length; i++) {
            if (WEIGHT.contains(heading[i].strip().toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    private static Code code(String[] cells, int weight, String name, int number) throws IOException {
        List<String> synonyms = IntStream.range(2, cells.length)
                .filter(i -> i != weight)
                .mapToObj(i -> cells[i].strip())
                .filter(s -> !s.isEmpty())
                .toList();
        return new Code(cells[0].strip(), cells[1].strip(), synonyms, weight(cells, weight, name, number));
    }

    private static @Nullable Double weight(String[] cells, int column, String name, int number) throws IOException {
        if (column < 0 || column >= cells.length || cells[column].isBlank()) {
            return null;
        }
        try {
            double weight = Double.parseDouble(cells[column].strip());
            if (weight >= 0 && Double.isFinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IOException("%s, line %d, has no number of 0 or more as its weight".formatted(name, number));
    }

    /** A line, or null at the end; one that is too long is never held whole. */
    static @Nullable String line(Reader reader, String name, int number) throws IOException {
        var line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            line.append((char) c);
            if (line.length() > LONGEST_LINE) {
                throw new IOException("%s, line %d, is too long for a code".formatted(name, number));
            }
        }
        return line.toString();
    }
}
