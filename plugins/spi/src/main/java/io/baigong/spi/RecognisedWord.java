package io.baigong.spi;

/**
 * A word read from a picture.
 *
 * @param x left edge in pixels, from the left of the picture
 * @param y upper edge in pixels, from the top of the picture
 * @param confidence in [0, 1]
 */
public record RecognisedWord(String text, double x, double y, double width, double height, double confidence) {}
