package io.baigong.spi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files that reference data of a vertical come in, such as the official files of a classification. Thread-safe. */
public interface ReferenceFormat {
    /** Short lower-case name, its own within its vertical. */
    String name();

    LocalText title();

    /** The system whose editions come in these files; empty where a person names it. */
    Optional<String> system();

    /** What each of its files is, in order, such as {@code ORDER_FILE}. */
    List<String> files();

    /**
     * Reads an edition whole, and writes what {@link References#open} will give.
     *
     * @param given one for each of {@link #files}
     * @throws IOException for files that are not what they should be; the message names the file and the line, and quotes neither
     */
    Found read(List<Path> given, OutputStream out) throws IOException;

    /**
     * What the files say of the edition.
     *
     * @param name null where they name none
     * @param from first day in force, where it follows from the name
     * @param until last day in force, where it follows from the name
     */
    record Found(
            int entries,
            @Nullable String name,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {}
}
