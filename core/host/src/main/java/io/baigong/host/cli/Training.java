package io.baigong.host.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.NgramEncoder;
import io.baigong.gateway.Gateway;
import io.baigong.host.SuiteBuild;
import io.baigong.registry.Registry;
import io.baigong.spi.Adaptation;
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
import io.baigong.tuning.Distillation;
import io.baigong.tuning.EmbeddingTuning;
import io.baigong.tuning.MemoryFilling;
import io.baigong.tuning.NetTraining;
import io.baigong.tuning.StageKey;
import io.baigong.tuning.Stages;
import io.baigong.tuning.TaggerTuning;
import io.baigong.tuning.TreeGrowing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recipe is lent. Closing it closes the models that it opened. */
final class Training implements TrainingContext, AutoCloseable {
    /** Of full tuning's learning rate: Schulman et al. 2025, "LoRA Without Regret", https://thinkingmachines.ai/blog/lora/. */
    private static final double LOW_RANK_RATE = 10;

    private final Registry registry;
    private final TrainCommand.Opening opening;
    private final long seed;
    private final Progress progress;
    private final Stages stages;
    private final String data;
    private final Wishes wishes;
    private final List<Gateway> opened = new ArrayList<>();
    private @Nullable Gateway usual;
    private boolean tunedTagger;

    /**
     * What is asked for in place of a recipe's choice.
     *
     * @param blocks of encoders; 0 for as many as the recipe has
     */
    record Wishes(Adaptation adaptation, int blocks, Distillation distillation) {}

    Training(
            Registry registry,
            TrainCommand.Opening opening,
            long seed,
            Progress progress,
            Stages stages,
            String data,
            Wishes wishes) {
        this.registry = registry;
        this.opening = opening;
        this.seed = seed;
        this.progress = progress;
        this.stages = stages;
        this.data = data;
        this.wishes = wishes;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public TokenTaggerSpec tuneTokenTagger(TokenTaggerSpec spec, List<LabelledText> examples, Path out, Progress part)
            throws IOException {
        TokenTaggerSpec wanted =
                wishes.adaptation() instanceof Adaptation.LowRank by ? spec.with(by, LOW_RANK_RATE) : spec;
        TokenTaggerSpec used = wishes.blocks() == 0 ? wanted : wanted.withBlocks(wishes.blocks());
        String taught = wishes.distillation().key();
        stages.run(
                () -> key(StageKey.ofTexts(used, examples) + taught),
                out,
                (to, kept) -> new TaggerTuning(used, wishes.distillation()).tune(examples, to, kept, part));
        tunedTagger = true;
        return used;
    }

    /** Whether what was wished for has been heard. */
    boolean hasTunedTagger() {
        return tunedTagger;
    }

    @Override
    public void growTrees(TreeSpec spec, LabelledRows examples, LabelledRows stopping, Path out, Progress part)
            throws IOException {
        stages.run(
                () -> key(StageKey.ofRows(spec, List.of(examples, stopping))),
                out,
                (to, kept) -> new TreeGrowing(spec).grow(examples, stopping, to, kept, part));
    }

    @Override
    public void trainNet(NetSpec spec, TensorExamples examples, Path out, Progress part) throws IOException {
        stages.run(
                () -> key(StageKey.ofExamples(spec, examples)),
                out,
                (to, kept) -> new NetTraining(spec).train(examples, to, kept, part));
    }

    @Override
    public void remember(MemorySpec spec, Tensor rows, Path out, Progress part) throws IOException {
        long[] shape = {rows.shape()[0], rows.shape()[1]};
        stages.run(
                () -> key(StageKey.ofTensor(spec, rows)),
                out,
                (to, _) -> new MemoryFilling(spec).fill(new io.baigong.compute.Tensor(shape, rows.values()), to, part));
    }

    @Override
    public void tuneEmbeddings(EmbeddingSpec spec, List<TextPair> pairs, Path out, Progress part) throws IOException {
        stages.run(
                () -> key(StageKey.ofPairs(spec, pairs)),
                out,
                (to, kept) -> new EmbeddingTuning(spec).tune(pairs, to, kept, part));
    }

    /** What another build made, or what was made of other data, is not gone on from. */
    private String key(String stage) {
        return SuiteBuild.commit().orElse("") + " " + data + " " + stage;
    }

    @Override
    public TextEncoder tuneEncoderBeside(EmbeddingSpec spec, List<TextPair> pairs, Path folder, Progress part)
            throws IOException {
        Files.createDirectories(folder);
        Path tuned = Files.createTempDirectory("baigong-encoder");
        tuneEmbeddings(spec, pairs, tuned, part);
        for (String file : List.of(ModelFiles.WEIGHTS, ModelFiles.DESCRIPTION)) {
            Files.move(tuned.resolve(file), folder.resolve(ModelFiles.ofEncoder(file)), REPLACE_EXISTING);
        }
        Files.delete(tuned);
        return NgramEncoder.open(ModelFiles.folder(folder).encoder())::embed;
    }

    @Override
    public synchronized Models models() {
        if (usual == null) {
            usual = opening.gateway(registry);
            opened.add(usual);
        }
        return usual.forRun();
    }

    @Override
    public synchronized Models modelsWith(String role, Path folder) {
        Gateway gateway = opening.gateway(registry.with(role, folder));
        opened.add(gateway);
        return gateway.forRun();
    }

    @Override
    public synchronized void close() {
        opened.forEach(Gateway::close);
    }
}
