package io.baigong.spi;

/** A text that evidence points into. */
public record SourceText(String id, String text) {}
