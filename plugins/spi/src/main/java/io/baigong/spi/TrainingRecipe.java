package io.baigong.spi;

import java.io.IOException;
import java.nio.file.Path;

/** How a model of a task is made, from data alone. */
public interface TrainingRecipe {
    /** The data set that it learns from, named as its benchmark. */
    String benchmark();

    /**
     * Makes the model.
     *
     * @param data file or folder in the format of the data set
     * @param out an empty folder for the artifact: {@code model.json}, weights and model card. A recipe of a task with several
     *     shipped roles writes each artifact into a folder of it that is named as the role
     */
    void train(Path data, Path out, TrainingContext context) throws IOException;
}
