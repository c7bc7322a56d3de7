package io.baigong.gateway;

import io.baigong.compute.ModelFiles;
import io.baigong.registry.language.LanguageModel;
import io.baigong.spi.ModelVersion;
import java.io.IOException;
import java.io.InputStream;

/**
 * A language model that was registered.
 *
 * @param sha256 of its description, which holds the digests of its weights
 */
record Described(LanguageModel model, String sha256) implements AutoCloseable {
    static Described read(ModelFiles files) throws IOException {
        try (InputStream in = files.open(ModelFiles.DESCRIPTION)) {
            return new Described(LanguageModel.read(in), ModelFiles.sha256(() -> files.open(ModelFiles.DESCRIPTION)));
        }
    }

    ModelVersion version(String role) {
        return new ModelVersion(role, model.name(), model.version(), sha256, model.parameters());
    }

    @Override
    public void close() {
        // its server runs elsewhere
    }
}
