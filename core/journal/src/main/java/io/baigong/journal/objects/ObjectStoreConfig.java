package io.baigong.journal.objects;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** {@code ….object-store.*}: a bucket. */
public interface ObjectStoreConfig {
    /** The bucket; without it, no object store is used. */
    Optional<String> bucket();

    /** Begins each object's name. */
    @WithDefault("baigong/")
    String prefix();

    /** The store's address, if it is not Amazon's. */
    Optional<URI> endpoint();

    /** The bucket's region. Most other stores take any. */
    @WithDefault("${AWS_REGION:us-east-1}")
    String region();

    /** Whether the bucket's name stands in the path, not in the host's name. */
    @WithDefault("true")
    boolean pathStyle();
}
