package io.baigong.host.trial;

import io.baigong.spi.LocalText;
import io.baigong.spi.ReferenceFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Words, one a line; a line {@code !} breaks it half way, after some of it has been written. The first line may be {@code #edition}. */
public final class WordList implements ReferenceFormat {
    @Override
    public String name() {
        return "words";
    }

    @Override
    public LocalText title() {
        return new LocalText("Words, one a line", "每行一词");
    }

    @Override
    public Optional<String> system() {
        return Optional.empty();
    }

    @Override
    public List<String> files() {
        return List.of("WORDS");
    }

    @Override
    public Found read(List<Path> given, OutputStream out) throws IOException {
        int words = 0;
        String name = null;
        for (String line : Files.readAllLines(given.getFirst())) {
            if (line.equals("!")) {
                throw new IOException(given.getFirst().getFileName() + " is broken, line " + (words + 1));
            }
            if (line.startsWith("#")) {
                name = line.substring(1);
            } else {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                words++;
            }
        }
        return new Found(words, name, name == null ? null : LocalDate.of(2020, 10, 1), null);
    }
}
