package io.baigong.spi;

/** A chat model's answer, with its token counts. */
public record Completion(String text, int promptTokens, int completionTokens) {}
