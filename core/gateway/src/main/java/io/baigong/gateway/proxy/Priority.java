package io.baigong.gateway.proxy;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which calls go first when a server has no place for all. */
public enum Priority {
    /** Somebody waits for the answer. */
    INTERACTIVE,
    /** Nobody does: records of a batch, a job of the night, a copy for a server on trial. */
    BATCH;

    /** What callers say it with. */
    static final String HEADER = "x-baigong-priority";

    private static final ScopedValue<Priority> CURRENT = ScopedValue.newInstance();

    /** Does work whose calls of models have this priority. */
    public <T> T call(ScopedValue.CallableOp<? extends T, RuntimeException> work) {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** That of the work at hand. */
    public static Priority current() {
        return CURRENT.isBound() ? CURRENT.get() : INTERACTIVE;
    }

    /** What a caller's header says. Throws {@link ApiException} for what is neither. */
    static Priority of(@Nullable String header) throws ApiException {
        return switch (Optional.ofNullable(header).orElse("interactive").toLowerCase(Locale.ROOT)) {
            case "interactive" -> INTERACTIVE;
            case "batch" -> BATCH;
            default -> throw ApiException.invalid(HEADER + " is interactive or batch.", null);
        };
    }
}
