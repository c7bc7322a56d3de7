package io.baigong.host.account;

import io.baigong.host.access.Grants;
import io.baigong.host.rest.Problem;
import io.baigong.journal.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * For whom the provider vouches: what an access token says that was verified. Realm roles that are written as grants are its grants; the
 * group {@code /tenants/acme}, or one below it, makes its tenant; {@code preferred_username} its name.
 *
 * @param roles sorted
 */
record Vouched(Actor actor, List<String> roles) {
    private static final String TENANTS = "/tenants/";

    /** Why somebody whom the provider knows is not let in. */
    enum Refusal {
        NO_TENANT(
                "no-tenant",
                "the provider says of no tenant that this account belongs to it",
                "Ask who manages the accounts for the group /tenants/NAME of your tenant."),
        SEVERAL_TENANTS(
                "several-tenants",
                "the provider says of several tenants that this account belongs to them",
                "Ask who manages the accounts to leave it in one group below /tenants."),
        UNFIT_NAME(
                "unfit-name",
                "the provider gives this account no name that the suite can keep",
                "Names have 1 to 64 letters, digits, dots, hyphens, underscores and at signs."),
        LOCAL_ACCOUNT(
                "local-account",
                "a local account of the suite has the same name",
                "Disable that account, or sign in with its password.");

        private final String slug;
        private final String detail;
        private final String remedy;

        Refusal(String slug, String detail, String remedy) {
            this.slug = slug;
            this.detail = detail;
            this.remedy = remedy;
        }

        String slug() {
            return slug;
        }

        Problem problem() {
            return Problem.of(403, slug, detail, remedy);
        }
    }

    /** Somebody whom the provider knows is not let in. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final Refusal refusal;
        private final Actor actor;

        RefusedException(Refusal refusal, Actor actor) {
            super(refusal.detail);
            this.refusal = refusal;
            this.actor = actor;
        }

        Refusal refusal() {
            return refusal;
        }

        /** Who it is, as far as can be said: of the default tenant, whose auditors hear of it, if of none. */
        Actor actor() {
            return actor;
        }
    }

    /** Reads a token that was verified. */
    static Vouched of(SecurityIdentity verified) throws RefusedException {
        JsonWebToken token = (JsonWebToken) verified.getPrincipal();
        String name = token.getClaim("preferred_username");
        if (name == null || !Account.isName(name)) {
            throw new RefusedException(Refusal.UNFIT_NAME, Actor.of("nobody"));
        }
        Set<String> tenants = tenants(token.getGroups());
        if (tenants.size() != 1) {
            throw new RefusedException(tenants.isEmpty() ? Refusal.NO_TENANT : Refusal.SEVERAL_TENANTS, Actor.of(name));
        }
        return new Vouched(
                new Actor(tenants.iterator().next(), name), new Grants(List.copyOf(verified.getRoles())).all());
    }

    /** The tenants that groups name by their whole paths. */
    static Set<String> tenants(@Nullable Set<String> groups) {
        var tenants = new TreeSet<String>();
        for (String group : groups == null ? Set.<String>of() : groups) {
            if (group.startsWith(TENANTS)) {
                String below = group.substring(TENANTS.length());
                int slash = below.indexOf('/');
                String tenant = slash < 0 ? below : below.substring(0, slash);
                if (Account.isTenant(tenant)) {
                    tenants.add(tenant);
                }
            }
        }
        return tenants;
    }
}
