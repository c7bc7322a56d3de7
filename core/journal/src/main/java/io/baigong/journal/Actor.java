package io.baigong.journal;

/**
 * Who acts, and for whom.
 *
 * @param tenant the house, department or customer whose records these are; tenants never see each other's
 * @param name of the person or program, within the tenant
 */
public record Actor(String tenant, String name) {
    /** The tenant of a suite that has only one. */
    public static final String DEFAULT_TENANT = "default";

    public Actor {
        if (tenant.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("an actor has a tenant and a name");
        }
    }

    /** Somebody of the only tenant. */
    public static Actor of(String name) {
        return new Actor(DEFAULT_TENANT, name);
    }

    /** With a name that the journal can keep. */
    Actor storable() {
        return new Actor(Storable.text(tenant), Storable.text(name));
    }
}
