package io.baigong.manufacturing.maintenance.training;

import io.baigong.spi.EmbeddingSpec;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.LabelledText;
import io.baigong.spi.MemorySpec;
import io.baigong.spi.Models;
import io.baigong.spi.NetSpec;
import io.baigong.spi.Progress;
import io.baigong.spi.Tensor;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TextEncoder;
import io.baigong.spi.TextPair;
import io.baigong.spi.TokenTaggerSpec;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TreeSpec;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Lends a recipe what it asks for, grows no trees and keeps no memory, and remembers what it was to make them from. Models answer 0.2 to everything. */
public final class RecordingTraining implements TrainingContext {
    /** What trees were to be grown from, in order. */
    public final List<Grown> grown = new ArrayList<>();

    /** Rows that were to be remembered, in order. */
    public final List<Tensor> remembered = new ArrayList<>();

    /** What models() answers with. */
    public Models usual = FakeModels.none();

    /**
     * A call.
     *
     * @param groups of the rows
     */
    public record Grown(TreeSpec spec, List<String> groups, LabelledRows rows) {}

    @Override
    public long seed() {
        return 1;
    }

    @Override
    public Progress progress() {
        return Progress.SILENT;
    }

    @Override
    public TokenTaggerSpec tuneTokenTagger(
            TokenTaggerSpec spec, List<LabelledText> examples, Path out, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void growTrees(TreeSpec spec, LabelledRows examples, LabelledRows stopping, Path out, Progress progress)
            throws IOException {
        grown.add(new Grown(
                spec,
                examples.rows().stream().map(LabelledRows.Row::group).distinct().toList(),
                examples));
        Files.writeString(out.resolve("model.json"), "{}");
    }

    @Override
    public void trainNet(NetSpec spec, TensorExamples examples, Path out, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remember(MemorySpec spec, Tensor rows, Path out, Progress progress) throws IOException {
        remembered.add(rows);
        Files.writeString(out.resolve("model.json"), "{}");
    }

    @Override
    public void tuneEmbeddings(EmbeddingSpec spec, List<TextPair> pairs, Path out, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TextEncoder tuneEncoderBeside(EmbeddingSpec spec, List<TextPair> pairs, Path folder, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Models models() {
        return usual;
    }

    @Override
    public Models modelsWith(String role, Path folder) {
        FakeModels.Script script = FakeModels.script().predict(role, rows -> {
            float[] answers = new float[rows.shape()[0]];
            Arrays.fill(answers, 0.2f);
            return new Tensor(new int[] {answers.length, 1}, answers);
        });
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                script.beside(role, file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script.build();
    }
}
