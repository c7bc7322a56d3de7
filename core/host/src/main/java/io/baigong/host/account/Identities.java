package io.baigong.host.account;

import io.baigong.host.access.Grants;
import io.baigong.host.access.RequestTenancy;
import io.baigong.journal.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.List;

/** Identities of accounts, here or with the provider. */
final class Identities {
    /** Attribute of an identity that came by a session: its token. */
    static final String SESSION = "baigong.session";

    private Identities() {}

    static QuarkusSecurityIdentity.Builder of(Account account) {
        return of(account.owner(), account.roles());
    }

    static SecurityIdentity of(Account account, String session) {
        return of(account).addAttribute(SESSION, session).build();
    }

    static QuarkusSecurityIdentity.Builder of(Vouched vouched) {
        return of(vouched.actor(), vouched.roles());
    }

    static SecurityIdentity of(Vouched vouched, String session) {
        return of(vouched).addAttribute(SESSION, session).build();
    }

    private static QuarkusSecurityIdentity.Builder of(Actor actor, List<String> roles) {
        var grants = new Grants(roles);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(actor.name()))
                .addRoles(grants.roles())
                .addAttribute(RequestTenancy.TENANT, actor.tenant())
                .addAttribute(RequestTenancy.GRANTS, grants);
    }
}
