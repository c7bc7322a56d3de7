package io.baigong.host.training;

/** How far a training is. */
public enum TrainingState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED
}
