package io.baigong.host.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param offset items passed over
 * @param limit items wanted
 */
record Paging(int offset, int limit) {
    private static final int MOST = 1_000;

    /** What clients ask for; no more than a thousand items come at once, and the rest on further pages. */
    static Paging of(@Nullable Integer wanted, int otherwise, @Nullable String token) {
        int limit = wanted == null ? otherwise : wanted;
        if (limit < 1) {
            throw MlflowException.invalid("max_results is at least 1");
        }
        return new Paging(offset(token), Math.min(limit, MOST));
    }

    private static int offset(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return 0;
        }
        try {
            int offset = Integer.parseInt(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII));
            if (offset >= 0) {
                return offset;
            }
        } catch (IllegalArgumentException e) {
            // As one below zero.
        }
        throw MlflowException.invalid("page_token is none that this server gave");
    }

    /** A page, and how to ask for the next one; null at the end. */
    record Page<T>(List<T> items, @Nullable String next) {}

    /** Cuts off the one item more than is wanted, which tells that there is another page. */
    <T> Page<T> page(List<T> found) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        String next = Integer.toString(offset + limit);
        return new Page<>(
                List.copyOf(found.subList(0, limit)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A part of a list that is there whole. */
    <T> Page<T> of(List<T> all) {
        List<T> rest = all.subList(Math.min(offset, all.size()), all.size());
        return page(rest.subList(0, Math.min(limit + 1, rest.size())));
    }
}
