package io.baigong.gateway;

import io.baigong.compute.ImageEncoder;
import io.baigong.compute.Predictor;
import io.baigong.compute.TextEncoder;
import io.baigong.compute.TokenTagger;
import io.baigong.compute.TreeEnsemble;
import io.baigong.compute.ocr.PageReader;
import io.baigong.registry.RunKey;
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
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The models lent to one run. */
final class RunModels implements Models {
    private final Gateway gateway;
    private final RunKey run;
    private final Set<ModelVersion> used = new LinkedHashSet<>();

    RunModels(Gateway gateway, RunKey run) {
        this.gateway = gateway;
        this.run = run;
    }

    @Override
    public List<ModelVersion> used() {
        synchronized (used) {
            return List.copyOf(used);
        }
    }

    private void use(ModelVersion version) {
        synchronized (used) {
            used.add(version);
        }
    }

    @Override
    public Optional<Completion> complete(String role, Prompt prompt) {
        return gateway.chat(role, run).map(asked -> {
            use(asked.version());
            return asked.door().complete(prompt);
        });
    }

    @Override
    public float[][] embed(String role, List<String> texts) {
        if (!gateway.isEncoder(role)) {
            return gateway.encoderBeside(role, run).embed(texts);
        }
        TextEncoder model = gateway.encoder(role, run);
        use(Gateway.version(role, model));
        return model.embed(texts);
    }

    @Override
    public List<TokenScores> tag(String role, List<String> texts) {
        TokenTagger tagger = gateway.tagger(role, run);
        use(Gateway.version(role, tagger));
        return tagger.tag(texts).stream()
                .map(tokens -> new TokenScores(tokens.labels(), tokens.starts(), tokens.ends(), tokens.scores()))
                .toList();
    }

    @Override
    public Tensor predict(String role, Tensor input) {
        return lent(predictor(role).predict(owned(input)));
    }

    @Override
    public Tensor contributions(String role, Tensor rows) {
        if (predictor(role) instanceof TreeEnsemble trees) {
            return lent(trees.contributions(owned(rows)));
        }
        throw new ModelException(
                ErrorCode.Internal.FAULT,
                "the model of role " + role + " is no boosted trees: it has no contributions");
    }

    @Override
    public List<Tensor> imageFeatures(String role, Tensor images) {
        ImageEncoder encoder = gateway.imageEncoder(role, run);
        use(new ModelVersion(role, encoder.name(), encoder.version(), encoder.sha256(), encoder.parameters()));
        return encoder.maps(owned(images)).stream().map(RunModels::lent).toList();
    }

    private Predictor predictor(String role) {
        Predictor predictor = gateway.predictor(role, run);
        use(Gateway.version(role, predictor));
        return predictor;
    }

    private static io.baigong.compute.Tensor owned(Tensor tensor) {
        return new io.baigong.compute.Tensor(
                Arrays.stream(tensor.shape()).asLongStream().toArray(), tensor.values());
    }

    private static Tensor lent(io.baigong.compute.Tensor tensor) {
        return new Tensor(
                Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray(), tensor.values());
    }

    @Override
    public Optional<byte[]> beside(String role, String file) {
        Optional<byte[]> bytes = gateway.beside(role, file, run);
        bytes.ifPresent(content -> use(new ModelVersion(role, file, "", Gateway.sha256(content), 0)));
        return bytes;
    }

    @Override
    public List<RecognisedWord> read(String role, BufferedImage image) {
        PageReader reader = gateway.reader(role, run);
        use(new ModelVersion(role, reader.name(), reader.version(), reader.sha256(), reader.parameters()));
        return reader.read(image).stream()
                .map(word -> new RecognisedWord(
                        word.text(),
                        word.x(),
                        word.y(),
                        word.width(),
                        word.height(),
                        word.confidence(),
                        word.quarters()))
                .toList();
    }
}
