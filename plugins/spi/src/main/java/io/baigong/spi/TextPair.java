package io.baigong.spi;

/**
 * Two texts that mean the same, to learn embeddings from.
 *
 * @param text how it is written, such as what a clinician wrote
 * @param same another way, such as the title of its code
 * @param meaning what both mean: texts of pairs with the same meaning are never told apart
 */
public record TextPair(String text, String same, String meaning) {}
