package io.baigong.testkit.planted;

import io.baigong.spi.LocalText;
import io.baigong.spi.ReferenceFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Verbs of duty, one a line. */
record VerbList(Fault fault) implements ReferenceFormat {
    @Override
    public String name() {
        return "verbs";
    }

    @Override
    public LocalText title() {
        return new LocalText("Verbs of duty", "义务动词");
    }

    @Override
    public Optional<String> system() {
        return Optional.of("verbs");
    }

    @Override
    public List<String> files() {
        return fault == Fault.FORMAT_WITHOUT_FILES ? List.of() : List.of("VERBS");
    }

    @Override
    public Found read(List<Path> given, OutputStream out) throws IOException {
        if (fault == Fault.IMPORTS_NOISE || given.isEmpty()) {
            return new Found(0, null, null, null);
        }
        try {
            List<String> verbs = Files.readAllLines(given.getFirst());
            if (verbs.isEmpty()) {
                throw new IOException(given.getFirst() + " holds no verb");
            }
            return new Found(verbs.size(), null, null, null);
        } catch (CharacterCodingException e) {
            throw new IOException(given.getFirst() + " is not text in UTF-8", e);
        }
    }
}
