package io.baigong.host.decay;

import io.baigong.host.decay.Measure.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of an alert at a look. */
public enum AlertStep {
    OPEN,
    GO_ON,
    END,
    NOTHING;

    /**
     * The step. An alert ends when nothing was found for the length of a window, so that one drift is one alert.
     *
     * @param last when it was last found; null where no alert is open
     */
    public static AlertStep of(@Nullable Instant last, State state, Instant now, Duration window) {
        if (state == State.DRIFTED) {
            return last == null ? OPEN : GO_ON;
        }
        return last != null && !now.isBefore(last.plus(window)) ? END : NOTHING;
    }
}
