package io.baigong.host.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Edition;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An edition as a file: a line of JSON that says what it is, then the bytes that its format wrote. */
final class EditionFile {
    static final String SUFFIX = ".edition";

    /** Names are part of file names, and of what a person types. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");

    private static final int LONGEST_HEAD = 4_096;

    private EditionFile() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.endsWith(".");
    }

    static Path in(Path folder, String system, String edition) {
        return folder.resolve(system).resolve(edition + SUFFIX);
    }

    /** Writes all of it to {@code out}. */
    static void write(Edition edition, Path content, OutputStream out) throws IOException {
        ObjectNode head = PlatformJson.mapper().createObjectNode();
        head.put("system", edition.system()).put("name", edition.name());
        head.put("from", text(edition.from())).put("until", text(edition.until()));
        head.put("entries", edition.entries()).put("sha256", edition.sha256());
        out.write(PlatformJson.mapper().writeValueAsBytes(head));
        out.write('\n');
        Files.copy(content, out);
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }

    /** Reads the head, and leaves the stream where the content begins. */
    static Edition head(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() == LONGEST_HEAD) {
                throw new EOFException("it is no edition");
            }
            line.write(b);
        }
        try {
            var head = PlatformJson.mapper().readTree(line.toString(StandardCharsets.UTF_8));
            return new Edition(
                    head.path("system").asText(),
                    head.path("name").asText(),
                    day(head.path("from").textValue()),
                    day(head.path("until").textValue()),
                    head.path("entries").asInt(),
                    head.path("sha256").asText());
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IOException("it is no edition", e);
        }
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }
}
