package io.baigong.host.run;

import io.baigong.spi.Sample;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of a sample, copied from the class path to a temporary folder. Closing deletes them. */
public record SampleFiles(List<GivenFile> files) implements AutoCloseable {
    /** No files. */
    public static final SampleFiles NONE = new SampleFiles(List.of());

    public static SampleFiles copy(Sample sample) throws IOException {
        List<GivenFile> files = new ArrayList<>();
        for (var attachment : sample.attachments().entrySet()) {
            URL url = attachment.getValue();
            String path = url.getPath();
            Path file = Files.createTempFile("baigong-sample", null);
            files.add(new GivenFile(attachment.getKey(), path.substring(path.lastIndexOf('/') + 1), file));
            try (var in = url.openStream();
                    var out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
        }
        return new SampleFiles(List.copyOf(files));
    }

    @Override
    public void close() throws IOException {
        for (GivenFile file : files) {
            Files.deleteIfExists(file.file());
        }
    }
}
