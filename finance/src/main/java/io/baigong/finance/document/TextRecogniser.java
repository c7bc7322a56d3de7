package io.baigong.finance.document;

import io.baigong.spi.RecognisedWord;
import java.awt.image.BufferedImage;
import java.util.List;

/** Reads the words in a picture of a page, in reading order; may throw {@link io.baigong.spi.ModelException}. */
@FunctionalInterface
public interface TextRecogniser {
    List<RecognisedWord> read(BufferedImage page);
}
