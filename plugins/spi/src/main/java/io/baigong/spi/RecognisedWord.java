package io.baigong.spi;

/**
 * A word read from a picture.
 *
 * @param x left edge in pixels, from the left of the picture
 * @param y upper edge in pixels, from the top of the picture
 * @param confidence in [0, 1]
 * @param quarters by how many quarters, in [0, 4), the picture is turned clockwise for the word to stand upright
 */
public record RecognisedWord(
        String text, double x, double y, double width, double height, double confidence, int quarters) {
    /** A word that stands upright. */
    public RecognisedWord(String text, double x, double y, double width, double height, double confidence) {
        this(text, x, y, width, height, confidence, 0);
    }
}
