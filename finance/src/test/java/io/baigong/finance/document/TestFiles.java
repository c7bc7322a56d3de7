package io.baigong.finance.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Files for tests, and what is expected of reading them. */
final class TestFiles {
    static final TextRecogniser NO_OCR = page -> {
        throw new AssertionError("OCR was asked for, though it was not needed");
    };

    private TestFiles() {}

    static Attachment file(Path folder, String name, byte[] content) {
        try {
            return new Attachment(name, Files.write(folder.resolve("upload.bin"), content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Attachment file(Path folder, String name, String content) {
        return file(folder, name, content.getBytes(StandardCharsets.UTF_8));
    }

    static Attachment sample(String name) {
        URL url = Objects.requireNonNull(TestFiles.class.getResource("/samples/" + name));
        try {
            return new Attachment(name, Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static ContractDocument read(Attachment file) {
        try {
            return ContractReader.read(file, NO_OCR);
        } catch (UnreadableDocument e) {
            throw new AssertionError(e);
        }
    }

    /** Reads what can't be read, within ten seconds, and checks that cause and remedy are told. */
    static UnreadableDocument refusal(Attachment file, ErrorCode code) {
        long start = System.nanoTime();
        UnreadableDocument refusal =
                catchThrowableOfType(UnreadableDocument.class, () -> ContractReader.read(file, NO_OCR));
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(refusal).as("the file must be refused").isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.detail()).matches("(?s)[A-Z“].{10,}\\.");
        assertThat(refusal.remedy()).matches("(?s)[A-Z].{10,}\\.");
        assertThat(seconds).as("seconds to refuse").isLessThan(10);
        return refusal;
    }
}
