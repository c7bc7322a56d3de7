package io.baigong.manufacturing.defect.quality;

import java.util.List;

/**
 * A p chart: the share of parts that fail, sample by sample, with limits at three standard deviations of a binomial share, for each sample by its
 * own size (Montgomery, Introduction to Statistical Quality Control, 7th edition, sections 7.2.1 and 7.2.2).
 *
 * @param centre share of parts that fail while the line is in control, in (0, 1)
 */
public record ProportionChart(double centre) {
    public ProportionChart {
        if (!(centre > 0 && centre < 1)) {
            throw new IllegalArgumentException("the centre of a p chart lies between 0 and 1, not at " + centre);
        }
    }

    /**
     * Parts inspected together, such as those of a shift.
     *
     * @param inspected at least 1
     * @param rejected from 0 to {@code inspected}
     */
    public record Sample(int inspected, int rejected) {
        public Sample {
            if (inspected < 1 || rejected < 0 || rejected > inspected) {
                throw new IllegalArgumentException(
                        "of %d parts inspected, %d can't be rejected".formatted(inspected, rejected));
            }
        }

        public double share() {
            return (double) rejected / inspected;
        }
    }

    /** All that failed over all that were inspected; not every share makes a chart. */
    public static double centreOf(List<Sample> samples) {
        long inspected = samples.stream().mapToLong(Sample::inspected).sum();
        long rejected = samples.stream().mapToLong(Sample::rejected).sum();
        return (double) rejected / inspected;
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

    /** How many standard deviations a sample lies above the centre, so that samples of all sizes meet the same rules (section 7.2.2). */
    public double standardised(Sample sample) {
        return (sample.share() - centre) / deviation(sample.inspected());
    }
}
