package io.baigong.host.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.baigong.host.parquet.ParquetRows;
import io.baigong.host.parquet.UnreadableParquet;
import io.baigong.host.run.InputBinder;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.Journal;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads the records of a batch from files, one after another, so that memory does not grow with their number.
 *
 * <p>A {@code .jsonl} file (JSON Lines) has a record a line, a {@code .csv} file whose columns are components of the task's input (RFC
 * 4180) or a {@code .parquet} file a record a row, a {@code .zip} file one of these or a document an entry; every other file is a document, which goes to the
 * first component of the input that is a file. The member or column {@code name} names a record,
 * {@code truth} says what is right for it.
 */
final class BatchReader {
    private static final String NAME = "name";
    private static final String PARQUET = "parquet";
    private static final String BOM = "\uFEFF";
    private static final int LONGEST_NAME = 200;
    private static final long MOST_UNPACKED = 4L << 30;
    private static final CsvMapper CSV = CsvMapper.csvBuilder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
            .build();

    private final Set<String> components;
    private final List<String> files;
    private final Truth truth;
    private final Sink sink;
    private long unpacked;

    /** Takes records. */
    @FunctionalInterface
    interface Sink {
        void accept(BatchInput record) throws IOException;
    }

    BatchReader(Class<? extends Record> input, Class<? extends Record> output, Sink sink) {
        components = Arrays.stream(input.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        files = InputBinder.fileComponents(input);
        truth = new Truth(output);
        this.sink = sink;
    }

    /** Checks names of what all records share. Throws {@link InvalidInput} for one that is no component of the input. */
    void checkShared(Collection<String> names) throws InvalidInput {
        for (String name : names) {
            if (!components.contains(name)) {
                throw unknown("there is a part " + shortened(name));
            }
        }
    }

    private InvalidInput unknown(String what) {
        return new InvalidInput(
                what + " that this task does not take",
                "It takes " + String.join(", ", components.stream().sorted().toList())
                        + "; records may have a name too.");
    }

    /**
     * Reads a file to its end.
     *
     * @param name as its sender named it
     * @throws InvalidInput if it can't be read; the message names the place
     */
    void read(String name, Path file) throws IOException, InvalidInput {
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            if (kind(name).equals("zip")) {
                unzip(name, in);
            } else if (kind(name).equals(PARQUET)) {
                parquet(name, file);
            } else {
                read(name, in);
            }
        }
    }

