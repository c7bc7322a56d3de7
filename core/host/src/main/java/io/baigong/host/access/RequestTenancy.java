package io.baigong.host.access;

import io.baigong.journal.CallerTenancy;
import io.baigong.journal.Tenancy;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/** A request acts for its caller's tenant, on the tasks that it may touch. */
@ApplicationScoped
public class RequestTenancy implements CallerTenancy {
    /** Attribute of a {@link SecurityIdentity} that names its tenant. */
    public static final String TENANT = "baigong.tenant";

    /** Attribute of a {@link SecurityIdentity} with its {@link Grants}. */
    public static final String GRANTS = "baigong.grants";

    private final Instance<CurrentIdentityAssociation> association;
    private final TaskScope scope;

    RequestTenancy(Instance<CurrentIdentityAssociation> association, TaskScope scope) {
        this.association = association;
        this.scope = scope;
    }

    @Override
    public Optional<Tenancy> current() {
        if (!Arc.container().requestContext().isActive()) {
            return Optional.empty();
        }
        SecurityIdentity caller = association.get().getIdentity();
        String tenant = caller == null ? null : caller.getAttribute(TENANT);
        Grants grants = caller == null ? null : caller.getAttribute(GRANTS);
        return Optional.ofNullable(tenant)
                .map(Tenancy::of)
                .map(all -> grants == null ? all : all.on(scope.scopes().orElseGet(() -> grants.scopes(Roles.ALL))));
    }
}
