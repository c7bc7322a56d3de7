package io.baigong.host.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code baigong.runs.*}: how much runs may take. */
@ConfigMapping(prefix = "baigong.runs")
public interface RunConfig {
    /** Longest time of one run; then it answers that it took too long. */
    @WithDefault("PT3M")
    Duration deadline();

    /** How many runs work at the same time. */
    @WithDefault("2")
    int concurrent();

    /** How many runs may wait for their turn; more are told to come back. */
    @WithDefault("32")
    int queue();

    /** Longest wait for a turn. */
    @WithDefault("PT1M")
    Duration maxWait();
}
