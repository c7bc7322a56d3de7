package io.baigong.tuning;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.baigong.compute.BaseEncoder;
import io.baigong.compute.TaggerArtifact;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import io.baigong.spi.TokenTaggerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Tunes a token classifier: a base encoder's upper blocks and one sigmoid per label on each token.
 *
 * <p>Binary cross-entropy; a labelled token counts more the shorter its span is, so that a date is not drowned by a page.
 * AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) with linear warm-up over a tenth of the steps and linear decay.
 */
public final class TaggerTuning {
    /** Share of the work that asking teachers is. */
    private static final double ASKING = 0.1;

    private final TokenTaggerSpec spec;
    private final Distillation distillation;
    private final BaseEncoder base;

    /** Learns from labels alone. Throws {@link IllegalArgumentException} when the base is not known. */
    public TaggerTuning(TokenTaggerSpec spec) {
        this(spec, Distillation.NONE);
    }

    /** Throws {@link IllegalArgumentException} when the base is not known. */
    public TaggerTuning(TokenTaggerSpec spec, Distillation distillation) {
        this.spec = spec;
        this.distillation = distillation;
        this.base = BaseEncoder.of(spec.base());
        if (spec.maxTokens() + 2 > base.maxTokens()) {
            throw new IllegalArgumentException("a window of %d tokens and two markers is longer than the %d of %s"
                    .formatted(spec.maxTokens(), base.maxTokens(), base.name()));
        }
    }

    /** Learns from the examples and writes the artifact to the folder. */
    public void tune(List<LabelledText> examples, Path out, Checkpoints checkpoints, Progress progress)
            throws IOException {
        Engine engine = Engine.getEngine("PyTorch");
        engine.setRandomSeed((int) spec.seed());
        boolean taught = !distillation.teachers().isEmpty();
        List<SoftLabels> answers = taught ? distillation.answers(spec, examples, progress.part(0, ASKING)) : List.of();
        WindowedExamples.Parts parts;
        try (var tokenizer = base.tokenizer()) {
            parts = WindowedExamples.parts(spec, examples, answers, tokenizer);
        }
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            var learner = new TaggerLearner(
                    spec, base, distillation.begin(spec, base.weights()), parts, distillation.share(), engine, manager);
            Progress learning = taught ? progress.part(ASKING, 1) : progress;
            new Epochs(spec.name(), learner, spec.epochs(), spec.stopping(), checkpoints, learning).run();
            new TaggerArtifact(spec.name(), spec.version(), spec.base(), spec.labels(), spec.layers(), spec.maxTokens())
                    .write(out, learner.tensors());
        }
    }
}
