package io.baigong.host.access;

import io.baigong.journal.CallerTenancy;
import io.baigong.journal.Tenancy;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/** A request acts for its caller's tenant. */
@ApplicationScoped
public class RequestTenancy implements CallerTenancy {
    /** Attribute of a {@link SecurityIdentity} that names its tenant. */
    public static final String TENANT = "baigong.tenant";

    private final Instance<CurrentIdentityAssociation> association;

    RequestTenancy(Instance<CurrentIdentityAssociation> association) {
        this.association = association;
    }

    @Override
    public Optional<Tenancy> current() {
        if (!Arc.container().requestContext().isActive()) {
            return Optional.empty();
        }
        SecurityIdentity caller = association.get().getIdentity();
        String tenant = caller == null ? null : caller.getAttribute(TENANT);
        return Optional.ofNullable(tenant).map(Tenancy::of);
    }
}
