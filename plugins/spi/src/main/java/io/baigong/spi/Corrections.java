package io.baigong.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes runs on which people decided into data that a recipe learns from. Thread-safe. */
public interface Corrections<I extends Record, O extends Record> {
    /** The recipe, named as {@link TrainingRecipe#benchmark}. */
    String recipe();

    /**
     * Writes what the recipe learned from so far, and the cases with it. A case that people did not judge to its end is left out:
     * what they said nothing about is not known to be right.
     *
     * @param data file or folder in the format of the data set
     * @param out an empty folder
     * @return how many cases were added
     * @throws IOException for data that are not what the recipe takes; the message names what is missing, and quotes none of them
     */
    int add(Path data, List<Reviewed<I, O>> cases, Path out) throws IOException;
}
