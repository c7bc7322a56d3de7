package io.baigong.host.account;

import io.baigong.host.access.RequestTenancy;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.HashSet;

/** Identities of accounts. */
final class Identities {
    /** Attribute of an identity that came by a session: its token. */
    static final String SESSION = "baigong.session";

    private Identities() {}

    static QuarkusSecurityIdentity.Builder of(Account account) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(account.owner().name()))
                .addRoles(new HashSet<>(account.roles()))
                .addAttribute(RequestTenancy.TENANT, account.owner().tenant());
    }

    static SecurityIdentity of(Account account, String session) {
        return of(account).addAttribute(SESSION, session).build();
    }
}
