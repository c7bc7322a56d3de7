package io.baigong.medical.term;

import io.baigong.medical.text.NgramIndex;
import io.baigong.spi.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Gives terms their standard names: candidates from the whole list, a first look at each by itself, a second at the likeliest
 * beside each other. Immutable and thread-safe as far as its trees are.
 */
final class TermNormaliser {
    private static final int MOST_RANKED = 50;
    private static final int BATCH = 64;

    private final TermMemory memory;
    private final UnaryOperator<Tensor> trees;
    private final double threshold;

    /**
     * @param trees from {@code [candidates, features]} to probabilities, {@code [candidates, 1]}
     * @param threshold probability from which a name is given beside the best, in [0, 1]
     */
    TermNormaliser(TermMemory memory, UnaryOperator<Tensor> trees, double threshold) {
        this.memory = memory;
        this.trees = trees;
        this.threshold = threshold;
    }

    List<Normalised> normalise(List<String> terms) {
        var all = new ArrayList<Normalised>(terms.size());
        for (int from = 0; from < terms.size(); from += BATCH) {
            all.addAll(batch(terms.subList(from, Math.min(terms.size(), from + BATCH))));
        }
        return all;
    }

    private List<Normalised> batch(List<String> terms) {
        var candidates = new TermCandidates(memory);
        List<Segments> segments = terms.stream().map(Segments::of).toList();
        List<List<TermCandidate>> first =
                segments.stream().map(s -> candidates.of(s, -1)).toList();
        float[][] likely = answers(first, trees);
        var second = new ArrayList<List<TermCandidate>>();
        for (int i = 0; i < terms.size(); i++) {
            second.add(candidates.beside(segments.get(i), first.get(i), likely[i]));
        }
        float[][] surer = answers(second, trees);
        var normalised = new ArrayList<Normalised>();
        for (int i = 0; i < terms.size(); i++) {
            normalised.add(decided(first.get(i), likely[i], second.get(i), surer[i]));
        }
        return normalised;
    }

    /** Probabilities of each list's candidates. */
    static float[][] answers(List<List<TermCandidate>> lists, UnaryOperator<Tensor> trees) {
        float[][] rows = lists.stream()
                .flatMap(List::stream)
                .map(TermCandidate::features)
                .toArray(float[][]::new);
        float[] answers = rows.length == 0
                ? new float[0]
                : trees.apply(Tensor.ofRows(rows, TermCandidate.FEATURES.size()))
                        .values();
        float[][] each = new float[lists.size()][];
        int row = 0;
        for (int i = 0; i < each.length; i++) {
            each[i] = new float[lists.get(i).size()];
            for (int k = 0; k < each[i].length; k++) {
                each[i][k] = answers[row++];
            }
        }
        return each;
    }

    private Normalised decided(List<TermCandidate> first, float[] likely, List<TermCandidate> second, float[] surer) {
        var scores = new HashMap<Integer, Double>();
        var order = new ArrayList<Integer>();
        for (int i : NgramIndex.best(surer, surer.length)) {
            order.add(second.get(i).name());
            scores.put(second.get(i).name(), (double) surer[i]);
        }
        int looked = order.size();
        for (int i : NgramIndex.best(likely, MOST_RANKED)) {
            int name = first.get(i).name();
            if (scores.putIfAbsent(name, 0.0) == null && order.size() < MOST_RANKED) {
                order.add(name);
            }
        }
        List<StandardTerm> ranked = order.stream()
                .map(name -> term(name, Math.clamp(scores.getOrDefault(name, 0.0), 0, 1)))
                .toList();
        List<StandardTerm> chosen = new ArrayList<>();
        for (int i = 0; i < looked; i++) {
            if (i == 0 || ranked.get(i).confidence() >= threshold) {
                chosen.add(ranked.get(i));
            }
        }
        return new Normalised(chosen, ranked);
    }

    private StandardTerm term(int name, double confidence) {
        TermMemory.StandardName standard = memory.names.get(name);
        return new StandardTerm(standard.codes(), standard.title(), confidence);
    }

    /** By the list alone: for each part between separators the name with the nearest letters. The measure of what learning adds. */
    static Normalised lexically(TermMemory memory, String term) {
        Segments segments = Segments.of(term);
        List<String> parts = segments.separated() == 1
                ? List.of(segments.whole())
                : segments.parts()
                        .subList(
                                1,
                                Math.min(
                                        1 + segments.separated(),
                                        segments.parts().size()));
        var chosen = new ArrayList<StandardTerm>();
        var ranked = new HashMap<Integer, Double>();
        for (String part : parts) {
            float[] cosines = memory.titles.cosines(memory.titles.query(part));
            float[] written = memory.written.cosines(memory.written.query(part));
            for (int mention : NgramIndex.best(written, MOST_RANKED)) {
                for (int name : memory.mentions.get(mention).names()) {
                    cosines[name] = Math.max(cosines[name], written[mention]);
                }
            }
            int[] best = NgramIndex.best(cosines, MOST_RANKED);
            for (int i = 0; i < best.length; i++) {
                ranked.merge(best[i], (double) Math.min(1, cosines[best[i]]), Math::max);
            }
            if (best.length > 0) {
                TermMemory.StandardName standard = memory.names.get(best[0]);
                var term1 = new StandardTerm(standard.codes(), standard.title(), Math.min(1, cosines[best[0]]));
                if (chosen.stream().noneMatch(c -> c.name().equals(term1.name()))) {
                    chosen.add(term1);
                }
            }
        }
        chosen.sort(Comparator.comparingDouble(StandardTerm::confidence).reversed());
        List<StandardTerm> all = ranked.entrySet().stream()
                .sorted(Comparator.<java.util.Map.Entry<Integer, Double>>comparingDouble(e -> -e.getValue())
                        .thenComparing(java.util.Map.Entry::getKey))
                .limit(MOST_RANKED)
                .map(e -> new StandardTerm(
                        memory.names.get(e.getKey()).codes(),
                        memory.names.get(e.getKey()).title(),
                        e.getValue()))
                .toList();
        return new Normalised(chosen, all);
    }
}
