package io.baigong.journal;

import java.util.Optional;
import java.util.Set;

/**
 * For whom the database is asked: one tenant, whose rows alone it then shows and takes, of all tasks or of some; or the platform
 * itself.
 *
 * <p>A request acts for its caller's tenant without further ado. Work that no request asks for says for whom it is done, outside of
 * any transaction: a transaction stays with whom it began for. Threads that the work starts do not inherit it.
 */
public final class Tenancy {
    private static final ScopedValue<Tenancy> CURRENT = ScopedValue.newInstance();
    private static final String ALL = "*";
    private static final Tenancy PLATFORM = new Tenancy(ALL, ALL);

    private final String setting;
    private final String tasks;

    private Tenancy(String setting, String tasks) {
        this.setting = setting;
        this.tasks = tasks;
    }

    /** One tenant, and all its tasks. */
    public static Tenancy of(String tenant) {
        if (tenant.isBlank() || tenant.equals(ALL)) {
            throw new IllegalArgumentException("no tenant is called \"" + tenant + "\"");
        }
        return new Tenancy(Storable.text(tenant), ALL);
    }

    /**
     * The same tenant, on some of its tasks.
     *
     * @param scopes verticals, tasks, and {@code *} for all
     */
    public Tenancy on(Set<String> scopes) {
        return new Tenancy(setting, scopes.contains(ALL) ? ALL : String.join(",", scopes));
    }

    /** The platform itself, which sees the rows of all tenants. */
    public static Tenancy platform() {
        return PLATFORM;
    }

    /** For whom this thread was told to act. */
    public static Optional<Tenancy> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** The tenant; empty for the platform. */
    public Optional<String> tenant() {
        return isPlatform() ? Optional.empty() : Optional.of(setting);
    }

    /** Does it for whom this is. */
    public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** Does it for whom this is. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    boolean isPlatform() {
        return setting.equals(ALL);
    }

    /** What the policies of the database compare a tenant with. */
    String setting() {
        return setting;
    }

    /** What they compare a task with: verticals and tasks with commas between, or {@code *}. */
    String tasks() {
        return tasks;
    }
}
