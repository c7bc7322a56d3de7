package io.baigong.journal.audit.witness;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** {@code baigong.audit.witness.object-store.*}: a bucket for heads. */
public interface ObjectStoreConfig {
    /** The bucket; best one whose objects are locked. Without it, heads go to no object store. */
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
