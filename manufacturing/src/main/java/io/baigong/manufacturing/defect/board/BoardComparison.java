package io.baigong.manufacturing.defect.board;

import io.baigong.manufacturing.defect.image.Otsu;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.UnreadablePicture;
import io.baigong.measures.Box;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds where a bare board differs from its template, and tells the kind of each defect.
 *
 * @param differences all that differ, real defects and noise
 * @param features a row for each, as {@link DifferenceFeatures} names them
 */
@SuppressWarnings("ArrayRecordComponent")
record BoardComparison(List<Difference> differences, float[][] features) {
    /** The role of the trees: {@code [differences, 7]}, probability of noise and of each {@link BoardDefect}. */
    static final String ROLE = "manufacturing.board-defect-trees";

    /** By how much the annotators of DeepPCB drew boxes beyond the pixels that differ: left and top, right and bottom. */
    static final int PAD_BEFORE = 10;

    static final int PAD_AFTER = 9;

    static final int MOST = 2_000;

    /** Two boxes that overlap by more are one defect. */
    private static final double SAME = 0.5;

    /**
     * Compares two pictures of equal size, copper dark as in DeepPCB, or bright.
     *
     * <p>Throws {@link UnreadablePicture} when they differ in more than {@value #MOST} places, as pictures of two boards do.
     */
    static BoardComparison of(Picture template, Picture test, boolean bright) throws UnreadablePicture {
        Bitmap tested = bitmap(test, bright);
        Bitmap registered = Registration.register(bitmap(template, bright), tested);
        List<Difference> differences = Difference.between(registered, tested);
        if (differences.size() > MOST) {
            throw new UnreadablePicture(
                    ErrorCode.User.INVALID,
                    "the picture differs from its template in more than " + MOST + " places",
                    "Check that both show the same board, and whether copper is dark or bright (brightCopper).");
        }
        float[][] features = differences.stream()
                .map(each -> DifferenceFeatures.of(each, differences, registered, tested))
                .toArray(float[][]::new);
        return new BoardComparison(differences, features);
    }

    private static Bitmap bitmap(Picture picture, boolean bright) {
        Picture grey = picture.grey();
        return Bitmap.of(grey.values(), grey.width(), grey.height(), Otsu.threshold(grey.values()), bright);
    }

    /**
     * A difference that is taken for a defect.
     *
     * @param tight the pixels that differ
     * @param box as an annotator would draw it
     * @param score probability that there is a defect of this kind
     */
    record Finding(BoardDefect kind, Box tight, Box box, double score) {}

    /** The box that an annotator would draw. */
    static Box drawn(Difference difference) {
        return new Box(
                Math.max(0, difference.x0() - PAD_BEFORE),
                Math.max(0, difference.y0() - PAD_BEFORE),
                (double) difference.x1() + PAD_AFTER,
                (double) difference.y1() + PAD_AFTER);
    }

    /** The likeliest kind of each difference, the surest first; of two in one place only the surer. */
    List<Finding> findings(Models models) {
        if (differences.isEmpty()) {
            return List.of();
        }
        Tensor answers = models.predict(ROLE, Tensor.ofRows(features, DifferenceFeatures.NAMES.size()));
        var all = new ArrayList<Finding>();
        for (int i = 0; i < differences.size(); i++) {
            Difference each = differences.get(i);
            BoardDefect kind = BoardDefect.OPEN;
            for (BoardDefect other : BoardDefect.values()) {
                if (answers.at(i, other.number()) > answers.at(i, kind.number())) {
                    kind = other;
                }
            }
            all.add(new Finding(
                    kind,
                    new Box(each.x0(), each.y0(), each.x1(), each.y1()),
                    drawn(each),
                    answers.at(i, kind.number())));
        }
        all.sort(Comparator.comparingDouble(Finding::score).reversed());
        var kept = new ArrayList<Finding>();
        for (Finding finding : all) {
            if (kept.stream().noneMatch(other -> other.box().overlap(finding.box()) > SAME)) {
                kept.add(finding);
            }
        }
        return kept;
    }
}
