package io.baigong.manufacturing.defect.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * A p chart: the share of parts that fail, sample by sample, with limits at three standard deviations (Montgomery, Introduction to
 * Statistical Quality Control, 7th edition, section 7.2).
 *
 * @param centre share of parts that fail when the line is in control, in (0, 1)
 */
public record ProportionChart(double centre) {
    /** Samples in a row on one side of the centre that are a signal (Western Electric's fourth rule). */
    private static final int RUN = 8;

    public ProportionChart {
        if (!(centre > 0 && centre < 1)) {
            throw new IllegalArgumentException("the centre of a p chart lies between 0 and 1, not " + centre);
        }
    }

    /** Parts inspected together, such as those of a shift. */
    public record Sample(int inspected, int failed) {
        public Sample {
            if (inspected < 1 || failed < 0 || failed > inspected) {
                throw new IllegalArgumentException("of %d parts, %d can't fail".formatted(inspected, failed));
            }
        }

        public double share() {
            return (double) failed / inspected;
        }
    }

    /** Why a sample is out of control. */
    public enum Rule {
        /** Beyond three standard deviations. */
        BEYOND_LIMITS,
        /** The eighth in a row on one side of the centre. */
        RUN_OF_EIGHT
    }

    /** A sample that is out of control; {@code sample} counts from 0. */
    public record Signal(int sample, Rule rule) {}

    /** The centre from samples that were in control: all that failed over all that were inspected. */
    public static ProportionChart of(List<Sample> inControl) {
        long inspected = inControl.stream().mapToLong(Sample::inspected).sum();
        long failed = inControl.stream().mapToLong(Sample::failed).sum();
        return new ProportionChart((double) failed / inspected);
    }

    /** Upper limit for a sample of this size, at most 1. */
    public double upper(int inspected) {
        return Math.min(1, centre + 3 * deviation(inspected));
    }

    /** Lower limit for a sample of this size, at least 0. */
    public double lower(int inspected) {
        return Math.max(0, centre - 3 * deviation(inspected));
    }

    private double deviation(int inspected) {
        return Math.sqrt(centre * (1 - centre) / inspected);
    }

    /** What is out of control, in order. */
    public List<Signal> signals(List<Sample> samples) {
        var signals = new ArrayList<Signal>();
        int run = 0;
        double side = 0;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            if (sample.share() > upper(sample.inspected()) || sample.share() < lower(sample.inspected())) {
                signals.add(new Signal(i, Rule.BEYOND_LIMITS));
            }
            double now = Math.signum(sample.share() - centre);
            run = now != 0 && now == side ? run + 1 : now == 0 ? 0 : 1;
            side = now;
            if (run >= RUN) {
                signals.add(new Signal(i, Rule.RUN_OF_EIGHT));
            }
        }
        return signals;
    }
}
