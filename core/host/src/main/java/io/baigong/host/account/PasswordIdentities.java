package io.baigong.host.account;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Map;

/** Callers who send a name and a password with each request, by HTTP Basic. */
@ApplicationScoped
public class PasswordIdentities implements IdentityProvider<UsernamePasswordAuthenticationRequest> {
    /** Attribute of the failure: after how many seconds another attempt will be read. */
    public static final String RETRY_AFTER = "baigong.retry-after";

    private final SignIn signIn;

    PasswordIdentities(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        RoutingContext http = HttpSecurityUtils.getRoutingContextAttribute(request);
        String address =
                http == null ? "unknown" : http.request().remoteAddress().hostAddress();
        return context.runBlocking(() ->
                identity(request.getUsername(), new String(request.getPassword().getPassword()), address));
    }

    private SecurityIdentity identity(String name, String password, String address) {
        try {
            return switch (signIn.attempt(name, password, "HTTP Basic", address)) {
                case SignIn.In(var account) -> Identities.of(account).build();
                case SignIn.Refused() -> throw new AuthenticationFailedException();
                case SignIn.Wait(var left) ->
                    throw new AuthenticationFailedException(Map.of(RETRY_AFTER, left.toSeconds() + 1));
            };
        } catch (SQLException e) {
            throw new IllegalStateException("the accounts can't be read", e);
        }
    }
}
