package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.spi.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Delimited text (RFC 4180) with a header line, read row by row.
 *
 * <p>UTF-8 with or without a byte order mark, gzip or not; the delimiter is the comma, semicolon or tab that the header has most
 * of. Lines end in LF or CRLF; a quoted field may hold delimiters and doubled quotes, but no line break. Blank lines are skipped.
 */
public final class DelimitedFile {
    /** Longest file, unpacked. */
    public static final long MAX_BYTES = 512L << 20;

    /** Most columns of a row. */
    public static final int MAX_COLUMNS = 1024;

    private static final int MAX_LINE = 1 << 16;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private DelimitedFile() {}

    /** Takes each row; {@code number} is its line, the header's being 1. */
    @FunctionalInterface
    public interface Rows {
        void row(long number, List<String> cells) throws UnreadableTelemetry;
    }

    /** Makes the taker of rows of a header. */
    @FunctionalInterface
    public interface Header {
        Rows columns(List<String> names) throws UnreadableTelemetry;
    }

    /**
     * Reads a file.
     *
     * @param name what to call it in a message
     */
    public static void read(Path file, String name, Header header) throws UnreadableTelemetry {
        try (InputStream in = BoundedFile.open(file, MAX_BYTES);
                var text = new BufferedReader(new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            read(text, name, header);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.UNSUPPORTED_FORMAT,
                    name + " is not text in UTF-8",
                    "Send comma-separated text with a header line, in UTF-8, packed with gzip or not.");
        } catch (IOException e) {
            throw BoundedFile.unreadable(name, e);
        }
    }

    private static void read(Reader text, String name, Header header) throws IOException, UnreadableTelemetry {
        var line = new StringBuilder();
        List<String> names = List.of();
        char delimiter = ',';
        Rows rows = null;
        for (long number = 1; nextLine(text, line, name); number++) {
            if (line.toString().isBlank()) {
                continue;
            }
            if (rows == null) {
                if (line.charAt(0) == BYTE_ORDER_MARK) {
                    line.deleteCharAt(0);
                }
                delimiter = delimiter(line);
                names = split(line, delimiter, number, name);
                rows = header.columns(names);
            } else {
                List<String> cells = split(line, delimiter, number, name);
                if (cells.size() != names.size()) {
                    throw new UnreadableTelemetry(
                            ErrorCode.User.INVALID,
                            "line %d of %s has %d fields, the header has %d"
                                    .formatted(number, name, cells.size(), names.size()),
                            "Give each line a field for each column, an empty one where a value is missing.");
                }
                rows.row(number, cells);
            }
        }
        if (rows == null) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.EMPTY,
                    name + " is empty",
                    "Send a file with a header line and a line for each sample.");
        }
    }

    /** The next line without its end; false at the end of the file. */
    private static boolean nextLine(Reader text, StringBuilder line, String name)
            throws IOException, UnreadableTelemetry {
        line.setLength(0);
        boolean any = false;
        for (int c = text.read(); c >= 0; c = text.read()) {
            any = true;
            if (c == '\n') {
                break;
            }
            if (c == 0) {
                throw new UnreadableTelemetry(
                        ErrorCode.User.UNSUPPORTED_FORMAT,
                        name + " holds a NUL, which text does not",
                        "Send comma-separated text with a header line.");
            }
            line.append((char) c);
            if (line.length() > MAX_LINE) {
                throw new UnreadableTelemetry(
                        ErrorCode.User.TOO_LARGE,
                        "a line of %s is longer than %d characters".formatted(name, MAX_LINE),
                        "Send one sample a line, with at most %d columns.".formatted(MAX_COLUMNS));
            }
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return any;
    }

    private static char delimiter(CharSequence header) {
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long count = header.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static List<String> split(CharSequence line, char delimiter, long number, String name)
            throws UnreadableTelemetry {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == delimiter) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
                if (cells.size() >= MAX_COLUMNS) {
                    throw new UnreadableTelemetry(
                            ErrorCode.User.TOO_LARGE,
                            "line %d of %s has more than %d columns".formatted(number, name, MAX_COLUMNS),
                            "Send one sample a line, with a column for each signal.");
                }
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.INVALID,
                    "line %d of %s opens a quote that it does not close".formatted(number, name),
                    "Close the quote, and double a quote inside a quoted field.");
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
