package io.baigong.host.account;

import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A local account.
 *
 * @param roles sorted
 * @param disabledAt since when nobody can sign in with it
 */
public record Account(Actor owner, List<String> roles, Instant createdAt, Optional<Instant> disabledAt) {
    /** The account that the first start makes. */
    static final String FIRST = "analyst";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{0,63}");
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Whether an account may be called so. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether a tenant may be called so. */
    static boolean isTenant(String text) {
        return TENANT.matcher(text).matches();
    }

    /** Who signs in under that name: {@code name} in the default tenant, {@code tenant/name} in another. */
    static Optional<Actor> owner(String signInName) {
        int slash = signInName.indexOf('/');
        String tenant = slash < 0 ? Actor.DEFAULT_TENANT : signInName.substring(0, slash);
        String name = signInName.substring(slash + 1);
        return isTenant(tenant) && isName(name) ? Optional.of(new Actor(tenant, name)) : Optional.empty();
    }

    /** What its owner types at the sign-in. */
    public String signInName() {
        return owner.tenant().equals(Actor.DEFAULT_TENANT) ? owner.name() : owner.tenant() + "/" + owner.name();
    }
}
