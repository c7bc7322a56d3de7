package io.baigong.compute;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code model.json} says of boosted trees; the trees beside it are in XGBoost's UBJSON.
 *
 * @param format always {@link #FORMAT}
 * @param name the artifact's name
 * @param version the artifact's version
 * @param features names of the columns of a row, in order
 * @param outputs how many numbers answer a row
 * @param ordered whether the outputs are quantiles, from low to high
 * @param parameters splits and leaves
 * @param treesSha256 lower-case hex digest of the trees: XGBoost aborts the process on some damaged files
 */
public record TreeArtifact(
        String format,
        String name,
        String version,
        List<String> features,
        int outputs,
        boolean ordered,
        long parameters,
        String treesSha256) {
    public static final String FORMAT = "xgboost";

    /** The trees. */
    public static final String TREES = "trees.ubj";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    public TreeArtifact {
        features = List.copyOf(features);
        if (!format.equals(FORMAT) || features.isEmpty() || outputs < 1) {
            throw new IllegalArgumentException(
                    "boosted trees have the format %s, features and outputs, not %s, %d and %d"
                            .formatted(FORMAT, format, features.size(), outputs));
        }
    }

    /** Reads the description. Throws {@link IOException} when it is missing or is not one. */
    public static TreeArtifact read(ModelFiles files) throws IOException {
        try (InputStream in = files.open(ModelFiles.DESCRIPTION)) {
            return MAPPER.readValue(in, TreeArtifact.class);
        }
    }

    /** Writes description and trees to a folder, the trees first, so that a description means a whole artifact. */
    public void write(Path folder, byte[] trees) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(TREES), trees);
        MAPPER.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(ModelFiles.DESCRIPTION).toFile(), this);
    }
}
