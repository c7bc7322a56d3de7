package io.baigong.registry.history;

import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from, as its registrar says.
 *
 * @param base the model that it was tuned from
 * @param recipe how it was made, such as the command
 * @param data the data set that it learned from
 * @param dataSha256 its digest
 * @param commit of the code that made it
 * @param licence under which it may be used
 * @param environment in which it was made: versions of Java and the suite, system and processor
 */
public record Lineage(
        @Nullable String base,
        @Nullable String recipe,
        @Nullable String data,
        @Nullable String dataSha256,
        @Nullable Long seed,
        @Nullable String commit,
        @Nullable String licence,
        @Nullable String environment) {
    /** Nothing is known. */
    public static final Lineage UNKNOWN = new Lineage(null, null, null, null, null, null, null, null);
}
