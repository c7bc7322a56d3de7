package io.baigong.measures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Boxes found in one picture, told hit from false alarm.
 *
 * <p>As COCO matches them (cocodataset.org, detection evaluation): from the surest down, each takes the truth of its kind that it
 * overlaps most among those not yet taken, if the overlap reaches the threshold.
 *
 * @param found each box found, the surest first
 * @param truths how many of each kind there are
 */
@SuppressWarnings("ArrayRecordComponent")
public record BoxMatches(List<Match> found, int[] truths) {
    /** A box that is there; kinds count from 0. */
    public record Truth(int kind, Box box) {}

    /** A box that was found. */
    public record Found(int kind, Box box, double score) {}

    /** What became of a box that was found. */
    public record Match(int kind, double score, boolean hit) {}

    /**
     * Matches the boxes of a picture.
     *
     * @param overlap least overlap of a hit, in (0, 1]
     * @param kinds how many kinds there are
     */
    public static BoxMatches of(List<Truth> truths, List<Found> found, double overlap, int kinds) {
        int[] counts = new int[kinds];
        truths.forEach(truth -> counts[truth.kind()]++);
        boolean[] taken = new boolean[truths.size()];
        var matches = new ArrayList<Match>();
        for (Found each : found.stream()
                .sorted(Comparator.comparingDouble(Found::score).reversed())
                .toList()) {
            int best = -1;
            double most = overlap;
            for (int i = 0; i < taken.length; i++) {
                Truth truth = truths.get(i);
                double now = taken[i] || truth.kind() != each.kind()
                        ? -1
                        : truth.box().overlap(each.box());
                if (now >= most) {
                    most = now;
                    best = i;
                }
            }
            if (best >= 0) {
                taken[best] = true;
            }
            matches.add(new Match(each.kind(), each.score(), best >= 0));
        }
        return new BoxMatches(List.copyOf(matches), counts);
    }

    /** How a precision-recall curve becomes one number. */
    public enum Averaging {
        /** Mean of the best precision at or beyond each of 101 recalls, 0 to 1 (COCO). */
        COCO,
        /** Mean over all truths of the precision at the hit that found it, 0 for those not found (ICDAR, DeepPCB). */
        EACH_TRUTH
    }

    /** Average precision of one kind over pictures. Not a number when there is no truth of the kind. */
    public static double averagePrecision(List<BoxMatches> pictures, int kind, Averaging averaging) {
        int truths = pictures.stream().mapToInt(picture -> picture.truths[kind]).sum();
        if (truths == 0) {
            return Double.NaN;
        }
        List<Match> ranked = pictures.stream()
                .flatMap(picture -> picture.found.stream())
                .filter(match -> match.kind() == kind)
                .sorted(Comparator.comparingDouble(Match::score).reversed())
                .toList();
        var precisions = new ArrayList<Double>();
        int hits = 0;
        for (int i = 0; i < ranked.size(); i++) {
            if (ranked.get(i).hit()) {
                hits++;
                precisions.add((double) hits / (i + 1));
            }
        }
        if (averaging == Averaging.EACH_TRUTH) {
            return precisions.stream().mapToDouble(Double::doubleValue).sum() / truths;
        }
        double best = 0;
        for (int i = precisions.size() - 1; i >= 0; i--) {
            best = Math.max(best, precisions.get(i));
            precisions.set(i, best);
        }
        double sum = 0;
        for (int step = 0; step <= 100; step++) {
            int needed = Math.max(1, (int) Math.ceil(step / 100.0 * truths - 1e-9));
            sum += needed <= precisions.size() ? precisions.get(needed - 1) : 0;
        }
        return sum / 101;
    }

    /** Mean of {@link #averagePrecision} over the kinds that are there; not a number when none is. */
    public static double meanAveragePrecision(List<BoxMatches> pictures, int kinds, Averaging averaging) {
        double sum = 0;
        int there = 0;
        for (int kind = 0; kind < kinds; kind++) {
            double each = averagePrecision(pictures, kind, averaging);
            if (!Double.isNaN(each)) {
                sum += each;
                there++;
            }
        }
        return there == 0 ? Double.NaN : sum / there;
    }

    /** Hits, false alarms and misses of all kinds, of boxes that score at least the threshold. */
    public static Counts counts(List<BoxMatches> pictures, double threshold) {
        long hits = 0;
        long alarms = 0;
        long truths = 0;
        for (BoxMatches picture : pictures) {
            for (Match match : picture.found) {
                if (match.score() >= threshold) {
                    hits += match.hit() ? 1 : 0;
                    alarms += match.hit() ? 0 : 1;
                }
            }
            for (int each : picture.truths) {
                truths += each;
            }
        }
        return new Counts(hits, alarms, truths - hits);
    }
}
