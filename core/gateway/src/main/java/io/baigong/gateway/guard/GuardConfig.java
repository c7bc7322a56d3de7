package io.baigong.gateway.guard;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code baigong.gateway.guard} and {@code baigong.gateway.guards.TENANT}: what is kept to in a tenant's calls. */
public interface GuardConfig {
    /** Zones of the servers that the tenant's texts may go to, also on failover; every zone if none is named. */
    Optional<Set<String>> zones();

    /** Whether no server sees personal data, whatever is set for the server. */
    @WithDefault("false")
    boolean maskPersonalData();

    /** Most characters of all texts of a question. */
    OptionalInt maxPromptCharacters();

    /** A file of topics that are neither asked about nor answered: {@code name: phrase, phrase}, one topic a line. */
    Optional<Path> blockedTopics();

    /** {@link Guardrail}s on the class path that look at questions and answers, by name. */
    Optional<Set<String>> guardrails();

    /** Whether an answer must keep to the JSON schema that the question gives. */
    @WithDefault("false")
    boolean checkSchema();

    /** Who answers for generated text, by name or code; if it is set, generated text carries China's content label. */
    Optional<String> labelProducer();
}
