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
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Any classification as a list: a line a code, {@code code<TAB>title[<TAB>synonym…]}, UTF-8, gzipped or not.
 *
 * <p>Takes what a hospital's national or local edition is exported to. A first line without a digit in its first column is taken
 * for a heading.
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
        try (var reader = new BufferedReader(
                new InputStreamReader(new Bounded(opened(bytes), MOST_BYTES), StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
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
                if (!heading) {
                    codes.add(new Code(
                            cells[0].strip(),
                            cells[1].strip(),
                            Arrays.stream(cells, 2, cells.length)
                                    .map(String::strip)
                                    .filter(s -> !s.isEmpty())
                                    .toList()));
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

    /** A line, or null at the end; one that is too long is never held whole. */
    private static @Nullable String line(Reader reader, String name, int number) throws IOException {
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

    private static InputStream opened(byte[] bytes) throws IOException {
        var in = new ByteArrayInputStream(bytes);
        boolean gzip = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /** Ends with an error where more comes than may: a small file can unpack to terabytes. */
    private static final class Bounded extends java.io.FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            left = most;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new IOException("the file unpacks to more than a code list can hold");
            }
            return count;
        }
    }
}
