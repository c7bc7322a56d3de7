package io.baigong.host.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code baigong.batches.*}. */
@ConfigMapping(prefix = "baigong.batches")
public interface BatchConfig {
    /** How many records of batches are run at the same time by one instance of the suite; 0 for none. */
    @WithDefault("2")
    int workers();

    /** Longest wait of a record for runs that somebody waits for; they go first. */
    @WithDefault("PT2S")
    Duration patience();

    /** What is done is written down at least this often, so that a crash repeats little. */
    @WithDefault("PT0.5S")
    Duration commitEvery();

    /** The root below which a tenant's folder can be watched, in a folder named as the tenant; none where it is not set. */
    Optional<Path> folders();

    /** A file of a watched folder is complete when it has not changed for so long. */
    @WithDefault("PT10S")
    Duration settle();
}
