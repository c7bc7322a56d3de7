package io.baigong.host.parquet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.StructAccessor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a Parquet file to the standard output as JSON Lines; the main class of a process of its own, see
 * {@link ParquetRows}. Bytes that are no text are {@code {"$bytes": "Base64"}}. What it can't read ends it with an exit code.
 */
final class ParquetToJson {
    /** The member that holds bytes. */
    static final String BYTES = "$bytes";

    private ParquetToJson() {}

    /** Converts the file that the first argument names. */
    public static void main(String[] args) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(new BufferedOutputStream(System.out, 1 << 16));
        try (var context = HardwoodContext.create(1);
                var input = InputFile.of(Path.of(args[0]))) {
            json.setRootValueSeparator(null);
            input.open();
            try (var file = ParquetFileReader.open(input, context);
                    var rows = file.rowReader()) {
                while (rows.hasNext()) {
                    rows.next();
                    write(rows, json);
                    json.writeRaw('\n');
                }
            }
            json.flush();
        } catch (IOException | RuntimeException e) {
            System.err.println(e);
            Runtime.getRuntime().halt(1); // its threads may still be at work
        }
        Runtime.getRuntime().halt(0);
    }

    private static void write(StructAccessor struct, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < struct.getFieldCount(); i++) {
            json.writeFieldName(struct.getFieldName(i));
            write(struct.isNull(i) ? null : struct.getValue(i), json);
        }
        json.writeEndObject();
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Float number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case byte[] bytes -> {
                json.writeStartObject();
                json.writeBinaryField(BYTES, bytes);
                json.writeEndObject();
            }
            case StructAccessor struct -> write(struct, json);
            case PqList list -> {
                json.writeStartArray();
                for (Object one : list.values()) {
                    write(one, json);
                }
                json.writeEndArray();
            }
            case PqMap map -> {
                json.writeStartObject();
                for (PqMap.Entry entry : map.getEntries()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(entry.getValue(), json);
                }
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }
}
