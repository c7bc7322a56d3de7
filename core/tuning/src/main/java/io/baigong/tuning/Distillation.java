package io.baigong.tuning;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.Safetensors;
import io.baigong.compute.TaggerArtifact;
import io.baigong.compute.Tensor;
import io.baigong.compute.TokenTagger;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import io.baigong.spi.TokenTaggerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Token classifiers that another, a smaller one as a rule, learns from beside the labels: its targets are a mean of both (Hinton et al. 2015,
 * arXiv 1503.02531, section 2, at temperature 1; of several teachers the mean of their answers). Those of its blocks that learn begin as blocks of the first
 * teacher, taken at even distances from the bottom up (Sanh et al. 2019, arXiv 1910.01108, section 3), or as the base's if that has fewer blocks.
 *
 * @param teachers their artifacts; none for labels alone
 * @param share of the teachers in a target, in (0, 1]
 */
public record Distillation(List<Path> teachers, double share) {
    /** From labels alone. */
    public static final Distillation NONE = new Distillation(List.of(), 1);

    public Distillation {
        teachers = List.copyOf(teachers);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("teachers have a share above 0 and up to 1, not " + share);
        }
    }

    /** What tells these teachers from others: digests of their artifacts, and their share. */
    public String key() throws IOException {
        var digests = new ArrayList<String>();
        for (Path teacher : teachers) {
            digests.add(ModelFiles.folder(teacher).sha256());
        }
        return digests.isEmpty() ? "" : digests + " " + share;
    }

    /**
     * What the teachers answer to each text, in order.
     *
     * @throws IOException if an artifact can't be read, or has another base or other labels than the specification
     */
    List<SoftLabels> answers(TokenTaggerSpec spec, List<LabelledText> texts, Progress progress) throws IOException {
        var opened = new ArrayList<TokenTagger>();
        try {
            for (Path teacher : teachers) {
                opened.add(open(teacher, spec));
            }
            var answers = new ArrayList<SoftLabels>();
            for (LabelledText text : texts) {
                answers.add(SoftLabels.mean(opened.stream()
                        .map(tagger ->
                                tagger.tag(List.of(text.text())).getFirst().scores())
                        .toList()));
                progress.at((double) answers.size() / texts.size(), "asking teachers");
            }
            return answers;
        } finally {
            opened.forEach(TokenTagger::close);
        }
    }

    private static TokenTagger open(Path teacher, TokenTaggerSpec spec) throws IOException {
        ModelFiles files = ModelFiles.folder(teacher);
        TaggerArtifact artifact = TaggerArtifact.read(files);
        if (!artifact.base().equals(spec.base()) || !artifact.labels().equals(spec.labels())) {
            throw new IOException("the teacher in %s is none for %s: it is made of %s for %s, and not of %s for %s"
                    .formatted(teacher, spec.name(), artifact.base(), artifact.labels(), spec.base(), spec.labels()));
        }
        return TokenTagger.open(files);
    }

    /** The weights with which a student begins, as its base names them: the base's, and blocks of the first teacher in place of its own. */
    Map<String, Tensor> begin(TokenTaggerSpec spec, Map<String, Tensor> base) throws IOException {
        if (teachers.isEmpty()) {
            return base;
        }
        ModelFiles files = ModelFiles.folder(teachers.getFirst());
        TaggerArtifact teacher = TaggerArtifact.read(files);
        if (teacher.layers() < spec.layers()) {
            return base;
        }
        var taught = new HashMap<>(base);
        try (var in = files.open(ModelFiles.WEIGHTS)) {
            taught.putAll(Safetensors.read(in));
        }
        var begun = new HashMap<>(base);
        for (int layer = spec.frozenLayers(); layer < spec.layers(); layer++) {
            String from = block(layer * teacher.layers() / spec.layers());
            String to = block(layer);
            taught.forEach((name, weight) -> {
                if (name.startsWith(from)) {
                    begun.put(to + name.substring(from.length()), weight);
                }
            });
        }
        return begun;
    }

    private static String block(int layer) {
        return "encoder.layer." + layer + ".";
    }
}
