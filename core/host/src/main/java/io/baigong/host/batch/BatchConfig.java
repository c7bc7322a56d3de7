package io.baigong.host.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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
}
