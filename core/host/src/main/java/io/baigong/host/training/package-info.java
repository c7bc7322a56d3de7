/**
 * Trainings that the suite runs for people: {@code TrainingFiles} keeps what they learn from, {@code TrainingJobs} what is wanted and what
 * became of it, {@code TrainingWorkers} run each in a process of its own.
 */
@NullMarked
package io.baigong.host.training;

import org.jspecify.annotations.NullMarked;
