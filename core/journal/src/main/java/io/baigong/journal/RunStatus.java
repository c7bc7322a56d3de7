package io.baigong.journal;

/** How a run ended. */
public enum RunStatus {
    ANSWERED,
    ABSTAINED,
    FAILED
}
