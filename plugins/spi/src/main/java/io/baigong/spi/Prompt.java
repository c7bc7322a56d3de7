package io.baigong.spi;

import java.util.Optional;

/**
 * A question to a chat model.
 *
 * @param system who the model is and what it must keep to
 * @param user the question; text from documents belongs here, fenced, since it may hold instructions of a stranger
 * @param jsonSchema JSON Schema that the answer must follow, if any
 * @param maxTokens most tokens to generate
 */
public record Prompt(String system, String user, Optional<String> jsonSchema, int maxTokens) {}
