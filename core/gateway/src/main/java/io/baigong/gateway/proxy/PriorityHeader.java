package io.baigong.gateway.proxy;

import io.baigong.compute.Priority;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What callers say a call's priority with. */
final class PriorityHeader {
    static final String NAME = "x-baigong-priority";

    private PriorityHeader() {}

    /** The priority of a call. Throws {@link ApiException} when it says another. */
    static Priority of(Exchange exchange) throws ApiException {
        @Nullable String said = exchange.header(NAME);
        return switch (Optional.ofNullable(said).orElse("interactive").toLowerCase(Locale.ROOT)) {
            case "interactive" -> Priority.INTERACTIVE;
            case "batch" -> Priority.BATCH;
            default -> throw ApiException.invalid(NAME + " is interactive or batch.", null);
        };
    }
}
