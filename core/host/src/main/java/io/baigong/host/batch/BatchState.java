package io.baigong.host.batch;

/** How a batch stands. */
public enum BatchState {
    RUNNING,
    PAUSED,
    CANCELLED,
    ENDED
}
