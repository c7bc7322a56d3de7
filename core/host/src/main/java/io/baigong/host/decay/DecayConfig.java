package io.baigong.host.decay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code baigong.decay.*}. */
@ConfigMapping(prefix = "baigong.decay")
public interface DecayConfig {
    /** How often it is looked; at least a minute. */
    @WithDefault("PT24H")
    Duration every();

    /** The first runs of a version, so long, are what later ones are compared with; whole weeks hold as many Sundays each. */
    @WithDefault("P14D")
    Duration reference();

    /** The present: the last runs, so long. */
    @WithDefault("P7D")
    Duration window();

    /** Runs older than this are not read when the watch begins. */
    @WithDefault("P90D")
    Duration history();

    /** Fewest runs on either side; with fewer nothing is said. */
    @WithDefault("50")
    int leastRuns();

    /** Fewest runs on either side that people judged. */
    @WithDefault("30")
    int leastJudged();

    /** Most runs on either side; of more a sample is compared. */
    @WithDefault("2000")
    int most();

    /** Stability index from which a shift is shown (Siddiqi 2006). */
    @WithDefault("0.1")
    double psiShown();

    /** Stability index from which a shift is an alert (Siddiqi 2006). */
    @WithDefault("0.25")
    double psi();

    /** Largest difference of the distribution functions from which a shift is an alert. */
    @WithDefault("0.2")
    double distance();

    /** Change of a share from which it is an alert: of runs that fail, that abstain, that people agree with. */
    @WithDefault("0.05")
    double share();

    /** Growth of the expected calibration error from which it is an alert. */
    @WithDefault("0.05")
    double calibration();

    /** Chance of a look at which nothing has shifted to find something nevertheless, for inputs, outputs and each share. */
    @WithDefault("0.001")
    double chance();
}
