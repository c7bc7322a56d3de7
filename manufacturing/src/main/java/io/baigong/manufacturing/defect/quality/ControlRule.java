package io.baigong.manufacturing.defect.quality;

import io.baigong.spi.LocalText;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pattern that hardly comes while a line is in control. Western Electric: Statistical Quality Control Handbook, 1956, pages 25 to 28.
 * Nelson: The Shewhart control chart, tests for special causes, Journal of Quality Technology 16(4), 1984, pages 237 to 239.
 */
public enum ControlRule {
    /** One beyond three deviations. */
    BEYOND_LIMITS("one sample beyond three deviations", "1点超出3σ"),
    /** Two of three beyond two deviations, on one side. */
    TWO_OF_THREE("two of three samples beyond two deviations on one side", "3点中2点在同侧2σ外"),
    /** Four of five beyond one deviation, on one side. */
    FOUR_OF_FIVE("four of five samples beyond one deviation on one side", "5点中4点在同侧1σ外"),
    /** Eight in a row on one side. */
    RUN_OF_EIGHT("eight samples in a row on one side of the centre", "连续8点在中心线同侧"),
    /** Nine in a row on one side. */
    RUN_OF_NINE("nine samples in a row on one side of the centre", "连续9点在中心线同侧"),
    /** Six in a row that rise, or that fall. */
    TREND_OF_SIX("six samples in a row that rise, or fall", "连续6点上升或下降"),
    /** Fourteen in a row that go up and down by turns. */
    FOURTEEN_BY_TURNS("fourteen samples in a row up and down by turns", "连续14点交替升降"),
    /** Fifteen in a row within one deviation. */
    FIFTEEN_NEAR("fifteen samples in a row within one deviation", "连续15点在1σ内"),
    /** Eight in a row beyond one deviation, on either side. */
    EIGHT_FAR("eight samples in a row beyond one deviation on either side", "连续8点在两侧1σ外");

    @SuppressWarnings("ImmutableEnumChecker")
    private final LocalText text;

    ControlRule(String en, String zh) {
        this.text = new LocalText(en, zh);
    }

    public LocalText text() {
        return text;
    }

    /** Rules that are applied together. */
    public enum Set {
        /** The four rules of 1956. */
        WESTERN_ELECTRIC(
                "Western Electric, Statistical Quality Control Handbook, 1956, pages 25 to 28",
                List.of(BEYOND_LIMITS, TWO_OF_THREE, FOUR_OF_FIVE, RUN_OF_EIGHT)),
        /** The eight of 1984, in their order. */
        NELSON(
                "Nelson, Journal of Quality Technology 16(4), 1984, pages 237 to 239",
                List.of(
                        BEYOND_LIMITS,
                        RUN_OF_NINE,
                        TREND_OF_SIX,
                        FOURTEEN_BY_TURNS,
                        TWO_OF_THREE,
                        FOUR_OF_FIVE,
                        FIFTEEN_NEAR,
                        EIGHT_FAR));

        private final String citation;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<ControlRule> rules;

        Set(String citation, List<ControlRule> rules) {
            this.citation = citation;
            this.rules = rules;
        }

        /** Where they are written. */
        public String citation() {
            return citation;
        }

        /** Those that the last sample of a pattern completes, in their order. */
        public List<ControlRule> at(int sample, double[] deviations) {
            return rules.stream()
                    .filter(rule -> rule.endsAt(sample, deviations))
                    .toList();
        }
    }

    /**
     * Whether a sample completes the pattern.
     *
     * @param z deviations of each sample from the centre, in order
     */
    boolean endsAt(int sample, double[] z) {
        return switch (this) {
            case BEYOND_LIMITS -> Math.abs(z[sample]) > 3;
            case TWO_OF_THREE -> most(sample, z, 3, 2, 2);
            case FOUR_OF_FIVE -> most(sample, z, 5, 4, 1);
            case RUN_OF_EIGHT -> most(sample, z, 8, 8, 0);
            case RUN_OF_NINE -> most(sample, z, 9, 9, 0);
            case TREND_OF_SIX -> steps(sample, z, 6, 1) || steps(sample, z, 6, -1);
            case FOURTEEN_BY_TURNS ->
                enough(sample, 14)
                        && IntStream.range(sample - 11, sample + 1)
                                .allMatch(i -> (z[i] - z[i - 1]) * (z[i - 1] - z[i - 2]) < 0);
            case FIFTEEN_NEAR -> enough(sample, 15) && last(sample, 15).allMatch(i -> Math.abs(z[i]) < 1);
            case EIGHT_FAR -> enough(sample, 8) && last(sample, 8).allMatch(i -> Math.abs(z[i]) > 1);
        };
    }

    private static boolean enough(int sample, int length) {
        return sample >= length - 1;
    }

    private static IntStream last(int sample, int length) {
        return IntStream.rangeClosed(sample - length + 1, sample);
    }

    /** Whether of the last {@code length} so many lie beyond {@code limit} on the side of the sample itself, and the sample does. */
    private static boolean most(int sample, double[] z, int length, int least, double limit) {
        double side = Math.signum(z[sample]);
        return z[sample] * side > limit
                && IntStream.rangeClosed(Math.max(0, sample - length + 1), sample)
                                .filter(i -> z[i] * side > limit)
                                .count()
                        >= least;
    }

    private static boolean steps(int sample, double[] z, int length, int sign) {
        return enough(sample, length) && last(sample, length).skip(1).allMatch(i -> (z[i] - z[i - 1]) * sign > 0);
    }
}
