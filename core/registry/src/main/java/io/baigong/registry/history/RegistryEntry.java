package io.baigong.registry.history;

import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.UUID;

/** An event, and who made it when. */
public record RegistryEntry(UUID id, String role, RegistryEvent event, Actor by, Instant at) {}
