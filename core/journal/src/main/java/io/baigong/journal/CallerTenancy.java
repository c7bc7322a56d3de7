package io.baigong.journal;

import java.util.Optional;

/** Knows for whom a thread acts that was not told so by {@link Tenancy}: the caller whose request it answers. */
public interface CallerTenancy {
    /** Empty when the thread answers no caller. */
    Optional<Tenancy> current();
}
