package io.baigong.gateway.proxy;

/**
 * What a server takes, in the currency of {@code baigong.gateway.currency}, for a million tokens; so it is in millionths of it for
 * one token.
 *
 * @param input for tokens of the question
 * @param output for tokens of the answer
 */
public record Price(double input, double output) {
    static final Price NONE = new Price(0, 0);

    /** More than any budget; sums of a few such costs still are numbers. */
    private static final double MOST_MICROS = 1e17;

    /** Throws {@link IllegalArgumentException} for a price below 0, or none that is a number. */
    public Price {
        if (!(input >= 0 && input <= 1e9 && output >= 0 && output <= 1e9)) {
            throw new IllegalArgumentException(
                    "a price is a number from 0 to 1,000,000,000, not " + input + ", " + output);
        }
    }

    /** Of so many tokens, rounded up to a millionth, and no more than any budget has. */
    Cost of(long inputTokens, long outputTokens) {
        return new Cost(inputTokens + outputTokens, (long)
                Math.min(MOST_MICROS, Math.ceil(inputTokens * input + outputTokens * output)));
    }

    /** A price that neither of the two exceeds. */
    Price orHigher(Price other) {
        return new Price(Math.max(input, other.input), Math.max(output, other.output));
    }
}
