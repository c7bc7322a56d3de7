package io.baigong.testkit;

import io.baigong.spi.Completion;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Models;
import io.baigong.spi.Prompt;
import io.baigong.spi.RecognisedWord;
import io.baigong.spi.Tensor;
import io.baigong.spi.TokenScores;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes calls on, and notes which roles they named and as which kind of model.
 *
 * @param calls grows as calls come in
 * @param chat whether chat models are there; without, every completion is empty
 */
record RecordingModels(Models models, Set<Call> calls, boolean chat) implements Models {
    static RecordingModels of(Models models) {
        return new RecordingModels(models, ConcurrentHashMap.newKeySet(), true);
    }

    static RecordingModels withoutChat(Models models) {
        return new RecordingModels(models, ConcurrentHashMap.newKeySet(), false);
    }

    @Override
    public List<ModelVersion> used() {
        return models.used();
    }

    @Override
    public Optional<Completion> complete(String role, Prompt prompt) {
        calls.add(new Call(role, ModelRole.Kind.CHAT));
        return chat ? models.complete(role, prompt) : Optional.empty();
    }

    @Override
    public float[][] embed(String role, List<String> texts) {
        calls.add(new Call(role, ModelRole.Kind.EMBEDDING));
        return models.embed(role, texts);
    }

    @Override
    public List<TokenScores> tag(String role, List<String> texts) {
        calls.add(new Call(role, ModelRole.Kind.TOKEN_CLASSIFICATION));
        return models.tag(role, texts);
    }

    @Override
    public Tensor predict(String role, Tensor input) {
        calls.add(new Call(role, ModelRole.Kind.PREDICTION));
        return models.predict(role, input);
    }

    @Override
    public List<Tensor> imageFeatures(String role, Tensor images) {
        calls.add(new Call(role, ModelRole.Kind.IMAGE_FEATURES));
        return models.imageFeatures(role, images);
    }

    @Override
    public Tensor contributions(String role, Tensor rows) {
        calls.add(new Call(role, ModelRole.Kind.PREDICTION));
        return models.contributions(role, rows);
    }

    @Override
    public Optional<byte[]> beside(String role, String file) {
        return models.beside(role, file);
    }

    @Override
    public List<RecognisedWord> read(String role, BufferedImage image) {
        calls.add(new Call(role, ModelRole.Kind.OCR));
        return models.read(role, image);
    }

    /** A role, called as this kind of model. */
    record Call(String role, ModelRole.Kind kind) {}
}
