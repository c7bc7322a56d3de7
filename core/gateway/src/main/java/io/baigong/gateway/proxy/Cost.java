package io.baigong.gateway.proxy;

/**
 * What a call uses, or may use.
 *
 * @param tokens read and written together
 * @param micros money, in millionths of the currency of {@code baigong.gateway.currency}
 */
public record Cost(long tokens, long micros) {
    /** Of what used nothing. */
    public static final Cost NOTHING = new Cost(0, 0);

    /** What runs in this process has no price. */
    public static Cost ofTokens(long tokens) {
        return new Cost(tokens, 0);
    }
}
