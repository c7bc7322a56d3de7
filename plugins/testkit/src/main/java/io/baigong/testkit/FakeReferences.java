package io.baigong.testkit;

import io.baigong.spi.Edition;
import io.baigong.spi.ReferenceFormat;
import io.baigong.spi.References;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reference data in memory, imported in the order in which it came into force. */
public final class FakeReferences implements References {
    private final List<Edition> editions = new ArrayList<>();
    private final Map<String, byte[]> contents = new HashMap<>();

    /** Imports files; {@code name} and the days in force are as the files say where they are null. */
    public FakeReferences add(
            ReferenceFormat format,
            String system,
            @Nullable String name,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            Path... files)
            throws IOException {
        var content = new ByteArrayOutputStream();
        ReferenceFormat.Found found = format.read(List.of(files), content);
        byte[] bytes = content.toByteArray();
        var edition = new Edition(
                system,
                name == null ? Objects.requireNonNull(found.name(), "the files name no edition") : name,
                from == null ? found.from() : from,
                until == null ? found.until() : until,
                found.entries(),
                UUID.nameUUIDFromBytes(bytes).toString());
        editions.add(edition);
        contents.put(edition.sha256(), bytes);
        return this;
    }

    @Override
    public List<Edition> editions() {
        return List.copyOf(editions);
    }

    @Override
    public InputStream open(Edition edition) throws IOException {
        byte[] bytes = contents.get(edition.sha256());
        if (bytes == null) {
            throw new IOException("there is no edition " + edition.name());
        }
        return new ByteArrayInputStream(bytes);
    }
}
