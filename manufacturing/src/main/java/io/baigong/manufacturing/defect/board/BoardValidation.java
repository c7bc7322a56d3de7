package io.baigong.manufacturing.defect.board;

import io.baigong.manufacturing.defect.quality.Validation;
import io.baigong.measures.BoxMatches;
import io.baigong.measures.BoxMatches.Found;
import io.baigong.measures.BoxMatches.Match;
import io.baigong.measures.BoxMatches.Truth;
import java.util.ArrayList;
import java.util.List;

/**
 * Boards as a line has them, from pictures that each show several defects: of each picture the board without any, which scores what its
 * surest noise does, and for each of its defects the board with that one alone. What kind a defect is taken for makes no difference.
 */
final class BoardValidation {
    private final List<Double> sound = new ArrayList<>();
    private final List<Double> defective = new ArrayList<>();

    /** Adds a picture, judged by trees that had not learned from it. */
    void add(List<BoardComparison.Finding> findings, List<Truth> truths) {
        BoxMatches matches = BoxMatches.of(
                truths.stream().map(truth -> new Truth(0, truth.box())).toList(),
                findings.stream()
                        .map(each -> new Found(0, each.box(), Math.clamp(each.score(), 0, 1)))
                        .toList(),
                DeepPcbBenchmark.OVERLAP,
                1);
        double noise = matches.found().stream()
                .filter(match -> !match.hit())
                .mapToDouble(Match::score)
                .max()
                .orElse(0);
        sound.add(noise);
        List<Match> hits = matches.found().stream().filter(Match::hit).toList();
        hits.forEach(hit -> defective.add(Math.max(hit.score(), noise)));
        for (int missed = hits.size(); missed < truths.size(); missed++) {
            defective.add(noise);
        }
    }

    Validation scores() {
        return new Validation(
                sound.stream().mapToDouble(Double::doubleValue).toArray(),
                defective.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
