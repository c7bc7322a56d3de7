package io.baigong.manufacturing.maintenance.edge;

import io.baigong.spi.Completion;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Models;
import io.baigong.spi.Prompt;
import io.baigong.spi.RecognisedWord;
import io.baigong.spi.Tensor;
import io.baigong.spi.TokenScores;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One model for every role, in plain Java: an artifact of trees in a folder. It predicts, and does nothing else. */
public final class EdgeModels implements Models {
    private final Path folder;
    private final BoostedTrees trees;

    /** Of an artifact's folder. */
    public EdgeModels(Path folder) throws IOException {
        this.folder = folder;
        trees = BoostedTrees.read(Files.readAllBytes(folder.resolve("trees.ubj")));
    }

    @Override
    public Tensor predict(String role, Tensor rows) {
        int width = trees.features();
        if (rows.shape().length != 2 || rows.shape()[1] != width) {
            throw new ModelException(
                    ErrorCode.Model.BROKEN_ANSWER,
                    "the trees know %d features, and were asked about rows of %s"
                            .formatted(
                                    width, rows.shape().length == 2 ? rows.shape()[1] : Arrays.toString(rows.shape())));
        }
        int count = rows.shape()[0];
        float[] answers = new float[count];
        for (int row = 0; row < count; row++) {
            answers[row] = trees.answer(Arrays.copyOfRange(rows.values(), row * width, (row + 1) * width));
        }
        return new Tensor(new int[] {count, 1}, answers);
    }

    @Override
    public Optional<byte[]> beside(String role, String file) {
        try {
            return Files.exists(folder.resolve(file))
                    ? Optional.of(Files.readAllBytes(folder.resolve(file)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new ModelException(ErrorCode.Model.UNAVAILABLE, file + " can't be read", e);
        }
    }

    @Override
    public List<ModelVersion> used() {
        return List.of();
    }

    @Override
    public Optional<Completion> complete(String role, Prompt prompt) {
        return Optional.empty();
    }

    @Override
    public float[][] embed(String role, List<String> texts) {
        throw none();
    }

    @Override
    public List<TokenScores> tag(String role, List<String> texts) {
        throw none();
    }

    @Override
    public Tensor contributions(String role, Tensor rows) {
        throw none();
    }

    @Override
    public List<Tensor> imageFeatures(String role, Tensor images) {
        throw none();
    }

    @Override
    public List<RecognisedWord> read(String role, BufferedImage image) {
        throw none();
    }

    private static ModelException none() {
        return new ModelException(ErrorCode.Model.UNAVAILABLE, "an edge bundle has boosted trees alone");
    }
}
