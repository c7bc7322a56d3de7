package io.baigong.compute;

/** Which calls go first when there is no place for all. */
public enum Priority {
    /** Somebody waits for the answer. */
    INTERACTIVE,
    /** Nobody does: records of a batch, a job of the night, a copy for a server on trial. */
    BATCH;

    private static final ScopedValue<Priority> CURRENT = ScopedValue.newInstance();

    /** Does work whose calls of models have this priority. */
    public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** That of the work at hand. */
    public static Priority current() {
        return CURRENT.isBound() ? CURRENT.get() : INTERACTIVE;
    }
}
