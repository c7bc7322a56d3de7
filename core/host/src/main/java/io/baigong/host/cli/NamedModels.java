package io.baigong.host.cli;

import io.baigong.compute.SentenceEncoder;
import io.baigong.host.cli.Baigong.WrongUsage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/** ONNX models that come with the platform, by name. */
final class NamedModels {
    /** The sentence encoder, which is calibrated with texts. */
    static final String ENCODER = "all-minilm-l6-v2";

    private static final Map<String, String> RESOURCES = Map.of(
            "pp-ocrv4-detector", "models/ch_PP-OCRv4_det_infer.onnx",
            "pp-ocrv4-recogniser", "models/ch_PP-OCRv4_rec_infer.onnx");

    private NamedModels() {}

    /**
     * The file of a model: itself, or one that is written for a name.
     *
     * @param folder where to write it
     */
    static Path file(String model, Path folder) throws IOException {
        Path written = folder.resolve(Path.of(model + ".onnx").getFileName());
        if (model.equals(ENCODER)) {
            return Files.write(written, SentenceEncoder.plainModel(ENCODER));
        }
        String resource = RESOURCES.get(model);
        if (resource != null) {
            try (InputStream in = SentenceEncoder.class.getClassLoader().getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("the class path has no " + resource);
                }
                Files.copy(in, written);
                return written;
            }
        }
        Path file = Path.of(model);
        if (Files.isDirectory(file)) {
            throw new WrongUsage(file + " is a folder; a model is an .onnx file");
        }
        if (!Files.exists(file)) {
            var names = new TreeSet<>(RESOURCES.keySet());
            names.add(ENCODER);
            throw new WrongUsage("there is no file " + file + ", and no model of that name; the names are " + names);
        }
        return file;
    }
}
