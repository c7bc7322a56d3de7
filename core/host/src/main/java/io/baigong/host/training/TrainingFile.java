package io.baigong.host.training;

import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.UUID;

/**
 * A file that trainings learn from.
 *
 * @param sha256 of its bytes, in lower-case hex
 */
public record TrainingFile(UUID id, String name, long bytes, String sha256, Actor createdBy, Instant createdAt) {}
