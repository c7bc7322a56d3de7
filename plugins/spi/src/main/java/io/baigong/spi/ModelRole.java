package io.baigong.spi;

import java.util.Optional;

/**
 * A place that a model fills, such as {@code finance.clause-tagger}.
 *
 * @param name role name, {@code vertical.role} or {@code platform.role}
 * @param kind what a model in this role does
 * @param shipped class path folder (with {@code model.json}) of the model that the vertical ships for it
 */
public record ModelRole(String name, Kind kind, Optional<String> shipped) {
    /** What a model does. */
    public enum Kind {
        CHAT,
        EMBEDDING,
        TOKEN_CLASSIFICATION,
        /** Numbers in, numbers out: boosted trees, or a net. */
        PREDICTION,
        /** Features of pictures, from the image encoder that all verticals share. */
        IMAGE_FEATURES,
        OCR
    }

    /** A role whose model comes with the platform or the operator's configuration. */
    public static ModelRole of(String name, Kind kind) {
        return new ModelRole(name, kind, Optional.empty());
    }
}
