package io.baigong.gateway.key;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The key of an outside program, without its secret.
 *
 * @param tenant whose key it is
 * @param requestsPerMinute most calls of any minute; no limit if empty
 * @param concurrentRequests most calls at one time; no limit if empty
 * @param tokensPerDay most tokens of a day (UTC), read and written together; no limit if empty
 * @param moneyPerDay most that the calls of a day (UTC) may cost, in the currency of {@code baigong.gateway.currency}; no limit if empty
 * @param trains whether its holder may have models trained, in the name of who made it
 */
public record ApiKey(
        UUID id,
        String tenant,
        String name,
        Optional<Integer> requestsPerMinute,
        Optional<Integer> concurrentRequests,
        Optional<Long> tokensPerDay,
        Optional<BigDecimal> moneyPerDay,
        boolean trains,
        String createdBy,
        Instant createdAt,
        Optional<Instant> revokedAt) {
    private static final int MONEY_SCALE = 6;
    private static final BigDecimal MOST_MONEY = BigDecimal.TEN.pow(9);

    /** What a new key shall be. Throws {@link IllegalArgumentException} for an empty name or a limit that is none. */
    public record Wanted(
            String name,
            Optional<Integer> requestsPerMinute,
            Optional<Integer> concurrentRequests,
            Optional<Long> tokensPerDay,
            Optional<BigDecimal> moneyPerDay,
            boolean trains) {
        public Wanted {
            if (name.isBlank() || name.length() > 200) {
                throw new IllegalArgumentException("a key needs a name of 1 to 200 characters");
            }
            if (requestsPerMinute.orElse(1) < 1 || concurrentRequests.orElse(1) < 1 || tokensPerDay.orElse(1L) < 1) {
                throw new IllegalArgumentException("a limit is at least 1; leave it out for none");
            }
            moneyPerDay.ifPresent(Wanted::check);
        }

        private static void check(BigDecimal money) {
            if (money.signum() <= 0
                    || money.compareTo(MOST_MONEY) > 0
                    || money.stripTrailingZeros().scale() > MONEY_SCALE) {
                throw new IllegalArgumentException("moneyPerDay is more than 0, at most " + MOST_MONEY.toPlainString()
                        + ", with at most 6 decimals; leave it out for no limit");
            }
        }
    }

    /** A new key, and its secret, which nobody can ever see again. */
    public record Issued(ApiKey key, String secret) {}
}
