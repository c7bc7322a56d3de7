package io.baigong.host.run;

import io.baigong.host.parquet.ParquetText;
import io.baigong.host.parquet.UnreadableParquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Given files as tasks read them: Parquet as comma-separated text, anything else as it is. Closing it deletes what it wrote. */
final class ReadableFiles implements AutoCloseable {
    private final List<GivenFile> files = new ArrayList<>();
    private final List<Path> written = new ArrayList<>();

    private ReadableFiles() {}

    /** Throws {@link InvalidInput} where a Parquet file can't be read. */
    static ReadableFiles of(List<GivenFile> given) throws IOException, InvalidInput {
        var readable = new ReadableFiles();
        try {
            for (GivenFile each : given) {
                readable.files.add(ParquetText.is(each.file()) ? readable.text(each) : each);
            }
            return readable;
        } catch (UnreadableParquet e) {
            readable.close();
            throw new InvalidInput(e.getMessage(), UnreadableParquet.REMEDY);
        } catch (IOException | RuntimeException e) {
            readable.close();
            throw e;
        }
    }

    private GivenFile text(GivenFile parquet) throws IOException, UnreadableParquet {
        Path text = Files.createTempFile("baigong-parquet", ".csv");
        written.add(text);
        ParquetText.write(parquet.component(), parquet.file(), text);
        return new GivenFile(parquet.component(), parquet.name(), text);
    }

    List<GivenFile> files() {
        return files;
    }

    @Override
    public void close() throws IOException {
        for (Path text : written) {
            Files.deleteIfExists(text);
        }
    }
}
