package io.baigong.manufacturing.maintenance.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of JSON beside a model: what its answers need that trees don't hold.
 *
 * @param file its name
 * @param type of what it holds
 */
public record BesideModel<T>(String file, Class<T> type) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Writes it into an artifact's folder. */
    public void write(Path folder, T content) throws IOException {
        Files.write(folder.resolve(file), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    }

    /** Reads it beside the model of a role; throws {@link ModelException} where it is missing or broken. */
    public T read(Models models, String role) {
        byte[] json = models.beside(role, file)
                .orElseThrow(() -> new ModelException(
                        ErrorCode.Model.UNAVAILABLE, "no " + file + " lies beside the model of role " + role));
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new ModelException(ErrorCode.Model.BROKEN_ANSWER, file + " of role " + role + " can't be read", e);
        }
    }
}
