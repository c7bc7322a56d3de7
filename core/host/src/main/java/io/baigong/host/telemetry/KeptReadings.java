package io.baigong.host.telemetry;

import com.fasterxml.jackson.core.type.TypeReference;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Feed.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Readings of a line in a file, so that a restart does not begin with nothing. */
final class KeptReadings {
    private final Path file;

    KeptReadings(Path folder, String line) {
        file = folder.resolve(line.replaceAll("[^A-Za-z0-9_-]", "_") + ".json.gz");
    }

    void write(List<Reading> readings) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new GZIPOutputStream(Files.newOutputStream(part))) {
            PlatformJson.mapper().writeValue(out, readings);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** None when there is no file. Throws {@link IOException} for one that is damaged. */
    List<Reading> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return PlatformJson.mapper().readValue(in, new TypeReference<List<Reading>>() {});
        }
    }
}
