package io.baigong.compute;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where the files of a model are: a folder, or a folder of the class path. */
public interface ModelFiles {
    /** What a model is and how its weights are to be used. */
    String DESCRIPTION = "model.json";

    /** The trained numbers. */
    String WEIGHTS = "weights.safetensors";

    /** The name of a file of an encoder that lies beside another model: {@code encoder.json} and {@code encoder.safetensors}. */
    static String ofEncoder(String file) {
        return "encoder" + file.substring(file.indexOf('.'));
    }

    /** The files of the encoder that lies beside the model. */
    default ModelFiles encoder() {
        return name -> open(ofEncoder(name));
    }

    /** Opens one file. Throws {@link NoSuchFileException} when it is not there. */
    InputStream open(String name) throws IOException;

    /** Lower-case hex SHA-256 over description and weights, in this order. */
    default String sha256() throws IOException {
        return sha256(WEIGHTS);
    }

    /** Lower-case hex SHA-256 over the description and the file of the trained numbers, in this order. */
    default String sha256(String numbers) throws IOException {
        return sha256(() -> new SequenceInputStream(open(DESCRIPTION), open(numbers)));
    }

    /** Lower-case hex SHA-256 of a stream, which is closed. */
    static String sha256(Source source) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (var in = new DigestInputStream(source.open(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Opens a stream. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /** The files of a folder. */
    static ModelFiles folder(Path folder) {
        return name -> Files.newInputStream(folder.resolve(name));
    }

    /** The files of a folder of the class path, such as {@code models/clause-tagger/1}. */
    static ModelFiles classPath(ClassLoader loader, String folder) {
        return name -> {
            InputStream in = loader.getResourceAsStream(folder + "/" + name);
            if (in == null) {
                throw new NoSuchFileException("class path: " + folder + "/" + name);
            }
            return in;
        };
    }
}