    private static String kind(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private void read(String name, InputStream in) throws IOException, InvalidInput {
        switch (kind(name)) {
            case "jsonl", "ndjson" -> lines(name, in);
            case "csv" -> {
                // Whether the rows are records is seen in the first line; it is not long where they are.
                var rest = new BufferedInputStream(in, 1 << 16);
                rest.mark(1 << 16);
                List<String> columns = header(rest);
                rest.reset();
                if (!columns.isEmpty() && components.containsAll(withoutName(columns))) {
                    rows(name, columns, rest);
                } else {
                    document(name, columns, rest);
                }
            }
            case PARQUET -> {
                Path copy = Files.createTempFile("baigong-records", null);
                try {
                    Files.write(copy, bytes(name, in));
                    parquet(name, copy);
                } finally {
                    Files.delete(copy);
                }
            }
            default -> document(name, List.of(), in);
        }
    }

    private void parquet(String name, Path file) throws IOException, InvalidInput {
        try (var rows = new ParquetRows(shortened(name), file)) {
            int number = 0;
            for (ObjectNode row = rows.next(); row != null; row = rows.next()) {
                record(name, ++number, row);
            }
        } catch (UnreadableParquet e) {
            throw new InvalidInput(e.getMessage(), UnreadableParquet.REMEDY);
        }
    }

    private List<String> withoutName(List<String> columns) {
        return columns.stream()
                .filter(column -> components.contains(column) || !(column.equals(NAME) || Truth.isMember(column)))
                .toList();
    }

    /** The first line's columns; none if it is longer than what can be marked. */
    private static List<String> header(InputStream in) throws IOException {
        byte[] start = in.readNBytes((1 << 16) - 1);
        String text = new String(start, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).replace(BOM, "");
        try (MappingIterator<String[]> header = CSV.readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(line)) {
            return header.hasNextValue() ? List.of(header.nextValue()) : List.of();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private void rows(String name, List<String> columns, InputStream in) throws IOException, InvalidInput {
        CsvSchema schema = columns.stream()
                .reduce(CsvSchema.builder(), CsvSchema.Builder::addColumn, (a, b) -> a)
                .setSkipFirstDataRow(true)
                .build();
        int row = 1;
        try (MappingIterator<Map<String, String>> rows =
                CSV.readerForMapOf(String.class).with(schema).readValues(in)) {
            while (rows.hasNextValue()) {
                Map<String, String> cells = rows.nextValue();
                row++;
                record(name, row, PlatformJson.mapper().valueToTree(cells));
            }
        } catch (JsonProcessingException e) {
            throw unreadable(name, "row " + (row + 1), "Each row has as many cells as the first line has columns.");
        }
    }

    private void lines(String name, InputStream in) throws IOException, InvalidInput {
        int line = 0;
        try (MappingIterator<JsonNode> values =
                PlatformJson.mapper().readerFor(JsonNode.class).readValues(in)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                line++;
                if (!(value instanceof ObjectNode object)) {
                    throw unreadable(name, "record " + line, "Each line is a JSON object.");
                }
                record(name, line, object);
            }
        } catch (JsonProcessingException e) {
            throw unreadable(name, "record " + (line + 1), "Each line is a JSON object, in UTF-8.");
        }
    }

    private static InvalidInput unreadable(String name, String place, String remedy) {
        return new InvalidInput(name + " can't be read at " + place, remedy);
    }

    private void record(String file, long number, JsonNode given) throws IOException, InvalidInput {
        sink.accept(input(file, number, given));
    }

    /** The record that members of an object make; its place is named where it can't be read. */
    BatchInput input(String file, long number, JsonNode given) throws IOException, InvalidInput {
        String name = file + " " + number;
        Map<String, String> fields = new LinkedHashMap<>();
        List<BatchInput.Content> contents = new ArrayList<>();
        ObjectNode right = PlatformJson.mapper().createObjectNode();
        for (var member : given.properties()) {
            JsonNode value = member.getValue();
            String component = member.getKey();
            if (value.isNull() || (value.isTextual() && value.textValue().isEmpty())) {
                continue;
            }
            byte[] bytes = value.path(ParquetRows.BYTES).binaryValue();
            String text = bytes != null
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : value.isTextual() ? value.textValue() : value.toString();
            if (component.equals(NAME) && !components.contains(NAME)) {
                name = text;
            } else if (Truth.isMember(component) && !components.contains(component)) {
                truth.read("record " + number + " of " + file, component, value, right);
            } else if (!components.contains(component)) {
                throw new InvalidInput(
                        "record " + number + " of " + file + " has a member " + shortened(component)
                                + " that this task does not take",
                        "It takes "
                                + String.join(", ", components.stream().sorted().toList())
                                + ", name for a name and truth for what is right.");
            } else if (files.contains(component)) {
                contents.add(
                        bytes != null
                                ? new BatchInput.Content(component, component, bytes)
                                : new BatchInput.Content(
                                        component, component + ".txt", text.getBytes(StandardCharsets.UTF_8)));
            } else {
                fields.put(component, text);
            }
        }
        return new BatchInput(shortened(name), fields, contents, right.isEmpty() ? null : right.toString());
    }

    private void document(String name, List<String> columns, InputStream in) throws IOException, InvalidInput {
        if (files.isEmpty()) {
            throw new InvalidInput(
                    "this task takes no document, and " + name + " is no table of records"
                            + (columns.isEmpty() ? "" : ": its columns are " + shortened(String.join(", ", columns))),
                    "Send a .jsonl or .csv file whose members are "
                            + String.join(", ", components.stream().sorted().toList()) + ".");
        }
        byte[] bytes = bytes(name, in);
        String last = name.substring(name.lastIndexOf('/') + 1);
        sink.accept(new BatchInput(
                shortened(last), Map.of(), List.of(new BatchInput.Content(files.getFirst(), last, bytes)), null));
    }

    private static byte[] bytes(String name, InputStream in) throws IOException, InvalidInput {
        byte[] bytes = in.readNBytes((int) Journal.MAX_ATTACHMENT_BYTES + 1);
        if (bytes.length > Journal.MAX_ATTACHMENT_BYTES) {
            throw new InvalidInput(name + " is larger than 50 MiB", "Leave it out, or split it.");
        }
        return bytes;
    }

    private void unzip(String name, InputStream in) throws IOException, InvalidInput {
        int entries = 0;
        try (var zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries++;
                if (entry.isDirectory() || hidden(entry.getName())) {
                    continue;
                }
                if (kind(entry.getName()).equals("zip")) {
                    throw new InvalidInput(
                            name + " holds another zip file, " + shortened(entry.getName()), "Unpack that one first.");
                }
                read(shortened(entry.getName()), new Limited(zip));
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw unpacked > MOST_UNPACKED
                    ? new InvalidInput(name + " unpacks to more than 4 GiB", "Send it in parts.")
                    : new InvalidInput(
                            name + " is a damaged or encrypted zip file", "Pack it again without a password.");
        }
        if (entries == 0) {
            throw new InvalidInput(name + " is no zip file, or an empty one", "Pack at least one file into it.");
        }
    }

    private static boolean hidden(String path) {
        return path.startsWith("__MACOSX/")
                || path.substring(path.lastIndexOf('/') + 1).startsWith(".");
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
    }

    /** An entry of a zip file, which its reader may close; of all of them together not more than a bomb would need. */
    private final class Limited extends InputStream {
        private final ZipInputStream zip;

        Limited(ZipInputStream zip) {
            this.zip = zip;
        }

        @Override
        public int read() throws IOException {
            return counted(zip.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = zip.read(bytes, offset, length);
            return counted(read, read);
        }

        private int counted(int read, int bytes) throws ZipException {
            unpacked += read < 0 ? 0 : bytes;
            if (unpacked > MOST_UNPACKED) {
                throw new ZipException("a bomb");
            }
            return read;
        }

        @Override
        public void close() {
            // The zip file is read on.
        }
    }
}
