package io.baigong.testkit;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Models that answer as a test scripts them, by role. A role without a script behaves as one that resolves to no model.
 *
 * <p>Thread-safe, as long as the scripts are.
 */
public final class FakeModels implements Models {
    private final Map<String, Function<String, TokenScores>> taggers;
    private final Map<String, UnaryOperator<Tensor>> predictors;
    private final Map<Beside, byte[]> files;
    private final Map<String, Function<Tensor, List<Tensor>>> imageEncoders;
    private final Map<String, Integer> encoders;
    private final Map<String, Function<BufferedImage, List<RecognisedWord>>> readers;
    private final Map<String, Function<Prompt, String>> chats;
    private final Map<String, ModelVersion> used = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Asked> prompts = Collections.synchronizedList(new ArrayList<>());

    private FakeModels(Script script) {
        taggers = Map.copyOf(script.taggers);
        predictors = Map.copyOf(script.predictors);
        files = Map.copyOf(script.files);
        imageEncoders = Map.copyOf(script.imageEncoders);
        encoders = Map.copyOf(script.encoders);
        readers = Map.copyOf(script.readers);
        chats = Map.copyOf(script.chats);
    }

    /** Models of which no role resolves. */
    public static FakeModels none() {
        return script().build();
    }

    /** Begins a script. */
    public static Script script() {
        return new Script();
    }

    /** Every prompt so far with the role that it was sent to, in order. */
    public List<Asked> prompts() {
        synchronized (prompts) {
            return List.copyOf(prompts);
        }
    }

    @Override
    public List<ModelVersion> used() {
        synchronized (used) {
            return List.copyOf(used.values());
        }
    }

    @Override
    public Optional<Completion> complete(String role, Prompt prompt) {
        Function<Prompt, String> chat = chats.get(role);
        if (chat == null) {
            return Optional.empty();
        }
        use(role);
        prompts.add(new Asked(role, prompt));
        String answer = chat.apply(prompt);
        int asked = Tokens.of(prompt.system()).size() + Tokens.of(prompt.user()).size();
        return Optional.of(new Completion(answer, asked, Tokens.of(answer).size()));
    }

    @Override
    public float[][] embed(String role, List<String> texts) {
        int width = resolved(role, encoders.get(role));
        return texts.stream().map(text -> embedding(text, width)).toArray(float[][]::new);
    }

    @Override
    public List<TokenScores> tag(String role, List<String> texts) {
        return texts.stream().map(resolved(role, taggers.get(role))).toList();
    }

    @Override
    public Tensor predict(String role, Tensor input) {
        return resolved(role, predictors.get(role)).apply(input);
    }

    @Override
    public List<Tensor> imageFeatures(String role, Tensor images) {
        return resolved(role, imageEncoders.get(role)).apply(images);
    }

    /** Every feature of a scripted model adds nothing: the whole answer is there before any is known. */
    @Override
    public Tensor contributions(String role, Tensor rows) {
        Tensor answers = predict(role, rows);
        int outputs = answers.shape()[1];
        int width = rows.shape()[1] + 1;
        float[] values = new float[answers.values().length * width];
        for (int cell = 0; cell < answers.values().length; cell++) {
            values[(cell + 1) * width - 1] = answers.values()[cell];
        }
        return new Tensor(new int[] {answers.shape()[0], outputs, width}, values);
    }

    @Override
    public Optional<byte[]> beside(String role, String file) {
        return Optional.ofNullable(files.get(new Beside(role, file))).map(byte[]::clone);
    }

    private record Beside(String role, String file) {}

    @Override
    public List<RecognisedWord> read(String role, BufferedImage image) {
        return resolved(role, readers.get(role)).apply(image);
    }

    private <T> T resolved(String role, @Nullable T model) {
        if (model == null) {
            throw new ModelException(
                    ErrorCode.Model.UNAVAILABLE, "no model is scripted for role " + role + "; see FakeModels.script()");
        }
        use(role);
        return model;
    }

    private void use(String role) {
        used.putIfAbsent(role, new ModelVersion(role, "fake", "1", "", 0));
    }

    /** The hashing trick over words: texts that share words are near, and equal texts are equal. Length one. */
    private static float[] embedding(String text, int width) {
        float[] vector = new float[width];
        for (Tokens.Token token : Tokens.of(text)) {
            int hash = mix(token.text().toLowerCase(java.util.Locale.ROOT).hashCode());
            vector[Math.floorMod(hash, width)] += (hash & 0x10000) == 0 ? 1 : -1;
        }
        double norm = 0;
        for (float x : vector) {
            norm += x * x;
        }
        if (norm == 0) {
            vector[0] = 1;
            return vector;
        }
        for (int i = 0; i < width; i++) {
            vector[i] /= (float) Math.sqrt(norm);
        }
        return vector;
    }

    /** Finaliser of MurmurHash3, so that near hash codes land in far columns. */
    private static int mix(int h) {
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    /** A prompt, and the role that it was sent to. */
    public record Asked(String role, Prompt prompt) {}

    /**
     * A span that a scripted tagger marks: each of its tokens scores {@code score} for {@code label}.
     *
     * @param start first UTF-16 unit, {@code [start, end)}
     */
    public record Span(String label, int start, int end, double score) {
        /** Marks the first occurrence of {@code words}, or nothing if {@code text} lacks them. */
        public static List<Span> ofWords(String text, String label, String words, double score) {
            int start = text.indexOf(words);
            return start < 0 ? List.of() : List.of(new Span(label, start, start + words.length(), score));
        }
    }

    /** What each role answers. */
    public static final class Script {
        private final Map<String, Function<String, TokenScores>> taggers = new HashMap<>();
        private final Map<String, UnaryOperator<Tensor>> predictors = new HashMap<>();
        private final Map<Beside, byte[]> files = new HashMap<>();
        private final Map<String, Function<Tensor, List<Tensor>>> imageEncoders = new HashMap<>();
        private final Map<String, Integer> encoders = new HashMap<>();
        private final Map<String, Function<BufferedImage, List<RecognisedWord>>> readers = new HashMap<>();
        private final Map<String, Function<Prompt, String>> chats = new HashMap<>();

        private Script() {}

        /** Tags words and punctuation marks: those in a span with its score, all others with 0. */
        public Script tag(String role, List<String> labels, Function<String, List<Span>> spans) {
            List<String> columns = List.copyOf(labels);
            taggers.put(role, text -> Tokens.scores(text, columns, spans.apply(text)));
            return this;
        }

        /** Makes numbers from numbers. */
        public Script predict(String role, UnaryOperator<Tensor> answer) {
            predictors.put(role, answer);
            return this;
        }

        /** Lays a file beside the role's model. */
        public Script beside(String role, String file, byte[] bytes) {
            files.put(new Beside(role, file), bytes.clone());
            return this;
        }

        /** Makes maps of features from pictures. */
        public Script imageFeatures(String role, Function<Tensor, List<Tensor>> maps) {
            imageEncoders.put(role, maps);
            return this;
        }

        /** Embeds by hashing words into {@code width} columns. */
        public Script embed(String role, int width) {
            if (width < 1) {
                throw new IllegalArgumentException("an embedding has at least one column, not " + width);
            }
            encoders.put(role, width);
            return this;
        }

        /** Reads these words in a picture. */
        public Script read(String role, Function<BufferedImage, List<RecognisedWord>> words) {
            readers.put(role, words);
            return this;
        }

        /** Answers a prompt with this text. */
        public Script complete(String role, Function<Prompt, String> answer) {
            chats.put(role, answer);
            return this;
        }

        public FakeModels build() {
            return new FakeModels(this);
        }
    }
}
