package io.baigong.spi;

/** A text for people, in English and in Chinese. */
public record LocalText(String en, String zh) {}
