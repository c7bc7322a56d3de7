package io.baigong.gateway.proxy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of caches, in its header {@code Cache-Control}.
 *
 * @param look whether an answer from before will do; not with {@code no-cache} (RFC 9111, section 5.2.1.4)
 * @param keep whether the answer may be kept; neither that nor {@code look} with {@code no-store} (section 5.2.1.5)
 */
record CacheWish(boolean look, boolean keep) {
    static CacheWish of(@Nullable String cacheControl) {
        String wish = cacheControl == null ? "" : cacheControl.toLowerCase(Locale.ROOT);
        boolean none = wish.contains("no-store");
        return new CacheWish(!none && !wish.contains("no-cache"), !none);
    }
}
